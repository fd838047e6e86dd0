using Microsoft.Build.Framework;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.RpmOstree;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks.Engines;

/// <summary>Reads the properties and items that say how an image is composed.</summary>
internal static class EngineSettings
{
    /// <summary>Reads <c>OSImageEngine</c>.</summary>
    /// <exception cref="DiagnosticException">It names no engine.</exception>
    public static ImageEngineKind Kind(string? engine) => Property<ImageEngineKind>("OSImageEngine", engine);

    /// <summary>Reads how containers are built.</summary>
    /// <exception cref="DiagnosticException">Something has a value that it cannot have.</exception>
    public static ContainerBuildOptions Containers(string? packageTool, string? isolation, string? builderImage, ITaskItem[] secrets, string projectFolder) => new()
    {
        PackageTool = Property<PackageTool>("OSImagePackageTool", packageTool),
        Isolation = isolation?.ToLowerInvariant() switch
        {
            null or "" => null,
            "oci" or "rootless" or "chroot" => isolation.ToLowerInvariant(),
            _ => throw BadProperty("OSImageBuildIsolation", isolation, ["Oci", "Rootless", "Chroot"]),
        },
        BuilderImage = string.IsNullOrEmpty(builderImage) ? null : builderImage,
        RunFolder = Path.GetTempPath(),
        Secrets = [.. Secrets(secrets, projectFolder)],
    };

    /// <summary>Reads <c>ContainerBuildSecret</c> items.</summary>
    public static IEnumerable<BuildSecret> Secrets(ITaskItem[] secrets, string projectFolder) => secrets.Select(secret => new BuildSecret(
        secret.ItemSpec,
        Path.GetFullPath(secret.GetMetadata("Source") is { Length: > 0 } source ? source : secret.ItemSpec, projectFolder),
        secret.GetMetadata("Target") is { Length: > 0 } target ? target : $"/run/secrets/{secret.ItemSpec}"));

    /// <summary>Reads how rpm-ostree is called.</summary>
    /// <exception cref="DiagnosticException">Something has a value that it cannot have.</exception>
    public static RpmOstreeOptions RpmOstree(string? mode, string? builderImage, string cacheFolder) => new()
    {
        Mode = Property<RpmOstreeComposeMode>("RpmOstreeComposeMode", mode),
        BuilderImage = string.IsNullOrEmpty(builderImage) ? null : builderImage,
        CacheFolder = Path.Combine(cacheFolder, "rpm-ostree"),
    };

    private static T Property<T>(string name, string? value)
        where T : struct, Enum => string.IsNullOrEmpty(value) ? default : ItemReader.Enum<T>(value) ?? throw BadProperty(name, value, Enum.GetNames<T>());

    private static DiagnosticException BadProperty(string name, string value, string[] allowed) =>
        TaskDiagnostics.BadProperty.Error(new ItemReference(name, value), name, value, string.Join(", ", allowed));
}
