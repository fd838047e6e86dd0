using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Metadata;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.Containers;

/// <summary>Decides what a Containerfile is made of.</summary>
internal static class ContainerfilePlans
{
    private const string VersionLabel = "org.opencontainers.image.version";

    /// <summary>Makes the plan of a request.</summary>
    /// <param name="request">What is composed; its output is not looked at.</param>
    /// <param name="options">How containers are built.</param>
    /// <param name="cache">Holds the packages.</param>
    /// <param name="kind">What builds, for diagnostics.</param>
    /// <param name="baseReference">How the base is named in a registry, or null where nobody knows.</param>
    /// <exception cref="DiagnosticException">There is nothing to build on, or a package is gone from the cache.</exception>
    public static ContainerfilePlan Make(ComposeRequest request, ContainerBuildOptions options, ContentCache cache, ImageEngineKind kind, string? baseReference = null)
    {
        if (request.Definition.Kind == ImageKind.Extensions)
        {
            throw ContainerDiagnostics.NoExtensions.Error(new ItemReference("OSImageEngine", kind.ToString()), kind);
        }

        var store = new PackageStore(cache);
        var version = ImageVersion.Of(request.Definition, request.Lock, request.Base);
        return new ContainerfilePlan
        {
            Definition = request.Definition,
            ProjectFolder = request.ProjectFolder,
            Lock = request.Lock,
            Options = options,
            Version = version,
            Labels = ImageLabels.Of(request, version, request.Definition.Kind == ImageKind.Base ? store.Headers(request.Lock) : []),
            FromReference = request.Definition.Kind == ImageKind.Layered
                ? BaseReference(request, baseReference)
                : options.BuilderImage ?? throw ContainerDiagnostics.NoBuilderImage.Error(new ItemReference("OSImageEngine", kind.ToString()), kind),
            Below = request.Base?.Config,
            FindPackage = store.Require,
        };
    }

    // A base that nobody has pushed yet has only the name that it would be loaded by.
    private static string BaseReference(ComposeRequest request, string? repository)
    {
        if (request.Lock.Base is { } locked)
        {
            return $"{locked.Image.Split('@')[0]}@{locked.Digest}";
        }

        var image = request.Base!;
        return repository is not null
            ? $"{repository}@{image.Digest}"
            : $"localhost/{ImageNames.Repository(image.Config.Labels.GetValueOrDefault("org.opencontainers.image.title", "base"))}:{ImageNames.Tag(image.Config.Labels.GetValueOrDefault(VersionLabel, "latest"))}";
    }
}
