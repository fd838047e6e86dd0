using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>What a job asks for.</summary>
public enum SolverAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One of the packages must be installed afterwards.</summary>
    Install,

    /// <summary>None of the packages may be installed afterwards.</summary>
    Erase,

    /// <summary>The installed packages go to the best version that policy allows; packages that are not installed name the
    /// versions to go to.</summary>
    Update,

    /// <summary>As an update, but to whatever the repositories have, downgrades and other vendors included.</summary>
    DistUpgrade,

    /// <summary>Installed packages stay as they are; others stay out.</summary>
    Lock,

    /// <summary>Several versions of the packages may be installed side by side, as with kernels.</summary>
    MultiVersion,

    /// <summary>The packages are preferred where there is a choice.</summary>
    Favor,

    /// <summary>The packages are avoided where there is a choice, and not installed as weak dependencies.</summary>
    Disfavor,

    /// <summary>The packages are not installed, except as other versions of one that is installed and among them too.</summary>
    Blacklist,

    /// <summary>The packages are not installed as weak dependencies.</summary>
    ExcludeFromWeak,

    /// <summary>The installed packages may be removed to make the rest possible.</summary>
    AllowUninstall,

    /// <summary>The installed packages are removed if no repository has them any more.</summary>
    DropOrphaned,

    /// <summary>Broken dependencies of the installed packages are repaired.</summary>
    Verify,
}

/// <summary>What qualifies a job.</summary>
[Flags]
public enum SolverJobFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The job is dropped, silently, where it cannot be done.</summary>
    Weak = 1 << 0,

    /// <summary>Only the best candidates will do.</summary>
    ForceBest = 1 << 1,

    /// <summary>The packages of an update are those to go to.</summary>
    Targeted = 1 << 2,

    /// <summary>An installed package that would do may be updated all the same.</summary>
    OrUpdate = 1 << 3,

    /// <summary>The job settles the version, release aside: policy about downgrades does not apply.</summary>
    SetsVersion = 1 << 4,

    /// <summary>The job settles version and release.</summary>
    SetsRelease = 1 << 5,

    /// <summary>The job settles the architecture.</summary>
    SetsArchitecture = 1 << 6,

    /// <summary>The job settles the vendor.</summary>
    SetsVendor = 1 << 7,

    /// <summary>The job settles the repository.</summary>
    SetsRepository = 1 << 8,

    /// <summary>Nothing is taken as settled from how the packages were selected.</summary>
    NoAutoSet = 1 << 9,

    /// <summary>Everything that a job can settle.</summary>
    SetsMask = SetsVersion | SetsRelease | SetsArchitecture | SetsVendor | SetsRepository | NoAutoSet,
}

/// <summary>One thing that is asked of the solver.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Selection">With which packages.</param>
/// <param name="Flags">How.</param>
public sealed record SolverJob(SolverAction Action, PackageSelection Selection, SolverJobFlags Flags = SolverJobFlags.None)
{
    /// <summary>The project item that the job comes from, at whose line its problems are shown.</summary>
    public ItemReference? Subject { get; init; }

    /// <summary>Asks for a package by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subject">The project item that asks, or null.</param>
    /// <returns>The job.</returns>
    public static SolverJob Install(string name, ItemReference? subject = null) =>
        new(SolverAction.Install, new PackageSelection.ByName(name)) { Subject = subject };

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Selection}";
}
