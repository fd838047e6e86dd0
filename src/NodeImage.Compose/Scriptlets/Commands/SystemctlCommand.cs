using NodeImage.Compose.Units;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>systemctl(1)</c> for a system that does not run: only what changes links has an effect.</summary>
internal sealed class SystemctlCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemctl"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["no-reload", "now", "system", "global", "user", "quiet=q", "force=f", "no-block", "no-warn", "no-ask-password"], ["root"]);
        if (options.Value("root") is { } root && root.TrimEnd('/').Length > 0)
        {
            throw call.Unsupported("--root");
        }

        if (options.Operands is not [var verb, .. var names])
        {
            return 0;
        }

        var scope = options.Has("global") || options.Has("user") ? UnitScope.User : UnitScope.System;
        var units = names.Select(UnitName.WithSuffix).ToList();
        switch (verb)
        {
            case "preset":
                call.Machine.Units.Preset(scope, units);
                return units.Find(unit => !call.Machine.Units.Exists(scope, unit)) is { } missing
                    ? call.Fail(1, $"Failed to preset unit: Unit file {missing} does not exist.")
                    : 0;
            case "preset-all" when units.Count == 0:
                call.Machine.Units.PresetAll(scope);
                return 0;
            case "enable" or "reenable":
                return units.TrueForAll(unit => call.Machine.Units.Enable(scope, unit, UnitFolders.Machine(scope)))
                    ? 0
                    : call.Fail(1, $"Failed to enable unit: one of {string.Join(", ", units)} does not exist.");
            case "disable":
                units.ForEach(unit => call.Machine.Units.Disable(scope, unit, UnitFolders.Machine(scope)));
                return 0;
            case "mask":
                units.ForEach(unit => call.Machine.Units.Mask(scope, unit));
                return 0;
            case "unmask":
                units.ForEach(unit => call.Machine.Units.Unmask(scope, unit));
                return 0;
            case "daemon-reload" or "daemon-reexec" or "start" or "stop" or "restart" or "try-restart" or "reload" or "reload-or-restart"
                or "reload-or-try-restart" or "condrestart" or "kill" or "set-property" or "reset-failed":
                return 0;
            case "is-active" or "is-system-running":
                return 3;
            default:
                throw call.Unsupported(verb);
        }
    }
}
