using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Bases;

/// <summary>What can be wrong with a base that is an image, and not a project.</summary>
internal static class BaseDiagnostics
{
    /// <summary>The property names nothing that a base can be. Arguments: the value, why it is nothing.</summary>
    public static readonly DiagnosticDescriptor NotFound = new(
        "NI1015",
        "The base cannot be found",
        "ContainerBaseImage is '{0}': {1} Set it to the folder of an OCI image layout, to an OCI archive, or to an image in a registry, written with the registry (registry.example.com/rhel-coreos-base:9.6).");
}
