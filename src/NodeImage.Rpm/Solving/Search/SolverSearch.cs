using System.Diagnostics;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// The search itself. It decides what jobs ask for, then what becomes of installed packages, then what dependencies are left
/// open, then wishes; after each decision everything that follows is decided too, and a conflict makes it learn a clause and
/// go back. The order is that of libsolv (<c>solver_run_sat</c>), so that free choices come out the same.
/// </summary>
internal sealed class SolverSearch
{
    // A level below any: the search has to begin anew.
    private const int Restart = 0;

    private readonly SolveContext _context;
    private readonly LearntHistory _history;
    private readonly UnsolvableAnalyzer _unsolvable;
    private readonly AssertionPhase _assertions;
    private readonly Propagator _propagator;
    private readonly ConflictAnalyzer _analyzer;
    private readonly Branches _branches = new();
    private readonly JobPhase _jobs;
    private readonly InstalledPhase _installed;
    private readonly DependencyPhase _dependencies;
    private readonly WeakPhase _weak;
    private readonly OrphanPhase _orphans;

    public SolverSearch(SolveContext context)
    {
        _context = context;
        _history = new LearntHistory(context.Clauses);
        _unsolvable = new UnsolvableAnalyzer(context, _history);
        _assertions = new AssertionPhase(context, _history, _unsolvable);
        _propagator = new Propagator(context.Clauses, context.Trail);
        _analyzer = new ConflictAnalyzer(context.Clauses, context.Trail, _propagator, _history, context.Assertions);
        _jobs = new JobPhase(context, this);
        _installed = new InstalledPhase(context, this);
        _dependencies = new DependencyPhase(context, this);
        _weak = new WeakPhase(context, this);
        _orphans = new OrphanPhase(context, this);
    }

    public LearntHistory History => _history;

    /// <summary>How many clauses were learnt.</summary>
    public int LearntCount => _context.Clauses.Count - _context.Clauses.LearntStart;

    private bool HasInstalled => _context.View.InstalledCount > 0;

    /// <summary>Runs to the end: afterwards the trail holds a solution to all that was not given up.</summary>
    public void Run()
    {
        var level = Restart;
        var settled = 0;
        while (true)
        {
            if (level <= Restart)
            {
                if (!Begin(out level))
                {
                    continue;
                }

                settled = level + 1;
            }

            if (!Settle(ref level, ref settled))
            {
                continue;
            }

            var before = level;
            level = _dependencies.Run(level);
            if (level < before)
            {
                continue;
            }

            if (!Extras(ref level) || !Finish(ref level))
            {
                continue;
            }

            return;
        }
    }

    /// <summary>Makes a free decision and all that follows from it; learns from conflicts.</summary>
    /// <param name="level">The current level.</param>
    /// <param name="literal">The literal to decide, or 0 to only follow up.</param>
    /// <param name="clause">The clause that the decision is to fulfil, or 0.</param>
    /// <param name="reason">Why it is made.</param>
    /// <returns>The new level: one more where all went well, else that gone back to; 0 where the search begins anew.</returns>
    public int Decide(int level, int literal, int clause, DecisionReason reason)
    {
        if (literal != 0)
        {
            level++;
            _context.Trail.Decide(literal, level, -clause);
            _context.Trail.BeginLevel(reason);
        }

        while (true)
        {
            var conflict = _propagator.Propagate(level);
            if (conflict == 0)
            {
                return level;
            }

            if (level == 1)
            {
                HandleUnsolvable(conflict);
                return Restart;
            }

            level = Learn(level, conflict);
        }
    }

    /// <summary>Takes the best of some candidates; where others would do as well, they are remembered.</summary>
    public int Choose(int level, IntList candidates, int clause, DecisionReason reason, bool expectInstalled = false)
    {
        if (candidates.Count > 1)
        {
            _context.Candidates.Filter(candidates, FilterMode.Choose);
        }

        if (candidates.Count > 1 && expectInstalled)
        {
            FutureOrder.Apply(_context, level, candidates);
        }

        if (candidates.Count > 1)
        {
            _branches.Add(level, candidates, clause, reason);
        }

        return Decide(level, candidates[0], clause, reason);
    }

    /// <summary>Remembers that others of some candidates would do as well as the first.</summary>
    public void AddBranch(int level, IntList candidates) => _branches.Add(level, candidates, 0, DecisionReason.Weak);

