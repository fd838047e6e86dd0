using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Repositories;

/// <summary>What can be wrong with a repository.</summary>
public static class RepositoryDiagnostics
{
    /// <summary>A file of the repository cannot be had. Arguments: repository, location, reason.</summary>
    public static readonly DiagnosticDescriptor Unreachable = new(
        "NI2001",
        "Repository cannot be reached",
        "The repository '{0}' cannot be read: {1}: {2}. Check BaseUrl, MirrorList or MetaLink, and the network.");

    /// <summary>A file is another than was announced. Arguments: repository, location, algorithm, announced checksum, found checksum.</summary>
    public static readonly DiagnosticDescriptor ChecksumMismatch = new(
        "NI2002",
        "Repository metadata checksum mismatch",
        "In the repository '{0}' the {2} checksum of {1} is {4}, but {3} was announced. The mirror may be half-way through an update: try again, or use another mirror.");

    /// <summary>A file breaks the rules of its format. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor Malformed = new(
        "NI2003",
        "Malformed repository metadata",
        "'{0}' is malformed: {1}. Have the repository's metadata made anew, with createrepo_c for instance.");

    /// <summary>A file is of a kind that is not read. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new(
        "NI2004",
        "Unsupported repository metadata",
        "'{0}' cannot be read: {1}. Metadata in XML is read, plain or compressed with gzip, bzip2, xz or zstd, with checksums from MD5 to SHA-512.");

    /// <summary>Checksums are too weak to tell much. Arguments: repository, algorithm.</summary>
    public static readonly DiagnosticDescriptor WeakChecksum = new(
        "NI2005",
        "Weak repository checksums",
        "The metadata of the repository '{0}' is held together by {1} checksums, which can be forged today. Have it made anew with SHA-256.",
        DiagnosticSeverity.Warning);

    /// <summary>Metadata is missing. Arguments: repository, type of metadata.</summary>
    public static readonly DiagnosticDescriptor MissingMetadata = new(
        "NI2006",
        "Repository lacks metadata",
        "The repository '{0}' has no metadata of the type '{1}'. Have its metadata made anew, with createrepo_c for instance.");

    /// <summary>A file is larger or smaller than was announced. Arguments: repository, location, announced size, found size.</summary>
    public static readonly DiagnosticDescriptor SizeMismatch = new(
        "NI2007",
        "Repository metadata size mismatch",
        "In the repository '{0}' the size of {1} is {3} bytes, but {2} were announced. The mirror may be half-way through an update: try again, or use another mirror.");

    /// <summary>A group is not known. Arguments: group, groups that are close.</summary>
    public static readonly DiagnosticDescriptor UnknownGroup = new(
        "NI2008",
        "Unknown package group",
        "No repository has a package group or environment '{0}'.{1}");

    /// <summary>A file is said to be elsewhere. Arguments: repository, location.</summary>
    public static readonly DiagnosticDescriptor LocationOutside = new(
        "NI2009",
        "Location outside the repository",
        "The repository '{0}' names a file at '{1}', which is not within it. Do not use this repository before its owner has explained this; have its metadata made anew.");
}
