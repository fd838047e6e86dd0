using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Payloads;

/// <summary>What can be wrong with a payload.</summary>
public static class PayloadDiagnostics
{
    /// <summary>The archive is not what the header announces. Arguments: package file, what was seen.</summary>
    public static readonly DiagnosticDescriptor Damaged = new(
        "NI2311",
        "Damaged payload",
        "The payload of '{0}' is damaged: {1}. Fetch the package anew.");

    /// <summary>A file's content is not what the header announces. Arguments: package file, path, algorithm, announced digest, found digest.</summary>
    public static readonly DiagnosticDescriptor FileDigestMismatch = new(
        "NI2312",
        "File content differs from the package header",
        "In '{0}' the content of {1} has the {2} digest {4}, but the header announces {3}. Fetch the package anew.");

    /// <summary>The payload is of a kind that is not read. Arguments: package file, kind.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new(
        "NI2313",
        "Unsupported payload",
        "The payload of '{0}' is of the kind '{1}', which cannot be read. cpio archives are read, plain or compressed with gzip, bzip2, xz, lzma or zstd.");
}
