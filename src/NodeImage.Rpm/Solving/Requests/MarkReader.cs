namespace NodeImage.Rpm.Solving;

/// <summary>Reads from the jobs what must be known of single packages before clauses are made.</summary>
internal sealed class MarkReader(PoolView view, SolverOptions options, ResolvedJob[] jobs)
{
    private readonly Marks _marks = new(view);
    private readonly List<(int Installed, int Target)> _targets = [];

    public Marks Read()
    {
        foreach (var job in jobs)
        {
            switch (job.Action)
            {
                case SolverAction.MultiVersion:
                    MarkAll(_marks.MultiVersion, job);
                    break;
                case SolverAction.ExcludeFromWeak:
                    MarkAll(_marks.ExcludedFromWeak, job);
                    break;
                case SolverAction.Favor or SolverAction.Disfavor:
                    ReadFavor(job);
                    break;
                case SolverAction.DistUpgrade when job.IsAll:
                    _marks.ProcessesOrphans = true;
                    break;
            }
        }

        if (view.HasInstalled)
        {
            ReadInstalled();
        }

        return _marks;
    }

    private static void MarkAll(Mark mark, PoolView view, ResolvedJob job)
    {
        foreach (var package in job.AllPackages(view))
        {
            mark.Add(package);
        }
    }

    private void MarkAll(Mark mark, ResolvedJob job) => MarkAll(mark, view, job);

    private void ReadFavor(ResolvedJob job)
    {
        _marks.Favor ??= new int[view.Packages.Length];
        var weight = job.Index + 1;
        foreach (var package in job.IsAll ? [] : job.AllPackages(view))
        {
            _marks.Favor[package] = job.Action == SolverAction.Favor ? weight : -weight;
            _marks.HasDisfavored |= job.Action == SolverAction.Disfavor;
        }
    }

    private void ReadInstalled()
    {
        foreach (var job in jobs)
        {
            switch (job.Action)
            {
                case SolverAction.Verify:
                    MarkInstalled(_marks.Fix, job);
                    break;
                case SolverAction.Update:
                    ReadUpdate(job);
                    break;
                case SolverAction.DropOrphaned:
                    MarkInstalled(_marks.DropOrphaned, job);
                    break;
                case SolverAction.AllowUninstall:
                    MarkInstalled(_marks.AllowUninstall, job);
                    break;
            }
        }

        StoreTargets();
    }

    private void MarkInstalled(Mark mark, ResolvedJob job)
    {
        mark.IsAll |= job.IsWholeSystem(view);
        foreach (var package in job.Packages)
        {
            if (view.IsInstalled(package))
            {
                mark.Add(package);
            }
        }
    }

    private void ReadUpdate(ResolvedJob job)
    {
        var targeted = job.Has(SolverJobFlags.Targeted);
        if (job.IsAll || (job.Repository is { IsInstalled: true } && !targeted))
        {
            _marks.Update.IsAll = true;
            _marks.BestUpdate.IsAll |= job.Has(SolverJobFlags.ForceBest);
            return;
        }

        if (job.Repository is not null)
        {
            if (targeted || !options.NoAutoTarget)
            {
                AddTargets(job);
            }

            return;
        }

        if (!targeted)
        {
            var found = MarkUpdates(job);
            if (found || options.NoAutoTarget)
            {
                return;
            }
        }

        AddTargets(job);
    }

    private bool MarkUpdates(ResolvedJob job)
    {
        var found = false;
        foreach (var package in job.Packages)
        {
            if (view.IsInstalled(package))
            {
                found = true;
                _marks.Update.Add(package);
                MarkBest(job, package);
            }
        }

        return found;
    }

    private void MarkBest(ResolvedJob job, int package)
    {
        if (job.Has(SolverJobFlags.ForceBest))
        {
            _marks.BestUpdate.Add(package);
        }
    }

    private void AddTargets(ResolvedJob job)
    {
        foreach (var package in job.AllPackages(view))
        {
            AddTarget(job, package);
        }
    }

    private void AddTarget(ResolvedJob job, int target)
    {
        if (view.IsInstalled(target))
        {
            _targets.Add((target, target));
            foreach (var other in view.ProvidersOfName(target))
            {
                if (other != target && view.IsInstalled(other) && view.SameName(other, target))
                {
                    _targets.Add((other, target));
                }
            }

            return;
        }

        var first = _targets.Count;
        var identical = 0;
        foreach (var package in view.ProvidersOfName(target))
        {
            if (view.IsInstalled(package) && view.SameName(package, target))
            {
                MarkBest(job, package);
                _targets.Add((package, target));
                identical = view.AreIdentical(target, package) ? package : identical;
            }
        }

        AddObsoletedTargets(job, target);
        if (identical != 0)
        {
            // An installed package that is the same build may stay as well.
            for (int i = first, end = _targets.Count; i < end; i++)
            {
                _targets.Add((_targets[i].Installed, identical));
            }
        }
    }

    private void AddObsoletedTargets(ResolvedJob job, int target)
    {
        var lists = view.Requirements;
        for (var i = view.Packages[target].Obsoletes; lists[i] != 0; i++)
        {
            foreach (var package in view.ProvidersOf(lists[i]))
            {
                if (view.IsInstalled(package)
                    && !view.SameName(package, target)
                    && view.ObsoletesReach(target, lists[i], package))
                {
                    MarkBest(job, package);
                    _targets.Add((package, target));
                }
            }
        }
    }

    private void StoreTargets()
    {
        foreach (var group in _targets.Distinct().GroupBy(target => target.Installed))
        {
            _marks.Update.Add(group.Key);
            _marks.UpdateTargets.Add(group.Key, [.. group.Select(target => target.Target).Order()]);
        }
    }
}
