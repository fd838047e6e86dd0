using NodeImage.Core.Diagnostics;

namespace NodeImage.Oci;

/// <summary>What can be wrong with an image that is read.</summary>
public static class OciDiagnostics
{
    /// <summary>There is no image layout in the folder. Arguments: the folder.</summary>
    public static readonly DiagnosticDescriptor LayoutNotFound = new(
        "NI3101",
        "Image not found",
        "There is no OCI image layout in '{0}': it has no 'oci-layout' and 'index.json'. Build the project that makes it, or correct the path.");

    /// <summary>The layout's own files make no sense. Arguments: the folder, what is wrong.</summary>
    public static readonly DiagnosticDescriptor LayoutMalformed = new(
        "NI3102",
        "Image is malformed",
        "The OCI image layout in '{0}' cannot be read: {1} Make it anew.");

    /// <summary>A blob is missing or is not what its digest says. Arguments: the digest, the folder, what is wrong.</summary>
    public static readonly DiagnosticDescriptor BlobDamaged = new(
        "NI3103",
        "Image is damaged",
        "The blob {0} of the image in '{1}' is missing or damaged: {2} Make the image anew.");

    /// <summary>The layout holds no image for the platform. Arguments: the folder, the architecture wanted, what there is.</summary>
    public static readonly DiagnosticDescriptor PlatformMissing = new(
        "NI3104",
        "Image has no such architecture",
        "The image in '{0}' is not for the architecture '{1}', but for: {2}. Build it for '{1}' too, or choose another RuntimeIdentifier.");

    /// <summary>A file is no archive with an image. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor ArchiveMalformed = new(
        "NI3105",
        "Image archive cannot be read",
        "'{0}' cannot be read as an OCI archive: {1} Make it anew (dotnet publish, skopeo copy ... oci-archive:FILE).");
}
