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
            var folder = UnitFolders.Vendor(unit.Scope);
            var path = unit.DropInFor is { } target ? $"{folder}/{target}.d/{unit.Name}" : ImagePath.Join(folder, unit.Name);
            context.Tree.Put(path, Inode.Regular(unit.File.Open(context.ProjectFolder)) with { ModificationTime = context.Time });
        }

        var states = context.Definition.Units.Where(unit => unit.DropInFor is null)
            .Select(unit => (Item: "SystemdUnit", Identity: unit.File.Path, unit.Name, unit.State, unit.Scope))
            .Concat(context.Definition.UnitStates.Select(state => (Item: "SystemdUnitState", Identity: state.Name, state.Name, state.State, state.Scope)))
            .ToList();
        foreach (var (item, identity, name, state, scope) in states)
        {
            SetState(context, new ItemReference(item, identity), name, state, scope);
        }

        foreach (var scope in (ReadOnlySpan<UnitScope>)[UnitScope.System, UnitScope.User])
        {
            var inScope = scope;
            WritePreset(context, scope, [.. states.Where(state => state.Scope == inScope).Select(state => (state.Name, state.State))]);
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

    private static void WritePreset(ComposeContext context, UnitScope scope, List<(string Name, UnitState State)> states)
    {
        var lines = states
            .Where(state => state.State is UnitState.Enabled or UnitState.Disabled)
            .Select(state => $"{(state.State == UnitState.Enabled ? "enable" : "disable")} {state.Name}\n")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (lines.Count > 0)
        {
            context.WriteText($"{UnitFolders.Presets(scope)[^1]}/{PresetPrefix}{context.Definition.Name}.preset", string.Concat(lines));
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
