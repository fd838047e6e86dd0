namespace NodeImage.Rpm.Solving;

/// <summary>A job with its packages looked up.</summary>
internal sealed class ResolvedJob
{
    public required SolverJob Job { get; init; }

    /// <summary>The position among the jobs.</summary>
    public required int Index { get; init; }

    /// <summary>The packages in question; empty where the selection is whole.</summary>
    public int[] Packages { get; init; } = [];

    /// <summary>Whether the selection is all packages or all of a repository.</summary>
    public bool IsWhole => IsAll || Repository is not null;

    public bool IsAll { get; init; }

    public PackageRepository? Repository { get; init; }

    /// <summary>The rich dependency that the selection is, or 0.</summary>
    public int Conditional { get; init; }

    /// <summary>Whether the selection is one package, by number.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether the selection is by name with a version or an architecture.</summary>
    public bool IsQualifiedName { get; init; }

    /// <summary>What the job settles, from its flags and from how the packages are selected.</summary>
    public SolverJobFlags Settles { get; init; }

    /// <summary>Whether the job settles the name.</summary>
    public bool SettlesName { get; init; }

    public SolverAction Action => Job.Action;

    public bool Has(SolverJobFlags flag) => (Job.Flags & flag) != 0;

    public bool Sets(SolverJobFlags flag) => (Settles & flag) != 0;

    /// <summary>The packages of the selection, whole ones included.</summary>
    public IEnumerable<int> AllPackages(PoolView view) => Repository is not null
        ? Enumerable.Range(Repository.Start, Repository.End - Repository.Start)
        : IsAll ? Enumerable.Range(PackagePool.FirstPackage, view.Packages.Length - PackagePool.FirstPackage) : Packages;

    /// <summary>Whether the selection is everything that is installed.</summary>
    public bool IsWholeSystem(PoolView view) => IsAll || (Repository is not null && Repository.Start == view.InstalledStart && Repository.IsInstalled);
}
