namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>install-info</c>: the directory of info pages, which no image of ours carries.</summary>
internal sealed class InstallInfoCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["install-info"];

    public int Run(CommandCall call) => 0;
}
