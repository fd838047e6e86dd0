using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>The services that come and go with alternatives.</summary>
/// <param name="tree">The image.</param>
/// <param name="units">Its units.</param>
internal sealed class AlternativeServices(FileTree tree, UnitEnabler units)
{
    /// <summary>Enables a service unless it is, or its preset says otherwise.</summary>
    public void Enable(string service)
    {
        var unit = service + ".service";
        if (IsUnit(unit) && !units.IsEnabled(UnitScope.System, unit))
        {
            units.Preset(UnitScope.System, unit);
        }
    }

    /// <summary>Disables a service.</summary>
    public void Disable(string service)
    {
        var unit = service + ".service";
        if (IsUnit(unit))
        {
            units.Disable(UnitScope.System, unit, UnitFolders.Machine(UnitScope.System));
        }
    }

    // What is no unit is a script of the time before systemd, which chkconfig would link for run levels.
    private bool IsUnit(string unit) => UnitName.IsValid(unit) && UnitFolders.SearchPath(UnitScope.System).Any(folder => tree.Resolve(ImagePath.Join(folder, unit)) is not null);
}
