using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks.LocalStores;

/// <summary>What can go wrong with the containers of this machine.</summary>
internal static class LocalStoreDiagnostics
{
    /// <summary>Nothing here keeps containers. Arguments: what was looked for.</summary>
    public static readonly DiagnosticDescriptor NoTool = new(
        "NI5201",
        "There is no Docker or Podman here",
        "No {0} answers on this machine. Install Podman, or start Docker's daemon; or publish to a registry (ContainerRegistry) or an archive (ContainerArchiveOutputPath) instead.");

    /// <summary>The image was not taken. Arguments: the program, its exit status, what it said.</summary>
    public static readonly DiagnosticDescriptor LoadFailed = new(
        "NI5202",
        "The image could not be loaded into the local store",
        "{0} did not take the image (exit status {1}): {2} Look what it says, and publish again.");
}
