using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;

namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>The commands that are carried out here, beside the system's own.</summary>
public sealed class CommandJudgeTests
{
    public static TheoryData<string> Scripts => new(CommandScripts.Supported);

    public static TheoryData<string> Refused => new(CommandScripts.Refused);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_command_does_what_the_systems_own_does(string script) => ScriptJudge.AssertSame($"exec_status() {{ echo \"=$?\"; }}\n{script}\nexec_status");

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_option_that_is_not_known_is_refused_by_name(string script) =>
        Assert.Contains("'", Assert.Throws<UnsupportedScriptException>(() => ScriptJudge.Here(script)).Message, StringComparison.Ordinal);
}
