using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Containers.Tools;
using NodeImage.Compose.Metadata;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>
/// The engine that writes a treefile and has rpm-ostree compose it, on this machine or in a builder image. A layered image is a
/// container build in which rpm-ostree installs the packages.
/// </summary>
/// <param name="options">How rpm-ostree is called.</param>
/// <param name="layered">Makes layered images: the container build in which rpm-ostree is the package tool.</param>
/// <param name="managed">Lays out the image of extensions that rpm-ostree has gathered.</param>
/// <param name="cache">Holds the packages.</param>
public sealed class RpmOstreeEngine(RpmOstreeOptions options, IImageEngine layered, IImageEngine managed, ContentCache cache) : IImageEngine
{
    /// <summary>How layered images are built for this engine: by one of rpm-ostree's ways to install packages.</summary>
    /// <param name="containers">How containers are built otherwise.</param>
    /// <returns>The same, with the package tool that was asked for, or <c>rpm-ostree install</c> where it is none of rpm-ostree's.</returns>
    public static ContainerBuildOptions ForLayers(ContainerBuildOptions containers) =>
        containers.PackageTool is PackageTool.RpmOstree or PackageTool.TreefileApply ? containers : containers with { PackageTool = PackageTool.RpmOstree };

    /// <inheritdoc/>
    public OciImage Compose(ComposeRequest request, CancellationToken cancellation) => request.Definition.Kind switch
    {
        ImageKind.Layered => layered.Compose(request, cancellation),
        ImageKind.Extensions => ComposeExtensions(request, cancellation),
        _ => ComposeBase(request, cancellation),
    };

    private OciImage ComposeExtensions(ComposeRequest request, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.ScratchFolder);
        Directory.CreateDirectory(options.CacheFolder);
        var extensions = new RpmOstreeExtensions(request, cache);
        Run(request, [extensions.Prepare(options.CacheFolder, cancellation)], cancellation);
        extensions.Check();
        return managed.Compose(request, cancellation);
    }

    private OciImage ComposeBase(ComposeRequest request, CancellationToken cancellation)
    {
        var gate = new WarningGate(request.IsError, request.Report);
        return gate.Run(() => ComposeBase(request with { Report = gate.Report }, gate, cancellation));
    }

    private OciImage ComposeBase(ComposeRequest request, WarningGate gate, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.ScratchFolder);
        Directory.CreateDirectory(options.CacheFolder);
        var store = new PackageStore(cache);
        var version = ImageVersion.Of(request.Definition, request.Lock, null);
        var config = ImageConfigFactory.Make(request.Definition, version, null, ImageLabels.Of(request, version, store.Headers(request.Lock)), []);
        var inputs = RpmOstreeInputs.Write(request, version.Time, cache, cancellation);
        var steps = new RpmOstreeSteps(inputs.Treefile, request.ScratchFolder, version.Time, config.Labels);
        File.WriteAllBytes(steps.ImageConfig, (config with { Labels = config.Labels.Clear() }).WriteSettings());
        File.WriteAllText(Path.Combine(request.ScratchFolder, RpmOstreeSteps.SkipListName), RpmOstreeSteps.SkipList);
        Run(request, Steps(inputs, steps), cancellation);

        var built = new BuiltImage("rpm-ostree", request, version, cache);
        var image = built.Read(steps.Output);
        request.Progress?.Invoke("Checking the image");
        built.Check(image, cancellation);
        gate.Pass();
        return built.Write(image, cancellation);
    }

    private IEnumerable<RpmOstreeStep> Steps(RpmOstreeInputs inputs, RpmOstreeSteps steps) => options.Mode switch
    {
        RpmOstreeComposeMode.Rootfs when inputs.Treefile.Layers.Count > 0 => throw RpmOstreeDiagnostics.LayersNeedImage.Error(new ItemReference("RpmOstreeComposeMode", nameof(RpmOstreeComposeMode.Rootfs))),
        RpmOstreeComposeMode.Rootfs => steps.ChunkedRootfs(options.CacheFolder),
        _ => steps.Image(options.CacheFolder),
    };

    private void Run(ComposeRequest request, IEnumerable<RpmOstreeStep> steps, CancellationToken cancellation)
    {
        var container = options.BuilderImage is { } image
            ? new BuilderContainer(options.ContainerProgram, image, [(Path.TrimEndingDirectorySeparator(request.ScratchFolder), true), (options.CacheFolder, true)])
            : null;
        if (container is not null)
        {
            request.Announce?.Invoke(container.Describe());
        }

        foreach (var step in steps)
        {
            var command = container?.Run(step.Command) ?? step.Command;
            request.Progress?.Invoke($"{step.Command[0]}: {step.Doing}");
            var runner = new ToolRunner(nameof(RpmOstree), command[0], request.ScratchFolder, request.Progress)
            {
                NotStarted = e => RpmOstreeDiagnostics.NoTool.Wrap(e, new ItemReference("OSImageEngine", nameof(RpmOstree)), command[0], e.Message),
                Failed = (call, status, words) => RpmOstreeFailure.Of(step.Command[0], call.Doing, status, words),
            };
            runner.Run(new ToolCall(step.Doing, [.. command.Skip(1)]), cancellation);
        }
    }
}
