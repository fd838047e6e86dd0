namespace NodeImage.Rpm.Solving;

/// <summary>Demands the best candidates, for jobs that ask for them and for installed packages that must be updated to them.</summary>
internal sealed class BestClauses(
    PoolView view, SolverOptions options, Marks marks, ClauseStore clauses, CandidatePolicy policy, WeakClauses weak)
{
    private readonly IntList _best = new();
    private readonly IntList _other = new();
    private PackageSet? _locked;

    /// <param name="jobs">The jobs.</param>
    /// <param name="jobClauses">Their clauses.</param>
    public void Add(ResolvedJob[] jobs, JobClauses jobClauses)
    {
        var start = clauses.Count;
        if (jobClauses.AnyLock)
        {
            FindLocked(jobs, jobClauses);
        }

        if (jobClauses.AnyBest)
        {
            AddJobs(jobs, jobClauses);
        }

        clauses.BestUpdatesStart = clauses.Count;
        if (marks.BestUpdate.Any)
        {
            for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
            {
                if (marks.Update.Contains(package) && marks.BestUpdate.Contains(package))
                {
                    AddUpdate(package);
                }
            }
        }

        clauses.Best = new ClauseRange(start, clauses.Count);
    }

    private void FindLocked(ResolvedJob[] jobs, JobClauses jobClauses)
    {
        _locked = new PackageSet(view.Packages.Length);
        for (var i = clauses.Jobs.Start; i < clauses.Jobs.End; i++)
        {
            if (clauses[i].IsAssertion && jobs[jobClauses.JobOf[i - clauses.Jobs.Start]].Action == SolverAction.Lock)
            {
                _locked.Add(Math.Abs(clauses[i].First));
            }
        }
    }

    private bool IsLocked(int package) => _locked is not null && _locked.Contains(package);

    private void AddJobs(ResolvedJob[] jobs, JobClauses jobClauses)
    {
        foreach (var job in jobs)
        {
            if (job.Action != SolverAction.Install || !job.Has(SolverJobFlags.ForceBest))
            {
                continue;
            }

            for (var i = clauses.Jobs.Start; i < clauses.Jobs.End; i++)
            {
                if (jobClauses.JobOf[i - clauses.Jobs.Start] == job.Index)
                {
                    AddJob(job, i);
                }
            }
        }
    }

    private void AddJob(ResolvedJob job, int clause)
    {
        _best.Clear();
        _other.Clear();
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            (literal > 0 ? _best : _other).Add(literal);
        }

        KeepConsidered(_best);
        if (_best.Count == 0)
        {
            return;
        }

        var count = _best.Count;
        policy.Filter(_best, FilterMode.Best);
        if (_best.Count == count)
        {
            return;
        }

        if (_locked is not null)
        {
            AddBestBesideLocks(clause);
        }

        if (_other.Count > 0)
        {
            _best.InsertRange(0, _other.Span);
        }

        var added = clauses.Add(ClauseKind.Best, _best.Span, -clause);
        if (job.Has(SolverJobFlags.Weak))
        {
            weak.Add(added);
        }
    }

    // What is locked in stays acceptable, and what is locked out does not spoil the choice.
    private void AddBestBesideLocks(int clause)
    {
        _best.InsertRange(0, _other.Span);
        _other.Clear();
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal <= 0)
            {
                continue;
            }

            if (view.IsInstalled(literal))
            {
                if (IsLocked(literal))
                {
                    _best.AddUnique(literal);
                }
            }
            else if (IsLocked(literal))
            {
                continue;
            }

            _other.Add(literal);
        }

        KeepConsidered(_other);
        policy.Filter(_other, FilterMode.Best);
        AddAllUnique(_best, _other);
        _other.Clear();
    }

    private void KeepConsidered(IntList packages)
    {
        if (view.HasExcluded && view.Options.ExcludedStillProvide)
        {
            packages.Keep(package => view.IsInstalled(package) || !view.IsExcluded(package));
        }
    }

    private static void AddAllUnique(IntList list, IntList items)
    {
        foreach (var item in items.Span)
        {
            list.AddUnique(item);
        }
    }

    private int FeatureOf(int package) => clauses.Features.Start + package - view.InstalledStart;

    private int UpdateOf(int package) => clauses.Updates.Start + package - view.InstalledStart;

    private int FeatureElseUpdate(int package) => clauses[FeatureOf(package)].First != 0 ? FeatureOf(package) : UpdateOf(package);

    private void AddUpdate(int package)
    {
        CollectCandidates(package);
        if (_locked is not null)
        {
            _other.Clear();
            _other.AddRange(_best.Span);
        }

        KeepBestUpdates(package, _best);
        if (_best.Count == 0)
        {
            return;
        }

        if (_locked is not null)
        {
            AddUpdatesBesideLocks(package);
        }

        if (options.BestObeysPolicy && clauses[FeatureOf(package)].First != 0)
        {
            AddBestFeature(package);
        }

        if (marks.IsUninstallAllowed(options, package))
        {
            AddNegative(package);
        }
        else
        {
            clauses.Add(ClauseKind.Best, _best.Span, package);
        }
    }

    private void CollectCandidates(int package)
    {
        _best.Clear();
        var clause = options.BestObeysPolicy ? UpdateOf(package) : FeatureElseUpdate(package);
        var special = marks.SpecialUpdaters[package - view.InstalledStart];
        if (special != 0 && clause == UpdateOf(package))
        {
            if (clauses[clause].First == package)
            {
                _best.Add(package);
            }

            _best.AddRange(clauses.Lists[special]);
            return;
        }

        AddPositive(clause, _best, includeLockedOut: true);
    }

    private void AddPositive(int clause, IntList list, bool includeLockedOut)
    {
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            if (literal > 0 && (includeLockedOut || view.IsInstalled(literal) || !IsLocked(literal)))
            {
                list.Add(literal);
            }
        }
    }

    private void KeepBestUpdates(int package, IntList candidates)
    {
        if (marks.UpdateTargets.TryGetValue(package, out var targets))
        {
            candidates.Keep(targets.Contains);
        }

        if (marks.DistUpgradeInvolved.ContainsSingly(package))
        {
            candidates.Keep(marks.DistUpgradeTargets.Contains);
        }

        policy.Filter(candidates, FilterMode.Best);
    }

    private void AddUpdatesBesideLocks(int package)
    {
        if (IsLocked(package))
        {
            _other.AddUnique(package);
        }

        foreach (var candidate in _other.Span)
        {
            if (view.IsInstalled(candidate) && IsLocked(candidate))
            {
                _best.AddUnique(candidate);
            }
        }

        _other.Keep(candidate => view.IsInstalled(candidate) || !IsLocked(candidate));
        KeepBestUpdates(package, _other);
        AddAllUnique(_best, _other);
    }

    private void AddBestFeature(int package)
    {
        _other.Clear();
        AddPositive(FeatureOf(package), _other, includeLockedOut: true);
        KeepBestUpdates(package, _other);
        AddAllUnique(_best, _other);
        if (_locked is not null)
        {
            _other.Clear();
            AddPositive(FeatureOf(package), _other, includeLockedOut: false);
            KeepBestUpdates(package, _other);
            AddAllUnique(_best, _other);
        }
    }

    // A package that may be removed need not go to its best update, but no lesser one may take its place.
    private void AddNegative(int package)
    {
        var list = clauses.Lists.Add(_best.Span);
        foreach (var literal in clauses.LiteralsOf(FeatureElseUpdate(package)))
        {
            if (!_best.Contains(literal))
            {
                clauses.AddWithList(ClauseKind.Best, -literal, list, package);
            }
        }
    }
}
