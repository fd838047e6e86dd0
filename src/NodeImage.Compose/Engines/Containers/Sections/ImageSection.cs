using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Oci.Images;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>
/// Makes the image: its configuration, and as its last layer nothing but the list of packages, which tools get by
/// <c>oc image extract IMAGE[-1]</c>. Labels come before it, for some tools make a layer of each.
/// </summary>
internal sealed class ImageSection : IContainerfileSection
{
    private const string PackageList = Passes.PackageList.Path;

    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        if (plan.IsLayered)
        {
            output.Comment("The list of packages, for the last layer.");
            output.Add("FROM", "content AS metadata");
            output.AddStep("metadata.sh");
            output.RunStep("metadata.sh", seesBase: false);
        }

        output.Comment("The image.");
        output.Add("FROM", plan.IsLayered ? "content" : "scratch");
        if (!plan.IsLayered)
        {
            output.Add("COPY", "--from=content / /");
        }

        WriteConfiguration(plan, output);
        if (plan.IsLayered)
        {
            output.Add("COPY", $"--from=metadata {PackageList} {PackageList}");
        }
    }

    private static void WriteConfiguration(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var below = plan.Below ?? new ImageConfig { Platform = new Platform(Architectures.ToGo(plan.Definition.Architecture)) };
        var wanted = ImageConfigFactory.Make(plan.Definition, plan.Version, plan.Below, plan.Labels, []);
        foreach (var (name, value) in wanted.Labels.Where(label => below.Labels.GetValueOrDefault(label.Key) != label.Value))
        {
            output.Add("LABEL", $"{Quoting.Value("label", name)}={Quoting.Value("label", value)}");
        }

        foreach (var variable in wanted.Environment.Except(below.Environment, StringComparer.Ordinal))
        {
            var parts = variable.Split('=', 2);
            output.Add("ENV", $"{parts[0]}={Quoting.Value("environment variable", parts[1])}");
        }

        foreach (var port in wanted.ExposedPorts.Except(below.ExposedPorts))
        {
            output.Add("EXPOSE", Quoting.RequirePrintable("port", port));
        }

        if (wanted.User is { } user && user != below.User)
        {
            output.Add("USER", Quoting.Value("user", user));
        }

        if (wanted.WorkingDirectory is { } folder && folder != below.WorkingDirectory)
        {
            output.Add("WORKDIR", Quoting.Value("working directory", folder));
        }

        if (wanted.StopSignal is { } signal && signal != below.StopSignal)
        {
            output.Add("STOPSIGNAL", signal);
        }

        // Whoever names what always runs takes away what ran by default.
        var entrypointIsNew = !wanted.Entrypoint.SequenceEqual(below.Entrypoint);
        if (entrypointIsNew)
        {
            output.Add("ENTRYPOINT", Quoting.Command("entrypoint", wanted.Entrypoint));
        }

        if (entrypointIsNew || !wanted.Command.SequenceEqual(below.Command))
        {
            output.Add("CMD", Quoting.Command("command", wanted.Command));
        }
    }
}
