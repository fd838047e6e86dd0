using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// A package as a repository (its <c>primary.xml</c>), an rpm database or a package file announces it: what the solver
/// needs to choose it and the downloader to fetch and check it.
/// </summary>
public sealed record RepositoryPackage
{
    /// <summary>Name, epoch, version, release and architecture.</summary>
    public required Nevra Nevra { get; init; }

    /// <summary>The vendor, or an empty string.</summary>
    public string Vendor { get; init; } = "";

    /// <summary>One line that says what the package is.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The source package's file name, or null for a source package.</summary>
    public string? SourceRpm { get; init; }

    /// <summary>When the package was built, in seconds since 1970.</summary>
    public long BuildTime { get; init; }

    /// <summary>Where the package file is, relative to the repository's base, or null where there is no file.</summary>
    public string? Location { get; init; }

    /// <summary>A base that <see cref="Location"/> is relative to instead of the repository's own (<c>xml:base</c>), or null.</summary>
    public string? LocationBase { get; init; }

    /// <summary>The package file's checksum, lower-case hexadecimal, empty where there is no file.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>The checksum's algorithm as the repository names it, such as <c>sha256</c>.</summary>
    public string ChecksumType { get; init; } = "";

    /// <summary>The package file's size in bytes.</summary>
    public long PackageSize { get; init; }

    /// <summary>The size of the installed files in bytes.</summary>
    public long InstalledSize { get; init; }

    /// <summary>What it provides, its own name and version included.</summary>
    public IReadOnlyList<Dependency> Provides { get; init; } = [];

    /// <summary>What it cannot do without.</summary>
    public IReadOnlyList<Dependency> Requires { get; init; } = [];

    /// <summary>What it cannot be installed beside.</summary>
    public IReadOnlyList<Dependency> Conflicts { get; init; } = [];

    /// <summary>What it takes the place of: packages by name.</summary>
    public IReadOnlyList<Dependency> Obsoletes { get; init; } = [];

    /// <summary>What it wants where it can be had.</summary>
    public IReadOnlyList<Dependency> Recommends { get; init; } = [];

    /// <summary>What it would go well with.</summary>
    public IReadOnlyList<Dependency> Suggests { get; init; } = [];

    /// <summary>What it wants to be installed with where those are.</summary>
    public IReadOnlyList<Dependency> Supplements { get; init; } = [];

    /// <summary>What it goes well with.</summary>
    public IReadOnlyList<Dependency> Enhances { get; init; } = [];

    /// <summary>Paths it owns, as far as they are known: <c>primary.xml</c> lists only the well-known ones.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
