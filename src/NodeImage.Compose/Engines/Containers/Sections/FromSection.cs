using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Says what the Containerfile is of, and names the image that it stands on.</summary>
internal sealed class FromSection : IContainerfileSection
{
    /// <summary>How a Containerfile of this SDK begins.</summary>
    public const string Mark = "# Made by NodeImage.Sdk";

    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var definition = plan.Definition;
        output.Comment($"""
            Made by NodeImage.Sdk of {definition.Name}, {plan.Version.Version}, for {definition.TargetFramework} on {definition.Architecture}.
            It needs nothing but this folder: "./build.sh" calls podman, buildah or docker with the options that they should have.
            Steps read the folder through a mount, so that repositories, keys and packages are in no layer.
            """);
        output.Add("ARG", $"{plan.FromVariable}={Quoting.Value("base image", plan.FromReference)}");
        output.Add("FROM", plan.IsLayered ? $"${{{plan.FromVariable}}} AS base" : $"${{{plan.FromVariable}}} AS builder");
        output.AddText("settings.sh", Settings(plan));
    }

    private static string Settings(ContainerfilePlan plan)
    {
        var definition = plan.Definition;
        var release = Definition.OSRelease.TryParse(definition.TargetFramework, out var known) ? known.ReleaseVersion : definition.TargetFramework;
        return FormattableString.Invariant($"""
            # What the steps are told about the image.
            image_name={Quoting.Shell(definition.Name)}
            image_time={plan.Version.Time}
            release={Quoting.Shell(release)}
            root=
            package_tool={PackagesSection.StepOf(plan.Options.PackageTool)}
            repositories={ContainerfileBuilder.Here}/packages/repositories,{PackagesSection.SecretRepositories}
            treefile_variable={Quoting.Shell(TreefileApply.Variable(definition))}
            rpm_options='{(definition.PackageOptions.Documentation ? "" : "--excludedocs")}'

            """);
    }
}
