using NodeImage.Compose.Units;

namespace NodeImage.Compose.Definition;

/// <summary>What becomes of a unit.</summary>
public enum UnitState
{
    /// <summary>Nothing is said: presets decide when the machine first boots.</summary>
    Preset,

    /// <summary>It is started.</summary>
    Enabled,

    /// <summary>It is not started, whatever presets say.</summary>
    Disabled,

    /// <summary>It cannot be started.</summary>
    Masked,
}

/// <summary>A unit file of the project.</summary>
/// <param name="Name">The unit's name, or the name of a drop-in file.</param>
/// <param name="File">The file.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Scope">Whose manager it belongs to.</param>
/// <param name="DropInFor">The unit that the file adds to, or null where it is a unit itself.</param>
public sealed record UnitDefinition(string Name, SourceFile File, UnitState State, UnitScope Scope, string? DropInFor)
{
    /// <summary>Whether a name can be a unit's.</summary>
    /// <param name="name">The name, such as <c>kubelet.service</c>.</param>
    /// <returns>True for a name of a kind that systemd knows.</returns>
    public static bool IsUnitName(string name) => UnitName.IsValid(name);
}

/// <summary>The state of a unit that a package or an overlay brings.</summary>
/// <param name="Name">The unit's name.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Scope">Whose manager it belongs to.</param>
public sealed record UnitStateDefinition(string Name, UnitState State, UnitScope Scope);
