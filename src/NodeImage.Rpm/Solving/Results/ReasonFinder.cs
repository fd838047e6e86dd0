namespace NodeImage.Rpm.Solving;

/// <summary>
/// Finds out why each package is there: by the shortest chain from a job along requirements, then along wishes.
/// </summary>
internal sealed class ReasonFinder
{
    private readonly SolveContext _context;
    private readonly Dictionary<int, Link> _links = [];

    public ReasonFinder(SolveContext context)
    {
        _context = context;
        var reached = new Queue<int>();
        AddJobs(reached);
        Follow(reached, TransactionReason.Dependency);
        AddKept(reached);
        Follow(reached, TransactionReason.Dependency);
        AddWishes(reached);
    }

    private PoolView View => _context.View;

    /// <summary>Why a package comes or goes, and the job that asked for it where one did.</summary>
    public (TransactionReason Reason, SolverJob? Job) ReasonOf(int package)
    {
        if (_context.Trail.IsRejected(package))
        {
            var clause = _context.Trail.ClauseAt(_context.Trail.Literals.IndexOf(-package));
            return clause > 0 && _context.Clauses.Jobs.Contains(clause)
                ? (TransactionReason.Requested, JobAt(_context.Clauses[clause].Detail))
                : (clause > 0 ? TransactionReason.Replaced : TransactionReason.NotKept, null);
        }

        return _links.TryGetValue(package, out var link)
            ? (link.Reason, link.Job < 0 ? null : JobAt(link.Job))
            : (TransactionReason.Update, null);
    }

    public IReadOnlyList<ChainLink> Explain(PoolPackage package)
    {
        var chain = new List<ChainLink>();
        var current = package.Id;
        while (_links.TryGetValue(current, out var link))
        {
            chain.Add(new ChainLink(View.Pool[current], null, link.Dependency == 0 ? "" : View.Pool.TextOf(link.Dependency)));
            if (link.Parent == 0)
            {
                if (link.Job >= 0)
                {
                    chain.Add(new ChainLink(null, JobAt(link.Job), ""));
                }

                break;
            }

            current = link.Parent;
        }

        chain.Reverse();
        return chain;
    }

    private SolverJob JobAt(int index) => _context.Jobs[index].Job;

    private void AddJobs(Queue<int> reached)
    {
        foreach (var job in _context.Jobs)
        {
            if (job.Action is not (SolverAction.Install or SolverAction.Update))
            {
                continue;
            }

            foreach (var package in job.Packages)
            {
                Reach(package, new Link(0, 0, job.Index, TransactionReason.Requested), reached);
            }
        }
    }

    // What stays or replaces something that was there needs no one to ask for it, but may itself ask for more.
    private void AddKept(Queue<int> reached)
    {
        var found = new IntList();
        for (var package = View.InstalledStart; package < View.InstalledEnd; package++)
        {
            Reach(package, new Link(0, 0, -1, TransactionReason.Update), reached);
            _context.Updates.Find(package, UpdateScope.All, found);
            foreach (var update in found.Span)
            {
                Reach(update, new Link(0, 0, -1, TransactionReason.Update), reached);
            }
        }
    }

    private bool Reach(int package, Link link, Queue<int> reached)
    {
        var isNew = _context.Trail.IsInstalled(package) && _links.TryAdd(package, link);
        if (isNew)
        {
            reached.Enqueue(package);
        }

        return isNew;
    }

    private void Follow(Queue<int> reached, TransactionReason reason)
    {
        while (reached.TryDequeue(out var package))
        {
            FollowList(package, View.Packages[package].Requires, reason, reached);
        }
    }

    private void FollowList(int package, int list, TransactionReason reason, Queue<int> reached)
    {
        for (var i = list; View.Requirements[i] != 0; i++)
        {
            var dependency = View.Requirements[i];
            foreach (var provider in Providers(dependency))
            {
                Reach(provider, new Link(package, dependency, -1, reason), reached);
            }
        }
    }

    private IEnumerable<int> Providers(int dependency) => View.Pool.Dependencies.IsConditional(dependency)
        ? NormalForm.Conjunction(View, dependency).Blocks.SelectMany(block => block).Where(literal => literal > 0)
        : View.ProvidersOf(dependency).ToArray();

    private void AddWishes(Queue<int> reached)
    {
        // In the order of decisions, so that a wish is followed from packages that were there before it.
        foreach (var literal in _context.Trail.Literals.ToArray())
        {
            if (literal <= PackagePool.SystemPackage)
            {
                continue;
            }

            if (!_links.ContainsKey(literal))
            {
                AddSupplement(literal, reached);
            }

            FollowList(literal, View.Packages[literal].Recommends, TransactionReason.WeakDependency, reached);
            Follow(reached, TransactionReason.WeakDependency);
        }
    }

    private void AddSupplement(int package, Queue<int> reached)
    {
        for (var i = View.Packages[package].Supplements; View.Requirements[i] != 0; i++)
        {
            foreach (var provider in Providers(View.Requirements[i]))
            {
                if (_context.Trail.IsInstalled(provider) && provider != package)
                {
                    Reach(package, new Link(provider, View.Requirements[i], -1, TransactionReason.WeakDependency), reached);
                    return;
                }
            }
        }
    }

    private readonly record struct Link(int Parent, int Dependency, int Job, TransactionReason Reason);
}
