namespace NodeImage.Rpm.Solving;

/// <summary>Decides which packages fulfil the jobs.</summary>
internal sealed class JobPhase(SolveContext context, SolverSearch search)
{
    private readonly IntList _candidates = new();

    /// <param name="level">The current level.</param>
    /// <param name="expectInstalled">Whether to choose as if all that is installed stayed.</param>
    /// <returns>The new level; a lower one where the search has to go back.</returns>
    public int Run(int level, bool expectInstalled)
    {
        var start = level;
        var jobs = context.Clauses.Jobs;
        for (var clause = jobs.Start; clause < jobs.End;)
        {
            if (context.Clauses[clause].IsDisabled || !CollectOpen(clause))
            {
                clause++;
                continue;
            }

            KeepInstalled(context.Jobs[context.Clauses[clause].Detail]);
            var before = level;
            level = search.Choose(level, _candidates, clause, DecisionReason.Job, expectInstalled);
            if (level > before)
            {
                clause++;
            }
            else if (level < before)
            {
                if (level < start)
                {
                    return level;
                }

                clause = jobs.Start;
            }
        }

        return level;
    }

    // Collects the candidates of a clause that is not fulfilled yet.
    private bool CollectOpen(int clause)
    {
        _candidates.Clear();
        foreach (var literal in context.Clauses.LiteralsOf(clause))
        {
            if (literal < 0 ? !context.Trail.IsInstalled(-literal) : context.Trail.IsInstalled(literal))
            {
                return false;
            }

            if (literal > 0 && context.Trail.IsUndecided(literal))
            {
                _candidates.Add(literal);
            }
        }

        return _candidates.Count > 0;
    }

    // What is installed fulfils a job unless updates are wanted.
    private void KeepInstalled(ResolvedJob job)
    {
        var marks = context.Marks;
        if (_candidates.Count < 2
            || !context.View.HasInstalled
            || marks.Update.IsAll
            || context.Options.InstallAlsoUpdates
            || job.Has(SolverJobFlags.OrUpdate))
        {
            return;
        }

        var anyInstalled = false;
        foreach (var package in _candidates.Span)
        {
            if (context.View.IsInstalled(package))
            {
                anyInstalled = true;
                if (marks.Update.Contains(package))
                {
                    return;
                }
            }
        }

        if (anyInstalled)
        {
            _candidates.Keep(context.View.IsInstalled);
        }
    }
}
