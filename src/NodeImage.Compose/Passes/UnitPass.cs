using NodeImage.Compose.Definition;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Installs the project's units and gives units the states that it asks for. What is enabled is enabled twice: by a
/// link, because presets act only on a machine's very first boot, which may be long past when a layer arrives; and by a
/// preset, so that a first boot does not undo it.
/// </summary>
internal sealed class UnitPass : IComposePass
{
    // Before the distribution's own presets, which begin at 50 or later.
    private const string PresetPrefix = "40-nodeimage-";

    public void Apply(ComposeContext context)
    {
        foreach (var unit in context.Definition.Units)
        {
            context.Tree.Put(PathOf(unit), Inode.Regular(unit.File.Open(context.ProjectFolder)) with { ModificationTime = context.Time });
        }

        foreach (var state in States(context.Definition))
        {
            SetState(context, state.Item, state.Name, state.State, state.Scope);
        }

        foreach (var (path, text) in Presets(context.Definition))
        {
            context.WriteText(path, text);
        }
    }

    /// <summary>Where a unit of the project goes.</summary>
    public static string PathOf(UnitDefinition unit)
    {
        var folder = UnitFolders.Vendor(unit.Scope);
        return unit.DropInFor is { } target ? $"{folder}/{target}.d/{unit.Name}" : ImagePath.Join(folder, unit.Name);
    }

    /// <summary>The states that a project gives to units, its own first, each with the item that says so.</summary>
    public static IEnumerable<(ItemReference Item, string Name, UnitState State, UnitScope Scope)> States(ImageDefinition definition) =>
        definition.Units.Where(unit => unit.DropInFor is null)
            .Select(unit => (new ItemReference("SystemdUnit", unit.File.Path), unit.Name, unit.State, unit.Scope))
            .Concat(definition.UnitStates.Select(state => (new ItemReference("SystemdUnitState", state.Name), state.Name, state.State, state.Scope)));

    /// <summary>The presets that a project's states make: the path and content of each file.</summary>
    public static IEnumerable<(string Path, string Text)> Presets(ImageDefinition definition)
    {
        var states = States(definition).ToList();
        foreach (var scope in (UnitScope[])[UnitScope.System, UnitScope.User])
        {
            var lines = states
                .Where(state => state.Scope == scope && state.State is (UnitState.Enabled or UnitState.Disabled))
                .Select(state => $"{(state.State == UnitState.Enabled ? "enable" : "disable")} {state.Name}\n")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToList();
            if (lines.Count > 0)
            {
                yield return ($"{UnitFolders.Presets(scope)[^1]}/{PresetPrefix}{definition.Name}.preset", string.Concat(lines));
            }
        }
    }

    private static void SetState(ComposeContext context, ItemReference subject, string unit, UnitState state, UnitScope scope)
    {
        var units = context.Machine.Units;
        if (state == UnitState.Masked)
        {
            units.Mask(scope, unit);
            return;
        }

        if (!units.Exists(scope, unit))
        {
            throw PassDiagnostics.UnitNotFound.Error(subject, unit, Near(context.Tree, scope, unit));
        }

        switch (state)
        {
            case UnitState.Enabled:
                units.Unmask(scope, unit);
                if (UnitInstallSection.Read(context.Tree, scope, unit)!.IsEmpty)
                {
                    context.Report(PassDiagnostics.NothingToEnable.At(subject, unit));
                }

                units.Enable(scope, unit, UnitFolders.Vendor(scope));
                break;
            case UnitState.Disabled:
                units.Disable(scope, unit, UnitFolders.Machine(scope));
                units.Disable(scope, unit, UnitFolders.Vendor(scope));
                break;
            case UnitState.Preset:
                units.Preset(scope, unit);
                break;
            default:
                break;
        }
    }

    private static string Near(FileTree tree, UnitScope scope, string unit)
    {
        var stem = unit.Split('.', '@')[0];
        var near = UnitFolders.SearchPath(scope)
            .SelectMany(folder => tree.Resolve(folder)?.Children ?? [])
            .Select(node => node.Name)
            .Where(name => UnitName.IsValid(name) && name.Contains(stem, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .Take(3)
            .ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(", ", near)}?";
    }
}
