using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Units;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Installs the project's units, and gives units their states by links and by presets.</summary>
internal sealed class UnitsSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var definition = plan.Definition;
        if (definition.Units.IsEmpty && definition.UnitStates.IsEmpty)
        {
            return;
        }

        var lines = definition.Units.Select(unit => Install(plan, unit, output)).ToList();
        lines.AddRange(UnitPass.States(definition).Select(state => SetState(state.Name, state.State, state.Scope)));
        foreach (var (path, text) in UnitPass.Presets(definition))
        {
            output.AddText("units" + path, text);
            lines.Add($"put_file 0644 root root {Quoting.Shell("units" + path)} {Quoting.Shell(path)}");
        }

        output.Comment("Units and their states.");
        output.AddStep("set-units.sh", ["files.sh", "units.sh"], "Installs units and gives them their states.", lines);
        output.RunStep("set-units.sh", seesBase: false);
    }

    private static string Install(ContainerfilePlan plan, UnitDefinition unit, ContainerfileBuilder output)
    {
        var path = UnitPass.PathOf(unit);
        output.AddFile("units" + path, new ContextFile(unit.File.Open(plan.ProjectFolder)));
        return $"put_file 0644 root root {Quoting.Shell("units" + path)} {Quoting.Shell(path)}";
    }

    private static string SetState(string unit, UnitState state, UnitScope scope)
    {
        var verb = state switch
        {
            UnitState.Enabled => "enable_unit",
            UnitState.Disabled => "disable_unit",
            UnitState.Masked => "mask_unit",
            _ => "preset_unit",
        };
        return $"{verb} {(scope == UnitScope.System ? "system" : "user")} {Quoting.Shell(unit)}";
    }
}
