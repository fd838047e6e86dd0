namespace NodeImage.Rpm.Solving;

/// <summary>Decides what becomes of installed packages that no repository has: they stay where they can.</summary>
internal sealed class OrphanPhase(SolveContext context, SolverSearch search)
{
    private readonly IntList _missing = new();

    /// <returns>Whether anything was decided that the search has to go on from.</returns>
    public bool Run(ref int level)
    {
        if (KeepAll(ref level) || RejectRest(ref level))
        {
            return true;
        }

        if (context.BrokenOrphans is null)
        {
            return false;
        }

        context.BrokenOrphans.FindMissing(_missing);
        if (_missing.Count == 0)
        {
            return false;
        }

        InstallMissing(ref level);
        return true;
    }

    private bool KeepAll(ref int level)
    {
        var any = false;
        foreach (var package in context.Marks.Orphaned.ToArray())
        {
            if (!context.Trail.IsUndecided(package) || context.Marks.DropOrphaned.Contains(package))
            {
                continue;
            }

            any = true;
            var before = level;
            level = search.Decide(level, package, 0, DecisionReason.Orphan);
            if (level < before)
            {
                break;
            }
        }

        return any;
    }

    private bool RejectRest(ref int level)
    {
        foreach (var package in context.Marks.Orphaned.ToArray())
        {
            if (!context.Trail.IsUndecided(package))
            {
                continue;
            }

            var before = level;
            level = search.Decide(level, -package, 0, DecisionReason.Orphan);
            if (level < before)
            {
                return true;
            }
        }

        return false;
    }

    private void InstallMissing(ref int level)
    {
        context.Candidates.Filter(_missing, FilterMode.Choose);
        foreach (var package in _missing.ToArray())
        {
            var before = level;
            level = search.Decide(level, package, 0, DecisionReason.Orphan);
            if (level < before)
            {
                return;
            }
        }
    }
}
