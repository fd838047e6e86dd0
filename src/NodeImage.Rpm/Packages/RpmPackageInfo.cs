using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Packages;

/// <summary>A header as a package. Each part is decoded when it is first asked for, and then kept.</summary>
public sealed class RpmPackageInfo
{
    private readonly string _source;
    private readonly List<Dependency>?[] _dependencies = new List<Dependency>?[(int)RpmDependencyKind.Orders + 1];
    private Nevra? _nevra;
    private RpmFileList? _files;
    private IReadOnlyList<RpmScriptlet>? _scriptlets;
    private IReadOnlyList<RpmTrigger>? _triggers;

    /// <summary>Takes a header; nothing is decoded yet.</summary>
    /// <param name="header">The header of a package file or of an installed package.</param>
    /// <param name="source">The file it comes from, for messages.</param>
    public RpmPackageInfo(RpmHeader header, string source)
    {
        Header = header;
        _source = source;
    }

    /// <summary>The header.</summary>
    public RpmHeader Header { get; }

    /// <summary>Name, epoch, version, release and architecture; the latter is <c>src</c> or <c>nosrc</c> for a source package.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2306: the header lacks one of them.</exception>
    public Nevra Nevra => _nevra ??= new Nevra(
        Require(RpmTag.Name),
        new Evr((uint)(Header.GetNumber(RpmTag.Epoch) ?? 0), Require(RpmTag.Version), Require(RpmTag.Release)),
        IsSource ? (Header.Contains(RpmTag.NoSource) || Header.Contains(RpmTag.NoPatch) ? "nosrc" : "src") : Require(RpmTag.Arch));

    /// <summary>Whether it is a source package.</summary>
    public bool IsSource => !Header.Contains(RpmTag.SourceRpm) && (Header.Contains(RpmTag.SourcePackage) || LooksLikeSource());

    /// <summary>The package format: 6 for that of rpm 6, else 4, or 3 for headers older than immutable regions.</summary>
    public int Format => (int)(Header.GetNumber(RpmTag.RpmFormat) ?? (Header.Region == RpmTag.HeaderImmutable ? 4u : 3u));

    /// <summary>One line that says what the package is.</summary>
    public string Summary => Text(RpmTag.Summary);

    /// <summary>Some lines that say what the package is.</summary>
    public string Description => Text(RpmTag.Description);

    /// <summary>The licence.</summary>
    public string License => Text(RpmTag.License);

    /// <summary>Who makes it.</summary>
    public string Vendor => Text(RpmTag.Vendor);

    /// <summary>Who packaged it.</summary>
    public string Packager => Text(RpmTag.Packager);

    /// <summary>Where its project lives.</summary>
    public string Url => Text(RpmTag.Url);

    /// <summary>The group of packages that it is in.</summary>
    public string Group => Text(RpmTag.Group);

    /// <summary>The machine that it was built on.</summary>
    public string BuildHost => Text(RpmTag.BuildHost);

    /// <summary>The module that it was built in, or an empty string.</summary>
    public string ModularityLabel => Text(RpmTag.ModularityLabel);

    /// <summary>The file name of its source package, or null for a source package or where it is not told.</summary>
    public string? SourceRpm => Header.GetString(RpmTag.SourceRpm);

    /// <summary>When it was built, in seconds since 1970.</summary>
    public long BuildTime => (long)(Header.GetNumber(RpmTag.BuildTime) ?? 0);

    /// <summary>The size of its files in bytes, hard links counted once.</summary>
    public long InstalledSize => (long)(Header.GetNumber(RpmTag.LongSize) ?? Header.GetNumber(RpmTag.Size) ?? 0);

    /// <summary>What the payload is compressed with, such as <c>zstd</c>; <c>gzip</c> where the header does not say.</summary>
    public string PayloadCompressor => Header.GetString(RpmTag.PayloadCompressor) ?? "gzip";

    /// <summary>The payload's archive format, <c>cpio</c> where the header does not say.</summary>
    public string PayloadFormat => Header.GetString(RpmTag.PayloadFormat) ?? "cpio";

    /// <summary>What it provides, its own name and version included.</summary>
    public IReadOnlyList<Dependency> Provides => GetDependencies(RpmDependencyKind.Provides);

    /// <summary>What it cannot do without.</summary>
    public IReadOnlyList<Dependency> Requires => GetDependencies(RpmDependencyKind.Requires);

    /// <summary>What it cannot be installed beside.</summary>
    public IReadOnlyList<Dependency> Conflicts => GetDependencies(RpmDependencyKind.Conflicts);

    /// <summary>What it takes the place of.</summary>
    public IReadOnlyList<Dependency> Obsoletes => GetDependencies(RpmDependencyKind.Obsoletes);

    /// <summary>Its files.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2304: the file list is malformed.</exception>
    public RpmFileList Files => _files ??= RpmFileListReader.Read(Header, _source);

    /// <summary>Its scriptlets, triggers apart.</summary>
    public IReadOnlyList<RpmScriptlet> Scriptlets => _scriptlets ??= RpmScriptletReader.Read(Header);

    /// <summary>Its triggers: those that wait for packages, then those that wait for files, then those that wait for transactions.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2305: they are malformed.</exception>
    public IReadOnlyList<RpmTrigger> Triggers => _triggers ??= RpmTriggerReader.Read(Header, _source);

    /// <summary>Its dependencies of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The dependencies in the header's order.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2302: the entries that hold them differ in length.</exception>
    public IReadOnlyList<Dependency> GetDependencies(RpmDependencyKind kind) => _dependencies[(int)kind] ??= ReadDependencies(kind);

    /// <summary>The package's name and version, for messages.</summary>
    /// <returns>The NEVRA, or the file where the header lacks it.</returns>
    public override string ToString() => Header.Contains(RpmTag.Name) ? Nevra.ToString() : _source;

    private List<Dependency> ReadDependencies(RpmDependencyKind kind)
    {
        var dependencies = RpmDependencyReader.Read(Header, kind, _source);
        if (kind == RpmDependencyKind.Provides && Format == 3 && !IsSource)
        {
            // Packages older than rpm 4 provide their own name without saying so (providePackageNVR in lib/headerutil.c).
            var own = new Dependency(Nevra.Name, DependencyFlags.Equal, Nevra.Evr);
            if (!Header.Contains(RpmTag.ProvideVersion) || !dependencies.Contains(own))
            {
                dependencies.Add(own);
            }
        }

        return dependencies;
    }

    // The heuristic of headerIsSourceHeuristic in lib/header.c, for packages that do not say what they are.
    private bool LooksLikeSource()
    {
        var folders = Header.GetStringData(RpmTag.DirNames);
        if (folders.Count > 0)
        {
            return folders.Count == 1 && folders.MoveNext() && folders.Current.IsEmpty;
        }

        var paths = Header.GetStringData(RpmTag.OldFileNames);
        return paths.MoveNext() && !paths.Current.StartsWith("/"u8);
    }

    private string Text(RpmTag tag) => Header.GetString(tag) ?? "";

    private string Require(RpmTag tag) =>
        Header.GetString(tag) ?? throw PackageDiagnostics.MissingEntry.Error(null, _source, tag);
}
