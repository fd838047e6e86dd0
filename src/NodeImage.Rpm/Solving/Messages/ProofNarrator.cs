namespace NodeImage.Rpm.Solving;

/// <summary>
/// Tells, from the clauses of a problem, why something cannot be installed: link by link, as a colleague would. Only the candidate
/// that would have been taken is told of; that the others fail too follows from there being a problem.
/// </summary>
internal sealed class ProofNarrator(SolveContext context, ProofGraph graph, int requestedJobs, UnmetDependency unmet)
{
    // Enough to see what is going on.
    private const int MaxLinks = 8;

    private readonly HashSet<int> _told = [];
    private readonly List<string> _links = [];

    /// <summary>Packages of a frozen base that would have to change.</summary>
    public SortedSet<int> Frozen { get; } = [];

    /// <summary>The jobs that take part besides the one that is explained.</summary>
    public SortedSet<int> OtherJobs { get; } = [];

    private PoolView View => context.View;

    private ClauseStore Clauses => context.Clauses;

    /// <summary>Tells why a clause of a job, or of an installed package, cannot be met.</summary>
    public string Tell(int clause)
    {
        _told.Add(clause);
        var job = Clauses.Jobs.Contains(clause) ? Clauses[clause].Detail : -1;
        if (Clauses[clause].First < 0)
        {
            TellWhoNeeds(-Clauses[clause].First, job);
            return Told();
        }

        var candidates = graph.CandidatesOf(clause);
        TellBest(candidates, job);
        return Told() + (job < 0 ? 0 : candidates.Count - 1) switch
        {
            <= 0 => "",
            1 => "; the other candidate fails too",
            var others => $"; the {others} other candidates fail too",
        };
    }

    private string Told() => _links.Count == 0 ? "the packages' dependencies contradict each other" : string.Join("; ", _links);

    private bool TellBest(IReadOnlyList<int> candidates, int job)
    {
        var best = new IntList();
        best.AddRange(candidates.ToArray());
        context.Candidates.Filter(best, FilterMode.Best);
        foreach (var package in best.ToArray().Concat(candidates))
        {
            if (_links.Count < MaxLinks && _told.Add(-package) && TellPackage(package, job))
            {
                return true;
            }
        }

        return false;
    }

    private bool TellPackage(int package, int job)
    {
        var ban = graph.BanOf(package);
        if (ban != 0)
        {
            _links.Add(Ban(package, ban));
            return true;
        }

        // What it cannot be beside is nearer to the reader than what it needs in turn.
        return TellClash(package, job) || TellNeeds(package, job);
    }

    private bool TellNeeds(int package, int job)
    {
        foreach (var clause in graph.NeedsOf(package))
        {
            if (!_told.Add(clause))
            {
                continue;
            }

            var count = _links.Count;
            if (Need(package, clause) is { } need)
            {
                _links.Add(need);
            }

            if (TellBest(graph.CandidatesOf(clause), job) || _links.Count > count)
            {
                return true;
            }
        }

        return false;
    }

    // What a package needs; null where that goes without saying.
    private string? Need(int package, int clause)
    {
        ref var c = ref Clauses[clause];
        return c.Kind switch
        {
            ClauseKind.Requires => $"{Name(package)} requires {View.Pool.TextOf(c.Detail)}",
            ClauseKind.Recommends => $"{Name(package)} recommends {View.Pool.TextOf(c.Detail)}",
            ClauseKind.Conflicts => $"{Name(package)} conflicts with {View.Pool.TextOf(c.Detail)}",
            ClauseKind.SplitObsoletes => $"{Name(package)} is one of several that replace {View.Pool.TextOf(c.Detail)}",
            ClauseKind.Best when c.Detail < 0 => $"only the best of '{context.Jobs[Clauses[-c.Detail].Detail].Job.Selection}' will do",
            ClauseKind.Best => $"only the best of what could replace {Name(c.Detail)} will do",
            _ => null,
        };
    }

    private bool TellClash(int package, int job)
    {
        foreach (var clause in graph.ClashesOf(package))
        {
            var other = Other(clause, package);
            if (other == 0 || !_told.Add(clause))
            {
                continue;
            }

            NoteFrozen(other);
            _links.Add(Clash(clause, package, other));
            TellWhoNeeds(other, job);
            return true;
        }

        return false;
    }

    private int Other(int clause, int package)
    {
        foreach (var literal in Clauses.LiteralsOf(clause))
        {
            if (literal != -package && literal < -PackagePool.SystemPackage)
            {
                return -literal;
            }
        }

        return 0;
    }

