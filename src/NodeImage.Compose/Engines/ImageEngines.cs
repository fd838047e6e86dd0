using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Managed;
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
}

/// <summary>Makes engines. A new one is a value above, a line below, and a folder beside the others.</summary>
public static class ImageEngines
{
    /// <summary>Makes an engine.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="cache">Holds the packages, and keeps what is worth keeping.</param>
    /// <param name="containers">How containers are built, for the engines that do.</param>
    /// <returns>The engine.</returns>
    public static IImageEngine Create(ImageEngineKind kind, ContentCache cache, ContainerBuildOptions containers) => kind switch
    {
        ImageEngineKind.Podman or ImageEngineKind.Buildah or ImageEngineKind.Docker => new ContainerEngine(kind, containers, cache),
        _ => new ManagedEngine(cache),
    };
}
