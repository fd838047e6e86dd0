using NodeImage.Compose.Units;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>systemd-update-helper</c>, which the macros of today's systemd call: presets for new units; all else is for running systems.</summary>
internal sealed class SystemdUpdateHelperCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemd-update-helper"];

    public int Run(CommandCall call)
    {
        if (call.Arguments is not [var verb, .. var names])
        {
            return call.Fail(3, "no verb given");
        }

        UnitScope? scope = verb switch
        {
            "install-system-units" => UnitScope.System,
            "install-user-units" => UnitScope.User,
            _ => null,
        };
        if (scope is { } known)
        {
            call.Machine.Units.Preset(known, names.Select(UnitName.WithSuffix));
            return 0;
        }

        return verb switch
        {
            "mark-restart-system-units" or "mark-restart-user-units" or "mark-reload-system-units" or "system-reload-restart" or "system-reload"
                or "system-restart" or "user-reload-restart" or "user-reload" or "user-restart" or "user-reexec" => 0,
            _ => throw call.Unsupported(verb),
        };
    }
}
