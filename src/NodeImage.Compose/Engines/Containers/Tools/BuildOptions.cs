using System.Globalization;

namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>The options that a build is called with, here and in the script beside a Containerfile.</summary>
internal static class BuildOptions
{
    /// <summary>
    /// Options of Podman and Buildah: one layer for each stage, nothing in the image that depends on when and by what it was
    /// built, and no labels of the machine's security module on the folder that is mounted.
    /// </summary>
    /// <param name="time">The image's time, in seconds since 1970.</param>
    /// <param name="fetches">Whether steps look up names of the network: the file that says how is left behind in the image, empty.</param>
    public static IReadOnlyList<string> ForContainerStorage(long time, bool fetches) =>
    [
        "--format", "oci",
        "--layers=false",
        "--identity-label=false",
        "--timestamp", time.ToString(CultureInfo.InvariantCulture),
        "--security-opt", "label=disable",
        .. fetches ? (string[])[] : ["--dns", "none"],
    ];
}