    private bool Begin(out int level)
    {
        _assertions.Run();
        level = 1;
        var conflict = _propagator.Propagate(level);
        if (conflict == 0)
        {
            return true;
        }

        HandleUnsolvable(conflict);
        level = Restart;
        return false;
    }

    // Jobs and installed packages; each is looked at again only after going back below where it was settled.
    private bool Settle(ref int level, ref int settled)
    {
        var options = _context.Options;
        if (level < settled && !options.FocusInstalled && !Step(_jobs.Run(level, HasInstalled), ref level, ref settled))
        {
            return false;
        }

        if (level < settled && options.FocusBest && !options.FocusInstalled && HasInstalled
            && !Step(_dependencies.Run(level, focusBest: true), ref level, ref settled))
        {
            return false;
        }

        if (level < settled && HasInstalled && !Step(_installed.Run(level), ref level, ref settled))
        {
            return false;
        }

        if (level < settled && options.FocusInstalled && !Step(_jobs.Run(level, expectInstalled: false), ref level, ref settled))
        {
            return false;
        }

        settled = Math.Min(settled, level);
        return true;
    }

    private static bool Step(int reached, ref int level, ref int settled)
    {
        var wentBack = reached < level;
        level = reached;
        if (!wentBack)
        {
            settled = level + 1;
        }

        return !wentBack;
    }

    private bool Extras(ref int level)
    {
        if (_context.Options.InstallRecommended && _weak.Run(ref level))
        {
            return false;
        }

        if (HasInstalled
            && (_context.Marks.Orphaned.Count > 0 || _context.BrokenOrphans is not null)
            && _orphans.Run(ref level))
        {
            return false;
        }

        return RejectLeftovers(ref level);
    }

    // Installed packages that nothing has decided on by now are not kept.
    private bool RejectLeftovers(ref int level)
    {
        for (var package = _context.View.InstalledStart; package < _context.View.InstalledEnd; package++)
        {
            if (!_context.Trail.IsUndecided(package))
            {
                continue;
            }

            var before = level;
            level = Decide(level, -package, 0, DecisionReason.CleanUp);
            if (level < before)
            {
                return false;
            }
        }

        return true;
    }

    private bool Finish(ref int level)
    {
        if (GiveUpUnneededChoices())
        {
            Reset();
            level = Restart;
            return false;
        }

        if (_branches.FindBetter(_context) is { } better)
        {
            level = TakeBranch(better);
            return false;
        }

        return true;
    }

    private int Learn(int level, int conflict)
    {
        var (asserted, back) = _analyzer.Analyze(level, conflict);
        Revert(back);
        var learnt = _analyzer.Store(asserted);
        _context.Trail.Decide(asserted, back, learnt);
        return back;
    }

    private void HandleUnsolvable(int conflict)
    {
        if (!_unsolvable.Handle(conflict))
        {
            throw new UnreachableException("Dependencies of packages cannot contradict each other as long as none must be installed.");
        }

        Reset();
    }

    private void Reset()
    {
        _context.Trail.Reset();
        _context.Wishes.Invalidate();
        _branches.Clear();
        _history.Refresh();
    }

    private void Revert(int level)
    {
        _context.Trail.Revert(level);
        _branches.Revert(level);
        _context.Wishes.NoteRevert(_context.Trail.Count);
    }

    private int TakeBranch(Branches.Alternative better)
    {
        var level = _branches.Take(better);
        _context.Trail.Revert(level);
        _context.Wishes.NoteRevert(_context.Trail.Count);
        return Decide(level, better.Package, better.Clause, better.Reason);
    }

    // A choice clause that kept out a package which came in anyway has no use any more.
    private bool GiveUpUnneededChoices()
    {
        var clauses = _context.Clauses;
        var any = false;
        for (var i = clauses.Choices.Start; i < clauses.Choices.End; i++)
        {
            if (clauses[i].IsDisabled || clauses[clauses[i].Detail].IsDisabled)
            {
                continue;
            }

            foreach (var literal in clauses.LiteralsOf(clauses[i].Detail))
            {
                if (literal > 0 && _context.Trail.IsInstalled(literal) && !clauses.LiteralsOf(i).Contains(literal))
                {
                    _unsolvable.GiveUpChoice(i);
                    any = true;
                    break;
                }
            }
        }

        return any;
    }
}
