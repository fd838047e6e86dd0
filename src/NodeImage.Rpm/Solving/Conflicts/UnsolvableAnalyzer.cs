namespace NodeImage.Rpm.Solving;

/// <summary>
/// Handles conflicts that no decision caused: gives up a weak clause where one takes part, else an installed package where that is
/// allowed, else records a problem and gives up all that takes part in it.
/// </summary>
internal sealed class UnsolvableAnalyzer(SolveContext context, LearntHistory history)
{
    private readonly IntList _weak = new();
    private readonly HashSet<int> _seenLearnt = [];

    private ClauseStore Clauses => context.Clauses;

    /// <summary>Handles a clause that is false at level 1.</summary>
    /// <param name="conflict">The clause.</param>
    /// <returns>True where something was given up and the search can begin anew.</returns>
    public bool Handle(int conflict)
    {
        _weak.Clear();
        _seenLearnt.Clear();
        var problem = new ProblemRecord();
        Trace(conflict, problem);
        if (_weak.Count > 0)
        {
            GiveUpWeak();
            return true;
        }

        return AutoUninstall(problem) || Record(problem);
    }

    /// <summary>Records a problem and gives up all that takes part in it.</summary>
    /// <returns>Whether there was anything to give up.</returns>
    public bool Record(ProblemRecord problem)
    {
        context.Problems.Add(problem);
        foreach (var culprit in problem.Culprits)
        {
            context.Switches.Disable(culprit);
        }

        return problem.Culprits.Count > 0;
    }

    /// <summary>Gives up one installed package of those that take part in a problem, where that is allowed.</summary>
    /// <returns>Whether one was given up.</returns>
    public bool AutoUninstall(ProblemRecord problem)
    {
        if (!context.Marks.AnyUninstallAllowed(context.Options))
        {
            return false;
        }

        int lastSame = 0, lastOther = 0;
        foreach (var culprit in problem.Culprits)
        {
            if (!Clauses.Updates.Contains(culprit) || !MayGo(culprit, problem))
            {
                continue;
            }

            var package = PackageOf(culprit);
            if (Clauses[culprit - Clauses.Updates.Start + Clauses.Features.Start].First != 0)
            {
                lastOther = Math.Max(lastOther, culprit);
                continue;
            }

            lastSame = Math.Max(lastSame, culprit);
            ref var update = ref Clauses[culprit];
            if (context.Options.KeepOrphans && update.IsAssertion && update.First == package)
            {
                // Rather an orphan than anything else.
                (lastSame, lastOther) = (culprit, 0);
                break;
            }
        }

        var chosen = lastOther != 0 ? lastOther : lastSame;
        if (chosen != 0)
        {
            context.Switches.Disable(chosen);
        }

        return chosen != 0;
    }

    private int PackageOf(int update) => context.View.InstalledStart + update - Clauses.Updates.Start;

    private bool MayGo(int update, ProblemRecord problem)
    {
        var package = PackageOf(update);
        if (!context.Marks.IsUninstallAllowed(context.Options, package) || context.View.IsExcluded(package))
        {
            return false;
        }

        foreach (var culprit in problem.Culprits)
        {
            if (Clauses.Best.Contains(culprit) && Clauses[culprit].Detail == package)
            {
                return false;
            }
        }

        return true;
    }

    // Works back from the conflict to everything it follows from.
    private void Trace(int conflict, ProblemRecord problem)
    {
        var trail = context.Trail;
        var involved = new PackageSet(trail.Levels.Length);
        problem.Proof.Add(conflict);
        Collect(conflict, problem);
        foreach (var literal in Clauses.LiteralsOf(conflict))
        {
            involved.Add(Math.Abs(literal));
        }

        for (var i = trail.Count - 1; i >= 0; i--)
        {
            var decided = trail.LiteralAt(i);
            var package = Math.Abs(decided);
            if (package == PackagePool.SystemPackage || !involved.Contains(package))
            {
                continue;
            }

            var cause = trail.ClauseAt(i);
            problem.Proof.Add(cause);
            Collect(cause, problem);
            foreach (var literal in Clauses.LiteralsOf(cause))
            {
                if (literal != decided)
                {
                    involved.Add(Math.Abs(literal));
                }
            }
        }
    }

    // Takes note of what a clause belongs to; learnt ones stand for all that they were learnt from.
    private void Collect(int clause, ProblemRecord problem)
    {
        var work = new Stack<int>();
        work.Push(clause);
        while (work.TryPop(out var next))
        {
            if (!Clauses.IsLearnt(next))
            {
                CollectOne(next, problem);
                continue;
            }

            if (!_seenLearnt.Add(next))
            {
                continue;
            }

            var causes = history.CausesOf(next);
            for (var i = causes.Length - 1; i >= 0; i--)
            {
                work.Push(causes[i]);
            }
        }
    }

    private void CollectOne(int clause, ProblemRecord problem)
    {
        if (context.Weak.Contains(clause))
        {
            _weak.Add(clause);
        }

        if (!Clauses.Dependencies.Contains(clause))
        {
            problem.AddCulprit(context.Switches.CulpritOf(clause));
        }
    }

    private void GiveUpWeak()
    {
        var last = Last(int.MaxValue);
        if (Clauses.FavoredRecommends.Contains(last))
        {
            last = Last(Clauses.FavoredRecommends.Start);
        }

        if (last < Clauses.Dependencies.End)
        {
            GiveUpRecommends();
        }
        else if (Clauses.Choices.Contains(last))
        {
            GiveUpChoice(last);
        }
        else
        {
            context.Switches.GiveUp(last);
        }
    }

    private int Last(int before)
    {
        var last = 0;
        foreach (var clause in _weak.Span)
        {
            last = clause < before ? Math.Max(last, clause) : last;
        }

        return last;
    }

    private void GiveUpRecommends()
    {
        foreach (var clause in _weak.Span)
        {
            if (clause < Clauses.Dependencies.End || Clauses.FavoredRecommends.Contains(clause))
            {
                Clauses.Disable(clause);
            }
        }
    }

    /// <summary>Gives up a choice, and with it all others that stand in the way of the packages which that one left out.</summary>
    public void GiveUpChoice(int choice)
    {
        Clauses.Disable(choice);
        var leftOut = new PackageSet(context.View.Packages.Length);
        foreach (var literal in Clauses.LiteralsOf(Clauses[choice].Detail))
        {
            if (literal > 0)
            {
                leftOut.Add(literal);
            }
        }

        foreach (var literal in Clauses.LiteralsOf(choice))
        {
            if (literal > 0)
            {
                leftOut.Remove(literal);
            }
        }

        for (var i = Clauses.Choices.Start; i < Clauses.Choices.End; i++)
        {
            if (!Clauses[i].IsDisabled && MentionsAny(Clauses[i].Detail, leftOut))
            {
                Clauses.Disable(i);
            }
        }
    }

    private bool MentionsAny(int clause, PackageSet packages)
    {
        foreach (var literal in Clauses.LiteralsOf(clause))
        {
            if (literal > 0 && packages.Contains(literal))
            {
                return true;
            }
        }

        return false;
    }
}
