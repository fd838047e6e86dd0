using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;

namespace NodeImage.Compose.Tests.Scriptlets;

/// <summary>The shell beside bash, as <c>sh</c>: the same, or refused by name.</summary>
public sealed class ShellJudgeTests
{
    public static TheoryData<string> Scripts => new(ShellScripts.Supported);

    public static TheoryData<string> Refused => new(ShellScripts.Refused);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_comes_to_what_bash_makes_of_it(string script) => ScriptJudge.AssertSame(script, "one", "two words", "");

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_understood_is_refused(string script) =>
        Assert.NotEmpty(Assert.Throws<UnsupportedScriptException>(() => ScriptJudge.Here(script, ["one"])).Message);

    [Fact]
    public void The_names_of_the_outputs_are_the_outputs() =>
        Assert.Equal("a\nb\n[c]\n", ScriptJudge.Here("echo a > /dev/stdout; echo b >> /dev/fd/1; x=$(echo c > /dev/stdout; echo d > /dev/stderr; echo e > /dev/null); echo \"[$x]\"").Output);

    [Theory]
    [InlineData("set -e; x=$(false; echo on); echo \"[$x]\"")]
    [InlineData("set -e; echo $(false; echo on)")]
    public void Bash_under_its_own_name_forgets_set_e_in_substitutions(string script)
    {
        ScriptJudge.AssertSame(script, [], "/bin/bash");
        ScriptJudge.AssertSame(script, [], "/bin/sh");
    }
}
