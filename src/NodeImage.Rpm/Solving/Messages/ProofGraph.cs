namespace NodeImage.Rpm.Solving;

/// <summary>The clauses of a problem, by what they say.</summary>
internal sealed class ProofGraph
{
    private readonly SolveContext _context;
    private readonly Dictionary<int, List<int>> _needs = [];
    private readonly Dictionary<int, List<int>> _neededBy = [];
    private readonly Dictionary<int, List<int>> _clashes = [];
    private readonly Dictionary<int, int> _bans = [];
    private readonly List<int> _jobs = [];

    public ProofGraph(SolveContext context, IReadOnlyList<int> proof)
    {
        _context = context;
        foreach (var clause in proof)
        {
            Add(clause);
        }

        _jobs.Sort();
    }

    /// <summary>The clauses of jobs, in the order of the jobs.</summary>
    public IReadOnlyList<int> Jobs => _jobs;

    /// <summary>The clauses that say what a package needs.</summary>
    public IReadOnlyList<int> NeedsOf(int package) => _needs.GetValueOrDefault(package, []);

    /// <summary>The clauses that a package helps to meet.</summary>
    public IReadOnlyList<int> NeededBy(int package) => _neededBy.GetValueOrDefault(package, []);

    /// <summary>The clauses that say what a package cannot be beside.</summary>
    public IReadOnlyList<int> ClashesOf(int package) => _clashes.GetValueOrDefault(package, []);

    /// <summary>The clause that says a package cannot be installed at all, or 0.</summary>
    public int BanOf(int package) => _bans.GetValueOrDefault(package);

    /// <summary>The packages that would meet a clause, the best version of each name first.</summary>
    public List<int> CandidatesOf(int clause)
    {
        var found = new List<int>();
        foreach (var literal in _context.Clauses.LiteralsOf(clause))
        {
            if (literal > PackagePool.SystemPackage)
            {
                found.Add(literal);
            }
        }

        var view = _context.View;
        return [.. found.OrderBy(package => view.Pool.SourceOf(package).Nevra.Name, StringComparer.Ordinal)
            .ThenByDescending(package => package, Comparer<int>.Create(view.CompareVersions))
            .ThenBy(package => package)];
    }

    private void Add(int clause)
    {
        ref var c = ref _context.Clauses[clause];
        if (_context.Clauses.Jobs.Contains(clause))
        {
            _jobs.Add(clause);
        }

        var negative = 0;
        var positive = 0;
        foreach (var literal in _context.Clauses.LiteralsOf(clause))
        {
            negative += literal < 0 ? 1 : 0;
            positive += literal > 0 ? 1 : 0;
        }

        foreach (var literal in _context.Clauses.LiteralsOf(clause))
        {
            var package = Math.Abs(literal);
            if (literal > 0)
            {
                List(_neededBy, package).Add(clause);
            }
            else if (negative == 1 && positive == 0)
            {
                _bans.TryAdd(package, clause);
            }
            else if (positive == 0)
            {
                List(_clashes, package).Add(clause);
            }
            else
            {
                List(_needs, package).Add(clause);
            }
        }
    }

    private static List<int> List(Dictionary<int, List<int>> lists, int package)
    {
        if (!lists.TryGetValue(package, out var list))
        {
            lists.Add(package, list = []);
        }

        return list;
    }
}
