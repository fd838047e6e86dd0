using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Engines.RpmOstree;
using NodeImage.Core.Cache;

namespace NodeImage.Compose.Engines;

/// <summary>What composes an image, as the property <c>OSImageEngine</c> names it.</summary>
public enum ImageEngineKind
{
    /// <summary>NodeImage.Sdk itself, with nothing but .NET.</summary>
    Managed,

    /// <summary>A Containerfile that Podman builds.</summary>
    Podman,

    /// <summary>A Containerfile that Buildah builds.</summary>
    Buildah,

    /// <summary>A Containerfile that Docker builds.</summary>
    Docker,

    /// <summary>A treefile that rpm-ostree composes.</summary>
    RpmOstree,
}

/// <summary>Makes engines. A new one is a value above, a line below, and a folder beside the others.</summary>
public static class ImageEngines
{
    /// <summary>Makes an engine.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="cache">Holds the packages, and keeps what is worth keeping.</param>
    /// <param name="containers">How containers are built, for the engines that do.</param>
    /// <param name="rpmOstree">How rpm-ostree is called, for the engine that does.</param>
    /// <returns>The engine.</returns>
    public static IImageEngine Create(ImageEngineKind kind, ContentCache cache, ContainerBuildOptions containers, RpmOstreeOptions rpmOstree) => kind switch
    {
        ImageEngineKind.Podman or ImageEngineKind.Buildah or ImageEngineKind.Docker => new ContainerEngine(kind, containers, cache),
        ImageEngineKind.RpmOstree => new RpmOstreeEngine(rpmOstree, new ContainerEngine(ImageEngineKind.Podman, RpmOstreeEngine.ForLayers(containers), cache), new ManagedEngine(cache), cache),
        _ => new ManagedEngine(cache),
    };
}
