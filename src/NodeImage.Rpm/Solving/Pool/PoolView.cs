namespace NodeImage.Rpm.Solving;

/// <summary>What one run of the solver sees of a pool: the packages that are not excluded, and who provides what.</summary>
internal sealed class PoolView
{
    private readonly PackageSet? _excluded;
    private readonly VersionTable _versions;

    /// <param name="pool">The pool.</param>
    /// <param name="excluded">Packages that must not be installed, or null where there are none.</param>
    public PoolView(PackagePool pool, PackageSet? excluded)
    {
        Pool = pool;
        Packages = pool.Packages;
        Requirements = pool.DependencyLists;
        _versions = pool.Dependencies.Versions;
        _excluded = excluded;
        InstalledStart = pool.Installed?.Start ?? 0;
        InstalledEnd = pool.Installed?.End ?? 0;
        Providers = new ProviderIndex(this);
    }

    public PackagePool Pool { get; }

    public PackageRecord[] Packages { get; }

    /// <summary>The dependency lists that the records point into.</summary>
    public int[] Requirements { get; }

    public ProviderIndex Providers { get; }

    public PoolOptions Options => Pool.Options;

    public int InstalledStart { get; }

    public int InstalledEnd { get; }

    public int InstalledCount => InstalledEnd - InstalledStart;

    public bool HasInstalled => Pool.Installed is not null;

    public bool HasExcluded => _excluded is not null;

    public bool IsInstalled(int package) => (uint)(package - InstalledStart) < (uint)(InstalledEnd - InstalledStart);

    public bool IsExcluded(int package) => _excluded is not null && _excluded.Contains(package);

    public bool HasTakenArchitecture(int package) => Pool.Architecture.TakesAll || Score(package) != 0;

    public bool IsInstallable(int package) =>
        !Packages[package].IsSource && HasTakenArchitecture(package) && !IsExcluded(package);

    /// <summary>Whether a package counts as a provider. Installed ones always do, or nothing could conflict with them.</summary>
    public bool CanProvide(int package) =>
        IsInstalled(package)
        || (!Packages[package].IsSource && HasTakenArchitecture(package) && (Options.ExcludedStillProvide || !IsExcluded(package)));

    /// <summary>The score of a package's architecture, as <see cref="ArchitecturePolicy.Score"/> gives it.</summary>
    public uint Score(int package) => Pool.ArchitectureScores[Packages[package].Architecture];

    /// <summary>Whether two scores stand for architectures of one class.</summary>
    public static bool SameClass(uint left, uint right) => ((left ^ right) & 0xffff0000) == 0;

    /// <summary>Whether two packages would take each other's place in a directory: both 32 bits, both 64, or either without width.</summary>
    public bool SameWidth(int left, int right)
    {
        var a = Packages[left].Architecture;
        var b = Packages[right].Architecture;
        return a == b || (Pool.ArchitectureColors[a] & Pool.ArchitectureColors[b]) != 0;
    }

    public int CompareVersions(int left, int right) => _versions.Compare(Packages[left].Version, Packages[right].Version);

    public int CompareVersionsWithoutRelease(int left, int right) =>
        _versions.CompareWithoutRelease(Packages[left].Version, Packages[right].Version);

    public bool SameName(int left, int right) => Packages[left].Name == Packages[right].Name;

    /// <summary>Whether name, version and architecture are the same.</summary>
    public bool SameNevra(int left, int right)
    {
        ref var a = ref Packages[left];
        ref var b = ref Packages[right];
        return a.Name == b.Name && a.Version == b.Version && a.Architecture == b.Architecture;
    }

    public int PriorityOf(int package)
    {
        var repository = Packages[package].Repository;
        return repository < 0 ? 0 : -Pool.Repositories[repository].Priority;
    }

    public int CostOf(int package)
    {
        var repository = Packages[package].Repository;
        return repository < 0 ? 0 : Pool.Repositories[repository].Cost;
    }

    public ReadOnlySpan<int> ProvidersOf(int dependency) => Providers[dependency];

    public ReadOnlySpan<int> ProvidersOfName(int package) => Providers[Packages[package].Name];

    /// <summary>Whether two packages are one build, as far as can be told without their files.</summary>
    public bool AreIdentical(int left, int right)
    {
        ref var a = ref Packages[left];
        ref var b = ref Packages[right];
        if (!SameNevra(left, right) || a.Vendor != b.Vendor)
        {
            return false;
        }

        return a.BuildTime != 0 && b.BuildTime != 0
            ? a.BuildTime == b.BuildTime
            : RequirementsHash(a.Requires) == RequirementsHash(b.Requires);
    }

    /// <summary>Whether a package's own name and version match a dependency, whatever it provides.</summary>
    public bool MatchesByName(int package, int dependency)
    {
        var node = Pool.Dependencies[dependency];
        return node.Kind switch
        {
            DependencyKind.Name => Packages[package].Name == dependency,
            DependencyKind.Range => MatchesByName(package, node.First)
                && _versions.Matches(Packages[package].Version, (VersionRange)node.Third, node.Second),
            DependencyKind.Architecture => Packages[package].Architecture == node.Second && MatchesByName(package, node.First),
            DependencyKind.Or => MatchesByName(package, node.First) || MatchesByName(package, node.Second),
            DependencyKind.And or DependencyKind.With =>
                MatchesByName(package, node.First) && MatchesByName(package, node.Second),
            DependencyKind.Without => MatchesByName(package, node.First) && !MatchesByName(package, node.Second),
            _ => false,
        };
    }

    /// <summary>Whether one package's obsoletes, listed somewhere as a dependency, reach another package.</summary>
    public bool ObsoletesReach(int obsoleter, int dependency, int package) =>
        (Options.ObsoletesMatchProvides || MatchesByName(package, dependency))
        && (!Options.ObsoletesOwnWidthOnly || SameWidth(obsoleter, package));

    /// <summary>Whether a vendor's package may take the place of another's.</summary>
    public bool CompatibleVendors(int left, int right)
    {
        var a = Packages[left].Vendor;
        var b = Packages[right].Vendor;
        return a == b || Pool.VendorClasses.AreCompatible(Pool.Architectures[a], Pool.Architectures[b]);
    }

    /// <summary>Whether moving from one package's architecture to the other's leaves its class.</summary>
    public bool ChangesArchitecture(int left, int right)
    {
        var a = Packages[left].Architecture;
        var b = Packages[right].Architecture;
        return a != b
            && !Pool.Architecture.TakesAll
            && Pool.Architectures[a] != "noarch"
            && Pool.Architectures[b] != "noarch"
            && !SameClass(Pool.ArchitectureScores[a], Pool.ArchitectureScores[b]);
    }

    // The same for the same requirements in whatever order.
    private int RequirementsHash(int list)
    {
        var hash = 0;
        for (var i = list; Requirements[i] != 0; i++)
        {
            hash += (int)(((ulong)Requirements[i] * 0x9E3779B97F4A7C15) >> 32);
        }

        return hash;
    }
}
