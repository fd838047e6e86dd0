namespace NodeImage.Rpm.Solving;

/// <summary>Decides what becomes of installed packages: updates where they are wanted, else they stay where they can.</summary>
internal sealed class InstalledPhase(SolveContext context, SolverSearch search)
{
    private enum Outcome
    {
        Settled,

        /// <summary>A clause was learnt; the package has to be looked at again.</summary>
        TryAgain,

        /// <summary>Earlier decisions were taken back as well; all packages have to be looked at again.</summary>
        WentBack,
    }

    private readonly IntList _candidates = new();
    private int _position = context.View.InstalledStart;

    private PoolView View => context.View;

    private Trail Trail => context.Trail;

    private Marks Marks => context.Marks;

    public int Run(int level)
    {
        var start = level;

        // Updates first, so that what stays does not stand in their way.
        var firstPass = Marks.Update.IsPartial ? 0 : 1;
        for (var pass = firstPass; pass < 2;)
        {
            if (RunPass(ref level, updatesOnly: pass == 0))
            {
                _position = View.InstalledStart;
                pass++;
            }
            else if (level < start)
            {
                break;
            }
            else
            {
                pass = firstPass;
            }
        }

        return level;
    }

    // Goes round once, beginning with the package that made trouble last; false where decisions from before were taken back.
    private bool RunPass(ref int level, bool updatesOnly)
    {
        var passLevel = level;
        var package = _position;
        for (var done = 0; done < View.InstalledCount;)
        {
            if (package == View.InstalledEnd)
            {
                package = View.InstalledStart;
            }

            var outcome = updatesOnly && !Marks.Update.ContainsSingly(package) ? Outcome.Settled : RunPackage(package, ref level);
            if (outcome == Outcome.Settled)
            {
                package++;
                done++;
                continue;
            }

            if (level < passLevel)
            {
                _position = package;
                return false;
            }

            done = outcome == Outcome.WentBack ? 0 : done;
        }

        return true;
    }

    private Outcome RunPackage(int package, ref int level)
    {
        var special = Marks.SpecialUpdaters[package - View.InstalledStart];
        var update = context.Clauses.Updates.Start + package - View.InstalledStart;
        var clause = DecisiveClause(package, update);
        if ((Trail.IsInstalled(package) && special == 0) || context.Clauses[clause].First == 0)
        {
            return Outcome.Settled;
        }

        _candidates.Clear();
        if (!Marks.NoUpdate.Contains(package)
            && (Trail.IsRejected(package) || Marks.Update.Contains(package) || context.Clauses[clause].First != package))
        {
            clause = special != 0 ? CollectSpecial(package, special, clause) : CollectOrdinary(clause);
        }

        KeepTargets(package);
        var before = level;
        if (_candidates.Count > 0)
        {
            level = search.Choose(level, _candidates, clause, DecisionReason.UpdateInstalled);
            if (level <= before)
            {
                return level < before ? Outcome.WentBack : Outcome.TryAgain;
            }
        }

        if (!Trail.IsUndecided(package))
        {
            return Outcome.Settled;
        }

        before = level;
        level = search.Decide(level, package, update, DecisionReason.KeepInstalled);
        return level > before ? Outcome.Settled : level < before ? Outcome.WentBack : Outcome.TryAgain;
    }

    // The update clause; where that is turned off, the feature clause if there is one of its own.
    private int DecisiveClause(int package, int update)
    {
        ref var clause = ref context.Clauses[update];
        if (clause.First != 0 && !clause.IsDisabled)
        {
            return update;
        }

        var feature = context.Clauses.Features.Start + package - View.InstalledStart;
        return context.Clauses[feature].First != 0 ? feature : update;
    }

    private int CollectOrdinary(int clause)
    {
        foreach (var literal in context.Clauses.LiteralsOf(clause))
        {
            if (Trail.Levels[literal] > 0)
            {
                _candidates.Clear();
                break;
            }

            if (Trail.Levels[literal] == 0)
            {
                _candidates.Add(literal);
            }
        }

        return clause;
    }

    // Where several versions may be installed, an update adds the best one.
    private int CollectSpecial(int package, int special, int clause)
    {
        if (context.Clauses[clause].First == package && !Trail.IsRejected(package))
        {
            _candidates.Add(package);
        }

        var updaters = context.Clauses.Lists[special];
        foreach (var updater in updaters)
        {
            if (!Trail.IsRejected(updater))
            {
                _candidates.Add(updater);
            }
        }

        AddIdentical(updaters);
        KeepTargets(package);
        if (_candidates.Count == 0)
        {
            return clause;
        }

        context.Candidates.Filter(_candidates, FilterMode.Choose);
        var best = _candidates[0];
        if (best == package || !Trail.IsUndecided(best))
        {
            _candidates.Clear();
            return clause;
        }

        _candidates.Truncate(1);
        var feature = context.Clauses.Features.Start + package - View.InstalledStart;
        return context.Clauses[feature].First != 0 ? feature : context.Clauses.Updates.Start + package - View.InstalledStart;
    }

    // Repository packages that are the same build as an installed candidate lend it their priority.
    private void AddIdentical(ReadOnlySpan<int> updaters)
    {
        for (var i = 0; i < _candidates.Count; i++)
        {
            if (!View.IsInstalled(_candidates[i]))
            {
                continue;
            }

            foreach (var updater in updaters)
            {
                if (Trail.IsRejected(updater) && !View.IsInstalled(updater) && View.AreIdentical(updater, _candidates[i]))
                {
                    _candidates.Add(updater);
                }
            }
        }
    }

    private void KeepTargets(int package)
    {
        if (_candidates.Count > 0 && Marks.UpdateTargets.TryGetValue(package, out var targets))
        {
            _candidates.Keep(targets.Contains);
        }
    }
}
