namespace NodeImage.Rpm.Solving;

/// <summary>Policies of a run of the solver. The defaults are dnf's, without weak dependencies.</summary>
public sealed record SolverOptions
{
    /// <summary>dnf's policies.</summary>
    public static SolverOptions Dnf { get; } = new();

    /// <summary>As libsolv is without any flags.</summary>
    public static SolverOptions Plain { get; } = new()
    {
        InstallRecommended = true,
        AllowVendorChange = false,
        BestObeysPolicy = false,
        KeepOrphans = false,
        SplitObsoletes = false,
        KeepExplicitObsoletes = false,
    };

    /// <summary>Whether packages that others recommend are installed too where they can be.</summary>
    public bool InstallRecommended { get; init; }

    /// <summary>Whether recommendations of packages that were installed before count as well.</summary>
    public bool AddAlreadyRecommended { get; init; }

    /// <summary>Whether recommendations are as binding as requirements until they cannot be met.</summary>
    public bool StrongRecommends { get; init; }

    /// <summary>Whether installed packages may go to a lower version.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Whether a package may be replaced by one of another name that obsoletes it.</summary>
    public bool AllowNameChange { get; init; } = true;

    /// <summary>Whether installed packages may go to another architecture.</summary>
    public bool AllowArchitectureChange { get; init; }

    /// <summary>Whether installed packages may go to another vendor's.</summary>
    public bool AllowVendorChange { get; init; } = true;

    /// <summary>Whether installed packages may be removed to make the rest possible.</summary>
    public bool AllowUninstall { get; init; }

    /// <summary>As <see cref="AllowDowngrade"/>, in a distupgrade.</summary>
    public bool DistUpgradeAllowDowngrade { get; init; } = true;

    /// <summary>As <see cref="AllowNameChange"/>, in a distupgrade.</summary>
    public bool DistUpgradeAllowNameChange { get; init; } = true;

    /// <summary>As <see cref="AllowArchitectureChange"/>, in a distupgrade.</summary>
    public bool DistUpgradeAllowArchitectureChange { get; init; } = true;

    /// <summary>As <see cref="AllowVendorChange"/>, in a distupgrade.</summary>
    public bool DistUpgradeAllowVendorChange { get; init; } = true;

    /// <summary>Whether the best candidate is looked for only among those that policy allows.</summary>
    public bool BestObeysPolicy { get; init; } = true;

    /// <summary>Whether installed packages that no repository has are kept in a distupgrade.</summary>
    public bool KeepOrphans { get; init; } = true;

    /// <summary>Whether dependencies of orphans may be broken in a distupgrade.</summary>
    public bool BreakOrphans { get; init; }

    /// <summary>Whether, where several packages obsolete one together, all of them replace it.</summary>
    public bool SplitObsoletes { get; init; } = true;

    /// <summary>Whether packages of which several versions may be installed still obsolete what they say they do.</summary>
    public bool KeepExplicitObsoletes { get; init; } = true;

    /// <summary>Whether packages of an inferior architecture are taken as readily as those of the best.</summary>
    public bool IgnoreInferiorArchitectures { get; init; }

    /// <summary>Whether only the repositories of the highest priority that have a package are considered for it.</summary>
    public bool StrictRepositoryPriority { get; init; }

    /// <summary>Whether providers of a package's name are no updates of it, even if they obsolete it.</summary>
    public bool NoUpdateByProvide { get; init; }

    /// <summary>Whether obsoleters are updates of a package only if they also provide its name.</summary>
    public bool NeedUpdateByProvide { get; init; }

    /// <summary>Whether installed packages are settled before jobs.</summary>
    public bool FocusInstalled { get; init; }

    /// <summary>Whether dependencies of jobs are settled before installed packages, so that they get the best versions.</summary>
    public bool FocusBest { get; init; }

    /// <summary>Whether a job that an installed package fulfils may update it.</summary>
    public bool InstallAlsoUpdates { get; init; }

    /// <summary>Whether updates that name packages which are not installed are no updates to these.</summary>
    public bool NoAutoTarget { get; init; }
}
