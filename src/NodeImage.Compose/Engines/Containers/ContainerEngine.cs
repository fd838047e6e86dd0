using NodeImage.Compose.Engines.Containers.Tools;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>
/// The engine that writes a Containerfile and has Podman, Buildah or Docker build it: packages are installed by the image's
/// own dnf, microdnf or rpm-ostree, from the files that restore has verified, and nothing is fetched.
/// </summary>
public sealed class ContainerEngine : IImageEngine
{
    private const string LayoutTransport = "oci:";

    private readonly ImageEngineKind _kind;
    private readonly ContainerBuilder _builder;
    private readonly ContainerBuildOptions _options;
    private readonly ContentCache _cache;
    private readonly string _program;

    /// <summary>Makes an engine.</summary>
    /// <param name="kind">Which tool builds.</param>
    /// <param name="options">How it builds.</param>
    /// <param name="cache">Holds the packages, and keeps what is known of layers.</param>
    /// <param name="program">The tool's path, or null where the system finds it by its name.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> names no tool that builds containers.</exception>
    public ContainerEngine(ImageEngineKind kind, ContainerBuildOptions options, ContentCache cache, string? program = null)
    {
        _builder = kind switch
        {
            ImageEngineKind.Podman => new PodmanBuilder(),
            ImageEngineKind.Buildah => new BuildahBuilder(),
            ImageEngineKind.Docker => new DockerBuilder(),
            _ => throw new ArgumentException($"{kind} builds no containers.", nameof(kind)),
        };
        _kind = kind;
        _options = options;
        _cache = cache;
        _program = program ?? _builder.Program;
    }

    /// <inheritdoc/>
    public OciImage Compose(ComposeRequest request, CancellationToken cancellation)
    {
        var gate = new WarningGate(request.IsError, request.Report);
        return gate.Run(() => Compose(request with { Report = gate.Report }, gate, cancellation));
    }

    private OciImage Compose(ComposeRequest request, WarningGate gate, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.ScratchFolder);
        var plan = ContainerfilePlans.Make(request, _options, _cache, _kind) with { CarriesAllPackages = true };
        var folder = Path.Combine(request.ScratchFolder, "context");
        ContainerfileFolder.Write(folder, ContainerfileWriter.Write(plan).Files, plan.Version.Time, share: true, cancellation);
        var build = new ContainerBuild(folder, plan.FromVariable, From(request) is { } from ? ImportFrom(from, request.ScratchFolder) : null, plan.FromReference, plan.Version.Time)
        {
            Platform = $"linux/{Architectures.ToGo(request.Definition.Architecture)}",
            Isolation = _options.Isolation,
            Scratch = request.ScratchFolder,
            RunFolder = Path.Combine(_options.RunFolder ?? request.ScratchFolder, $"nodeimage-{Path.GetFileNameWithoutExtension(Path.GetRandomFileName())}"),
            Secrets = [.. Secrets(plan, request)],
        };
        var runner = new ToolRunner(_kind.ToString(), _program, request.ScratchFolder, request.Progress);
        try
        {
            foreach (var call in _builder.Build(build))
            {
                request.Progress?.Invoke($"{_builder.Program}: {call.Doing}");
                runner.Run(call, cancellation);
            }

            var result = new BuiltImage(_builder.Program, request, plan.Version, _cache);
            var image = result.Read(_builder.WritesArchive ? Unpack(build, cancellation) : build.Output);
            request.Progress?.Invoke("Checking the image");
            result.Check(image, cancellation);
            gate.Pass();
            return result.Write(image, cancellation);
        }
        finally
        {
            foreach (var call in _builder.CleanUp(build))
            {
                runner.TryRun(call);
            }

            if (Directory.Exists(build.RunFolder))
            {
                Directory.Delete(build.RunFolder, recursive: true);
            }
        }
    }

    private static IEnumerable<(string Id, string File)> Secrets(ContainerfilePlan plan, ComposeRequest request)
    {
        var folder = Path.Combine(request.ScratchFolder, "secrets");
        foreach (var repository in plan.UsedRepositories.Where(RepositoryFile.IsSecret))
        {
            var file = Path.Combine(Directory.CreateDirectory(folder).FullName, RepositoryFile.NameOf(repository));
            File.WriteAllText(file, RepositoryFile.Write(repository, request.ProjectFolder));
            yield return (Sections.PackagesSection.SecretOf(repository), file);
        }

        foreach (var secret in plan.Options.Secrets)
        {
            yield return File.Exists(secret.File)
                ? (secret.Id, secret.File)
                : throw ContainerDiagnostics.SecretMissing.Error(new ItemReference("ContainerBuildSecret", secret.Id), secret.Id, secret.File);
        }
    }

    // What is stood on, or built in, where it is a layout on this machine; all else the tool finds by its name.
    private OciImage? From(ComposeRequest request) => request.Base
        ?? (_options.BuilderImage is { } builder && builder.StartsWith(LayoutTransport, StringComparison.Ordinal)
            ? OciLayout.Open(Path.Combine(request.ProjectFolder, builder[LayoutTransport.Length..]), new ItemReference("OSImageBuilderImage", builder)).ReadImage(new Platform(Architectures.ToGo(request.Definition.Architecture)))
            : null);

    // A layout may hold several images; what a tool is given holds the one, each of its bytes held to its digest.
    private static string ImportFrom(OciImage image, string scratch)
    {
        var layout = new OciLayoutWriter(Path.Combine(scratch, "base"));
        foreach (var blob in image.Blobs)
        {
            layout.Import(image.Layout, blob);
        }

        layout.Commit([image.Descriptor with { Annotations = image.Descriptor.Annotations.SetItem(ImageIndex.RefNameAnnotation, OciLayout.OnlyName) }], image.Blobs.Select(blob => blob.Digest).ToHashSet());
        return layout.Folder;
    }

    private static string Unpack(ContainerBuild build, CancellationToken cancellation)
    {
        var layout = new OciLayoutWriter(Path.Combine(build.Scratch, "unpacked"));
        OciArchiveReader.Unpack(build.Output, Sha256Digest.OfFile(build.Output), layout, null, cancellation);
        return layout.Folder;
    }
}
