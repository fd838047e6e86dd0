using NodeImage.Compose.SystemDatabases.HardwareDatabase;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>systemd-hwdb(8)</c>: asks for the hardware database.</summary>
internal sealed class SystemdHwdbCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemd-hwdb"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["usr", "s=strict"], ["r=root"]);
        if (options.Operands is not ["update"] || (options.Value("r") is { } root && root.TrimEnd('/').Length > 0))
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        call.Machine.RequestHardwareDatabase(new HardwareDatabaseRequest(options.Has("usr"), HasSources: true));
        return 0;
    }
}
