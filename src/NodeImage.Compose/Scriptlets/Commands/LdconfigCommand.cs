namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>ldconfig(8)</c>: asks for the cache of shared libraries.</summary>
internal sealed class LdconfigCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["ldconfig"];

    public int Run(CommandCall call)
    {
        CommandLineOptions.Parse(call, ["X"], []);
        call.Machine.RequestLibraryCache();
        return 0;
    }
}
