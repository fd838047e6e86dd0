namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>true</c>, <c>:</c> and <c>false</c>.</summary>
internal sealed class TrueCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["true", ":", "false"];

    public int Run(CommandCall call) => call.Name == "false" ? 1 : 0;
}
