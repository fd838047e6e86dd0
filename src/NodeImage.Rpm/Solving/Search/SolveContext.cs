namespace NodeImage.Rpm.Solving;

/// <summary>What the rooms of the solver share in one run. Made in steps by <see cref="ClauseAssembler"/>.</summary>
internal sealed class SolveContext
{
    public SolveContext(PoolView view, SolverOptions options, ResolvedJob[] jobs)
    {
        View = view;
        Options = options;
        Jobs = jobs;
        Marks = new MarkReader(view, options, jobs).Read();
        Updates = new UpdateCandidates(view, options, Marks);
        Clauses = new ClauseStore(view.Providers.Lists);
        Trail = new Trail(view.Packages.Length);
        State = new DependencyState(view, Trail);
        Wishes = new WishList(view, Trail);
        Candidates = new CandidatePolicy(view, Marks, State, Wishes, new ObsoletedCandidates(view));
        Policies = new PolicySwitches(this);
        Switches = new ClauseSwitches(this);
    }

    public PoolView View { get; }

    /// <summary>Whether the installed system is the frozen base of an image.</summary>
    public bool IsFrozen { get; init; }

    public SolverOptions Options { get; }

    public ResolvedJob[] Jobs { get; }

    public Marks Marks { get; }

    public UpdateCandidates Updates { get; }

    public ClauseStore Clauses { get; }

    public WeakClauses Weak { get; } = new();

    /// <summary>Clauses of one literal, in the order of their numbers.</summary>
    public IntList Assertions { get; } = new();

    public Trail Trail { get; }

    public DependencyState State { get; }

    public WishList Wishes { get; }

    public CandidatePolicy Candidates { get; }

    public PolicySwitches Policies { get; }

    public ClauseSwitches Switches { get; }

    /// <summary>Dependencies of orphans that were turned off, or null.</summary>
    public BrokenOrphans? BrokenOrphans { get; set; }

    /// <summary>What was found impossible.</summary>
    public List<ProblemRecord> Problems { get; } = [];
}
