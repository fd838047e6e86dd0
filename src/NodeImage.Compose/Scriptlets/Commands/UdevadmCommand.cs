using NodeImage.Compose.SystemDatabases.HardwareDatabase;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>udevadm(8)</c>: all but the hardware database is for running systems.</summary>
internal sealed class UdevadmCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["udevadm"];

    public int Run(CommandCall call)
    {
        if (call.Arguments is not ["hwdb", ..])
        {
            return 0;
        }

        var options = CommandLineOptions.Parse(call, ["usr", "s=strict", "u=update"], ["r=root"]);
        if (!options.Has("u") || (options.Value("r") is { } root && root.TrimEnd('/').Length > 0))
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        call.Machine.RequestHardwareDatabase(new HardwareDatabaseRequest(options.Has("usr"), HasSources: false));
        return 0;
    }
}
