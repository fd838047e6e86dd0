namespace NodeImage.Rpm.Solving;

/// <summary>
/// Decides what is left open of dependencies. Clauses with one acceptable candidate come first; those with a real choice wait
/// until there are no others, as the rest may settle them.
/// </summary>
internal sealed class DependencyPhase(SolveContext context, SolverSearch search)
{
    private readonly IntList _candidates = new();

    /// <param name="level">The current level.</param>
    /// <param name="focusBest">Whether to look only at dependencies of packages that are new.</param>
    /// <returns>The new level; a lower one where the search has to go back.</returns>
    public int Run(int level, bool focusBest = false)
    {
        var start = level;

        // The first clause with a choice: 0 while none was met, -1 once choices are made.
        var postponed = 0;
        var clauses = context.Clauses;
        for (int clause = 1, seen = 1; ; clause++, seen++)
        {
            if (seen >= clauses.Count)
            {
                if (postponed <= 0)
                {
                    return level;
                }

                clause = postponed;
                postponed = -1;
                seen = 1;
            }

            clause = clause == clauses.Count ? 1 : clause;
            if ((focusBest && !IsOfNewPackage(clause)) || !CollectOpen(ref clauses[clause]))
            {
                continue;
            }

            if (_candidates.Count > 1 && postponed >= 0)
            {
                context.Candidates.Filter(_candidates, FilterMode.ChooseUnordered);
                if (_candidates.Count > 1)
                {
                    postponed = postponed == 0 ? clause : postponed;
                    continue;
                }
            }

            level = search.Choose(level, _candidates, clause, DecisionReason.Dependency, focusBest);
            if (level < start)
            {
                return level;
            }

            // Something changed: look at all clauses again.
            seen = 0;
        }
    }

    private bool IsOfNewPackage(int clause)
    {
        if (clause >= context.Clauses.Features.Start)
        {
            return false;
        }

        ref var c = ref context.Clauses[clause];
        if (c.IsShort || !context.View.HasInstalled || (c.First < 0 && !context.View.IsInstalled(-c.First)))
        {
            return true;
        }

        foreach (var literal in context.Clauses.Lists[c.Rest])
        {
            if (literal < 0 && context.Trail.IsInstalled(-literal) && !context.View.IsInstalled(-literal))
            {
                return true;
            }
        }

        return false;
    }

    // Collects the candidates of a clause that is neither fulfilled nor settled.
    private bool CollectOpen(ref Clause clause)
    {
        var trail = context.Trail;
        var levels = trail.Levels;
        var first = clause.First;
        if (clause.IsDisabled || (first < 0 && (clause.IsShort || levels[-first] <= 0)))
        {
            return false;
        }

        _candidates.Clear();
        if (clause.IsShort)
        {
            return CollectPair(first, clause.Watch2, levels);
        }

        if (first >= 0)
        {
            if (levels[first] > 0)
            {
                return false;
            }

            if (levels[first] == 0)
            {
                _candidates.Add(first);
            }
        }

        var items = context.Clauses.Lists.Items;
        for (var i = clause.Rest; items[i] != 0; i++)
        {
            var literal = items[i];
            if (literal < 0 ? levels[-literal] <= 0 : levels[literal] > 0)
            {
                return false;
            }

            if (literal > 0 && levels[literal] == 0)
            {
                _candidates.Add(literal);
            }
        }

        return true;
    }

    private bool CollectPair(int first, int second, int[] levels)
    {
        if (second <= 0 || levels[first] != 0 || levels[second] != 0)
        {
            return false;
        }

        _candidates.Add(first);
        _candidates.Add(second);
        return true;
    }
}
