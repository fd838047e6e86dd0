namespace NodeImage.Rpm.Solving;

/// <summary>A set of packages that may be all of them.</summary>
internal sealed class Mark(int capacity)
{
    private PackageSet? _packages;

    public bool IsAll { get; set; }

    /// <summary>Whether the set is neither empty nor everything.</summary>
    public bool IsPartial => _packages is not null;

    public bool Any => IsAll || _packages is not null;

    public bool Contains(int package) => IsAll || (_packages is not null && _packages.Contains(package));

    /// <summary>Whether the package was added by itself.</summary>
    public bool ContainsSingly(int package) => _packages is not null && _packages.Contains(package);

    public void Add(int package) => (_packages ??= new PackageSet(capacity)).Add(package);

    public void Remove(int package) => _packages?.Remove(package);
}

/// <summary>What the jobs say about single packages.</summary>
internal sealed class Marks
{
    public Marks(PoolView view)
    {
        var capacity = view.Packages.Length;
        MultiVersion = new Mark(capacity);
        Update = new Mark(capacity);
        BestUpdate = new Mark(capacity);
        Fix = new Mark(capacity);
        DistUpgradeTargets = new Mark(capacity);
        DistUpgradeInvolved = new Mark(capacity);
        DropOrphaned = new Mark(capacity);
        AllowUninstall = new Mark(capacity);
        ExcludedFromWeak = new Mark(capacity);
        NoUpdate = new PackageSet(capacity);
        SpecialUpdaters = new int[view.InstalledCount];
    }

    /// <summary>Packages of which several versions may be installed.</summary>
    public Mark MultiVersion { get; }

    /// <summary>Installed packages that should go to their best version.</summary>
    public Mark Update { get; }

    /// <summary>Installed packages that must go to their best version.</summary>
    public Mark BestUpdate { get; }

    /// <summary>Installed packages whose broken dependencies must be repaired.</summary>
    public Mark Fix { get; }

    /// <summary>Packages that a distupgrade may end with.</summary>
    public Mark DistUpgradeTargets { get; }

    /// <summary>Packages that a distupgrade is about.</summary>
    public Mark DistUpgradeInvolved { get; }

    public Mark DropOrphaned { get; }

    public Mark AllowUninstall { get; }

    public Mark ExcludedFromWeak { get; }

    /// <summary>Installed packages that must not be replaced by newer ones, as they are to be erased.</summary>
    public PackageSet NoUpdate { get; }

    /// <summary>By package, above 0 where it is favored and below where it is disfavored, later jobs weighing more; or null.</summary>
    public int[]? Favor { get; set; }

    public bool HasDisfavored { get; set; }

    /// <summary>Whether installed packages that no repository has take part in the search.</summary>
    public bool ProcessesOrphans { get; set; }

    /// <summary>Installed packages that no repository has.</summary>
    public IntList Orphaned { get; } = new();

    /// <summary>By installed package, the list of packages that would update it were several versions not allowed; or 0.</summary>
    public int[] SpecialUpdaters { get; }

    public bool HasSpecialUpdaters { get; set; }

    /// <summary>By installed package, the only packages that an update may go to.</summary>
    public Dictionary<int, int[]> UpdateTargets { get; } = [];

    public bool IsDisfavored(int package) => HasDisfavored && Favor![package] < 0;

    public bool IsUninstallAllowed(SolverOptions options, int package) => options.AllowUninstall || AllowUninstall.Contains(package);

    public bool AnyUninstallAllowed(SolverOptions options) => options.AllowUninstall || AllowUninstall.Any;
}
