namespace NodeImage.Rpm.Solving;

/// <summary>What a transaction does with a package.</summary>
public enum TransactionStepKind
{
    /// <summary>The package comes, and nothing of its name was there.</summary>
    Install,

    /// <summary>The package replaces a lower version.</summary>
    Upgrade,

    /// <summary>The package replaces a higher version.</summary>
    Downgrade,

    /// <summary>The package replaces the same build.</summary>
    Reinstall,

    /// <summary>The package replaces the same version from another vendor, of another architecture or of another build.</summary>
    Change,

    /// <summary>The package goes, and nothing of its name comes.</summary>
    Erase,
}

/// <summary>Why a package is part of a transaction.</summary>
public enum TransactionReason
{
    /// <summary>A job asked for it.</summary>
    Requested,

    /// <summary>Another package needs it.</summary>
    Dependency,

    /// <summary>Another package recommends it, or it supplements one.</summary>
    WeakDependency,

    /// <summary>An installed package is updated.</summary>
    Update,

    /// <summary>Another package takes its place or cannot be beside it.</summary>
    Replaced,

    /// <summary>Nothing keeps it.</summary>
    NotKept,
}

/// <summary>An installed package that another of its name takes the place of.</summary>
/// <param name="Package">The installed package.</param>
/// <param name="Kind">How the two compare.</param>
public sealed record Replacement(PoolPackage Package, TransactionStepKind Kind)
{
    /// <inheritdoc/>
    public override string ToString() => Package.ToString();
}

/// <summary>One package of a transaction.</summary>
/// <param name="Kind">What is done; where several packages are replaced, how it compares with the highest of them.</param>
/// <param name="Package">The package that comes, or the one that goes without another of its name coming.</param>
/// <param name="Replaces">The installed packages of the same name that it takes the place of.</param>
/// <param name="Reason">Why.</param>
public sealed record TransactionStep(
    TransactionStepKind Kind, PoolPackage Package, IReadOnlyList<Replacement> Replaces, TransactionReason Reason)
{
    /// <summary>For a package that goes, the one that comes and obsoletes it, or null.</summary>
    public PoolPackage? ObsoletedBy { get; init; }

    /// <summary>The job that asked for the package, or null.</summary>
    public SolverJob? Job { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {Package}" + (Replaces.Count == 0 ? "" : $" replacing {string.Join(", ", Replaces)}");
}

/// <summary>What has to be installed and removed, sorted by name, version and architecture.</summary>
public sealed class SolverTransaction
{
    private readonly Func<PoolPackage, IReadOnlyList<ChainLink>> _explain;

    internal SolverTransaction(
        IReadOnlyList<TransactionStep> steps,
        IReadOnlyList<PoolPackage> packages,
        Func<PoolPackage, IReadOnlyList<ChainLink>> explain)
    {
        Steps = steps;
        Packages = packages;
        _explain = explain;
    }

    /// <summary>The steps, packages that come before those that go.</summary>
    public IReadOnlyList<TransactionStep> Steps { get; }

    /// <summary>All packages that are installed afterwards, what stays of the installed system included.</summary>
    public IReadOnlyList<PoolPackage> Packages { get; }

    /// <summary>The packages that come.</summary>
    public IEnumerable<PoolPackage> Installs =>
        Steps.Where(step => step.Kind != TransactionStepKind.Erase).Select(step => step.Package);

    /// <summary>
    /// The packages that come, repository by repository in the order in which the pool got them. dnf hands packages to rpm in this
    /// order, by which rpm goes where nothing else decides: see <see cref="TransactionOrder"/>.
    /// </summary>
    public IEnumerable<PoolPackage> InstallsInPoolOrder => Installs.OrderBy(package => package.Id);

    /// <summary>The installed packages that go, those that are replaced included.</summary>
    public IEnumerable<PoolPackage> Removals => Steps
        .SelectMany(step => step.Kind == TransactionStepKind.Erase ? [step.Package] : step.Replaces.Select(replaced => replaced.Package))
        .Distinct();

    /// <summary>Says who asked for a package: from the job down, each link being asked for by the one before.</summary>
    /// <param name="package">A package that comes.</param>
    /// <returns>The links, the last being the package itself; empty where it is not part of the transaction.</returns>
    public IReadOnlyList<ChainLink> Explain(PoolPackage package) => _explain(package);
}

/// <summary>A link of a chain of packages that ask for each other.</summary>
/// <param name="Package">The package, or null for the job at the beginning.</param>
/// <param name="Job">The job at the beginning, or null for a package.</param>
/// <param name="AskedFor">What the link before asks for, such as <c>libssl.so.3()(64bit)</c>; empty for the first link.</param>
public sealed record ChainLink(PoolPackage? Package, SolverJob? Job, string AskedFor);