    private string Clash(int clause, int package, int other)
    {
        ref var c = ref Clauses[clause];
        var (left, right) = Says(clause, package) ? (package, other) : (other, package);
        switch (c.Kind)
        {
            case ClauseKind.Conflicts:
                return $"{Name(left)} conflicts with {View.Pool.TextOf(c.Detail)}{Meant(c.Detail, right)}";
            case ClauseKind.Obsoletes or ClauseKind.InstalledObsoletes or ClauseKind.ImplicitObsoletes:
                return $"{Name(left)} obsoletes {View.Pool.TextOf(c.Detail)}{Meant(c.Detail, right)}";
            default:
                return View.IsInstalled(other) ? $"{Name(package)} would replace {Name(other)}"
                    : $"{Name(package)} cannot be installed beside {Name(other)}";
        }
    }

    // Which package a dependency hits.
    private string Meant(int dependency, int package) =>
        View.Pool.Dependencies.IsConditional(dependency) ? $" and therefore with {Name(package)}"
        : View.Pool.Dependencies.RootName(dependency) == View.Packages[package].Name ? $", which {Name(package)} is"
        : $", which {Name(package)} provides";

    // Whether it is this package of two whose dependency keeps them apart.
    private bool Says(int clause, int package)
    {
        ref var c = ref Clauses[clause];
        var list = c.Kind == ClauseKind.Conflicts ? View.Packages[package].Conflicts : View.Packages[package].Obsoletes;
        for (var i = list; View.Requirements[i] != 0; i++)
        {
            if (View.Requirements[i] == c.Detail)
            {
                return true;
            }
        }

        return c.Kind == ClauseKind.ImplicitObsoletes && View.Packages[package].Name == c.Detail;
    }

    private void NoteFrozen(int package)
    {
        foreach (var clause in graph.NeededBy(package))
        {
            if (Clauses.Jobs.Contains(clause) && Clauses[clause].Detail >= requestedJobs)
            {
                Frozen.Add(package);
            }
        }
    }

    // Follows a package up to what keeps it there: a job, or that it is installed.
    private void TellWhoNeeds(int package, int job)
    {
        while (_links.Count < MaxLinks)
        {
            var clause = graph.NeededBy(package).FirstOrDefault(candidate => !_told.Contains(candidate));
            if (clause == 0)
            {
                return;
            }

            _told.Add(clause);
            if (Clauses.Jobs.Contains(clause))
            {
                TellAskedBy(package, Clauses[clause].Detail, job);
                return;
            }

            if (Clauses[clause].Kind is ClauseKind.Update or ClauseKind.Feature && _links.Count > 0 && Frozen.Count == 0)
            {
                _links.Add($"{Name(Clauses[clause].First)} has to stay or be updated");
            }

            var first = -Clauses[clause].First;
            if (Clauses[clause].Kind != ClauseKind.Requires || first <= 0)
            {
                return;
            }

            _links.Add($"{Name(first)} requires {View.Pool.TextOf(Clauses[clause].Detail)}");
            package = first;
        }
    }

    private void TellAskedBy(int package, int asking, int job)
    {
        if (asking >= requestedJobs || asking == job)
        {
            return;
        }

        OtherJobs.Add(asking);
        _links.Add(context.Jobs[asking].Action == SolverAction.Lock
            ? $"{Name(package)} is locked"
            : $"{Name(package)} is asked for as '{context.Jobs[asking].Job.Selection}'");
    }

    private string Ban(int package, int clause)
    {
        ref var c = ref Clauses[clause];
        switch (c.Kind)
        {
            case ClauseKind.NothingProvides:
                return $"{Name(package)} requires {View.Pool.TextOf(c.Detail)}, {unmet.Describe(c.Detail)}";
            case ClauseKind.NotInstallable:
                return View.IsExcluded(package) ? $"{Name(package)} is excluded"
                    : $"{Name(package)} cannot be installed on {View.Pool.Architecture.Name}";
            case ClauseKind.InferiorArchitecture:
                return $"{Name(package)} is passed over as the package is there for a better architecture";
            case ClauseKind.Blacklist:
                return $"{Name(package)} is blacklisted";
            case ClauseKind.RepositoryPriority:
                return $"{Name(package)} is passed over as a repository of higher priority has the package";
            case ClauseKind.DistUpgrade:
                return $"{Name(package)} is in none of the repositories to go to";
            case ClauseKind.Job:
                return TellForbidden(package, c.Detail);
            default:
                return $"{Name(package)} conflicts with itself or the system";
        }
    }

    private string TellForbidden(int package, int job)
    {
        if (job < requestedJobs)
        {
            OtherJobs.Add(job);
        }

        return context.Jobs[job].Action == SolverAction.Lock ? $"{Name(package)} is locked out" : $"{Name(package)} is to be left out";
    }

    private string Name(int package)
    {
        var nevra = View.Pool.SourceOf(package).Nevra.ToString();
        return !View.IsInstalled(package) ? nevra : context.IsFrozen ? $"{nevra} of the base image" : $"the installed {nevra}";
    }
}
