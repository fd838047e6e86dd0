namespace NodeImage.Rpm.Solving;

/// <summary>Gives things up: turns off the clauses of a job, of a name, or of an installed package.</summary>
internal sealed class ClauseSwitches(SolveContext context)
{
    private readonly ClauseStore _clauses = context.Clauses;

    /// <summary>What is given up when a clause is in the way: the job it belongs to, or the first of its like.</summary>
    public int CulpritOf(int clause)
    {
        if (_clauses.Jobs.Contains(clause))
        {
            return ProblemRecord.OfJob(_clauses[clause].Detail);
        }

        if (_clauses.Best.Contains(clause) && clause < _clauses.BestUpdatesStart && _clauses[clause].Detail < 0)
        {
            return ProblemRecord.OfJob(_clauses[-_clauses[clause].Detail].Detail);
        }

        return RangeOfName(clause).Start;
    }

    /// <summary>Gives up a culprit.</summary>
    public void Disable(int culprit)
    {
        if (culprit > 0)
        {
            var range = RangeOfName(culprit);
            for (var i = range.Start; i < range.End; i++)
            {
                _clauses.Disable(i);
            }

            return;
        }

        var job = ProblemRecord.JobOf(culprit);
        for (var i = _clauses.Best.Start; i < _clauses.BestUpdatesStart; i++)
        {
            if (_clauses[i].Detail < 0 && _clauses[-_clauses[i].Detail].Detail == job)
            {
                _clauses.Disable(i);
            }
        }

        for (var i = _clauses.Jobs.Start; i < _clauses.Jobs.End; i++)
        {
            if (_clauses[i].Detail == job)
            {
                _clauses.Disable(i);
            }
        }
    }

    /// <summary>Gives up what a clause belongs to, and takes back what policy had given way to it.</summary>
    public void GiveUp(int clause)
    {
        var culprit = CulpritOf(clause);
        Disable(culprit);
        if (culprit < 0)
        {
            context.Policies.Restore(context.Jobs[ProblemRecord.JobOf(culprit)]);
        }
    }

    // Clauses about architectures and distupgrades come and go for all packages of a name.
    private ClauseRange RangeOfName(int clause)
    {
        var range = _clauses.InferiorArchitectures.Contains(clause) ? _clauses.InferiorArchitectures
            : _clauses.DistUpgrades.Contains(clause) ? _clauses.DistUpgrades
            : new ClauseRange(clause, clause + 1);
        int start = clause, end = clause + 1;
        while (start > range.Start && SameName(start - 1, clause))
        {
            start--;
        }

        while (end < range.End && SameName(end, clause))
        {
            end++;
        }

        return new ClauseRange(start, end);
    }

    private bool SameName(int left, int right) => context.View.SameName(-_clauses[left].First, -_clauses[right].First);
}
