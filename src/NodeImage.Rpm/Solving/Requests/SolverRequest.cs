using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>Everything that is asked of one run of the solver.</summary>
public sealed record SolverRequest
{
    /// <summary>What to do; where two jobs leave a choice, the earlier one chooses first.</summary>
    public required IReadOnlyList<SolverJob> Jobs { get; init; }

    /// <summary>The policies.</summary>
    public SolverOptions Options { get; init; } = SolverOptions.Dnf;

    /// <summary>Packages that must not be looked at. They are named where leaving them out makes a request impossible.</summary>
    public IReadOnlyList<PackageSelection> Excluded { get; init; } = [];

    /// <summary>What may change of the installed system, or null for everything that policy allows.</summary>
    public FrozenBase? FrozenBase { get; init; }
}

/// <summary>Says that the installed system is the base of an image and must stay as it is, with exceptions.</summary>
public sealed record FrozenBase
{
    /// <summary>Names of installed packages that may be changed, each with a reason to be found in the project.</summary>
    public IReadOnlySet<string> ChangeableNames { get; init; } = new HashSet<string>();

    /// <summary>What is said of a request that would change the base otherwise. Arguments: the request, what would change, why.</summary>
    public DiagnosticDescriptor WouldChange { get; init; } = SolverDiagnostics.FrozenBaseWouldChange;
}
