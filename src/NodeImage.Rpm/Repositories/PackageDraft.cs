using System.Xml;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories;

/// <summary>A package of <c>primary.xml</c> while it is being read.</summary>
internal sealed class PackageDraft
{
    /// <summary>The elements that hold dependencies, in the order of <see cref="Dependencies"/>.</summary>
    public static readonly string[] DependencyKinds =
        ["provides", "requires", "conflicts", "obsoletes", "recommends", "suggests", "supplements", "enhances"];

    public string? Name { get; set; }

    public string? Architecture { get; set; }

    public Evr? Evr { get; set; }

    public string Summary { get; set; } = "";

    public string Vendor { get; set; } = "";

    public string? SourceRpm { get; set; }

    public long BuildTime { get; set; }

    public string? Location { get; set; }

    public string? LocationBase { get; set; }

    public string Checksum { get; set; } = "";

    public string ChecksumType { get; set; } = "";

    public long PackageSize { get; set; }

    public long InstalledSize { get; set; }

    public Dependency[][] Dependencies { get; } = [[], [], [], [], [], [], [], []];

    public List<string> Files { get; } = [];

    /// <summary>Ends the package.</summary>
    /// <returns>The package.</returns>
    /// <exception cref="XmlException">It lacks what a package cannot do without.</exception>
    public RepositoryPackage ToPackage()
    {
        if (string.IsNullOrEmpty(Name) || string.IsNullOrEmpty(Architecture) || Evr is null || Evr.Version.Length == 0)
        {
            throw new XmlException($"the package '{Name}' lacks its name, version or architecture");
        }

        return new RepositoryPackage
        {
            Nevra = new Nevra(Name, Evr.Release is null ? Evr with { Release = "" } : Evr, Architecture),
            Summary = Summary,
            Vendor = Vendor,
            SourceRpm = string.IsNullOrEmpty(SourceRpm) ? null : SourceRpm,
            BuildTime = BuildTime,
            Location = Location,
            LocationBase = LocationBase,
            Checksum = Checksum.ToLowerInvariant(),
            ChecksumType = ChecksumType,
            PackageSize = PackageSize,
            InstalledSize = InstalledSize,
            Provides = Dependencies[0],
            Requires = Dependencies[1],
            Conflicts = Dependencies[2],
            Obsoletes = Dependencies[3],
            Recommends = Dependencies[4],
            Suggests = Dependencies[5],
            Supplements = Dependencies[6],
            Enhances = Dependencies[7],
            Files = Files.Count == 0 ? [] : Files.ToArray(),
        };
    }
}
