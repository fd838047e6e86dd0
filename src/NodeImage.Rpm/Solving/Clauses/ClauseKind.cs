namespace NodeImage.Rpm.Solving;

/// <summary>Why a clause is there. Where two reasons make the same clause, the one listed first is kept.</summary>
internal enum ClauseKind : byte
{
    /// <summary>A place that is kept free, so that clauses can be found by the installed package they are about.</summary>
    None,

    /// <summary>Two packages of one name.</summary>
    SameName,

    /// <summary>A package that cannot be installed: excluded, or of another architecture.</summary>
    NotInstallable,

    /// <summary>A requirement that nothing provides.</summary>
    NothingProvides,

    /// <summary>A requirement.</summary>
    Requires,

    /// <summary>A package that conflicts with what it provides itself.</summary>
    SelfConflict,

    Conflicts,
    Obsoletes,

    /// <summary>A package that provides the name of another and therefore replaces it.</summary>
    ImplicitObsoletes,

    /// <summary>Obsoletes of an installed package.</summary>
    InstalledObsoletes,

    /// <summary>A recommendation that is as binding as a requirement.</summary>
    Recommends,

    /// <summary>An installed package that must stay or be replaced, policy allowing.</summary>
    Update,

    /// <summary>The same without regard to policy.</summary>
    Feature,

    Job,
    InferiorArchitecture,
    DistUpgrade,

    /// <summary>The best update of an installed package, or the best candidate of a job.</summary>
    Best,
    SplitObsoletes,
    Blacklist,

    /// <summary>A recommendation without those of its providers that are not favored.</summary>
    FavoredRecommends,
    RepositoryPriority,

    /// <summary>A requirement that prefers packages which are installed already.</summary>
    Choice,
    Learnt,
}
