using NodeImage.Compose.Engines.Containers.Sections;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Writes what a container build is made of, as a pure function: nothing is read but the files that the definition names.</summary>
internal static class ContainerfileWriter
{
    /// <summary>The parts of a Containerfile, in its order.</summary>
    private static readonly IReadOnlyList<IContainerfileSection> Sections =
    [
        new FromSection(),
        new PackagesSection(),
        new StageSection(),
        new ContentSection(),
        new UnitsSection(),
        new MembersSection(),
        new PostProcessSection(),
        new FinishSection(),
        new ImageSection(),
        new BuildScriptSection(),
    ];

    /// <summary>Writes a Containerfile and the files beside it.</summary>
    /// <param name="plan">What it is a function of.</param>
    /// <returns>The files, the Containerfile itself among them.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">Something cannot be said in a Containerfile.</exception>
    public static ContainerfileBuilder Write(ContainerfilePlan plan)
    {
        if (!plan.IsLayered && PackagesSection.IsOfRpmOstree(plan.Options.PackageTool))
        {
            throw ContainerDiagnostics.PackageToolNeedsBase.Error(new("OSImagePackageTool", plan.Options.PackageTool.ToString()));
        }

        var output = new ContainerfileBuilder();
        foreach (var section in Sections)
        {
            section.Write(plan, output);
        }

        output.AddText("Containerfile", output.ToString());
        return output;
    }
}
