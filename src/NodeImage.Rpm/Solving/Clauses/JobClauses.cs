namespace NodeImage.Rpm.Solving;

/// <summary>Makes the clauses that jobs ask for directly.</summary>
internal sealed class JobClauses(PoolView view, ResolvedJob[] jobs, ClauseStore clauses, WeakClauses weak)
{
    private readonly List<int> _jobs = [];
    private readonly PackageSet _installCandidates = new(view.Packages.Length);

    /// <summary>By clause, counted from the first job clause, the index of its job.</summary>
    public IReadOnlyList<int> JobOf => _jobs;

    /// <summary>Whether some job asks for the best candidates only.</summary>
    public bool AnyBest { get; private set; }

    public bool AnyLock { get; private set; }

    public void Add()
    {
        foreach (var job in jobs)
        {
            if (job.Action == SolverAction.Install)
            {
                foreach (var package in job.Packages)
                {
                    _installCandidates.Add(package);
                }
            }
        }

        var start = clauses.Count;
        foreach (var job in jobs)
        {
            switch (job.Action)
            {
                case SolverAction.Install:
                    AddInstall(job);
                    break;
                case SolverAction.Erase:
                    AddErase(job);
                    break;
                case SolverAction.Lock:
                    AddLock(job);
                    break;
            }
        }

        clauses.Jobs = new ClauseRange(start, clauses.Count);
    }

    private void AddInstall(ResolvedJob job)
    {
        if (job.Conditional != 0)
        {
            AnyBest |= AddConditional(job, NormalForm.Conjunction(view, job.Conditional)) && job.Has(SolverJobFlags.ForceBest);
            return;
        }

        if (job.Packages.Length == 0)
        {
            if (job.Job.Selection is PackageSelection.OneOf)
            {
                return;
            }

            // Nothing to choose from: a clause that cannot hold.
            Record(job, clauses.Add(ClauseKind.Job, -PackagePool.SystemPackage, 0, job.Index));
        }
        else
        {
            Record(job, clauses.Add(ClauseKind.Job, job.Packages, job.Index));
        }

        AnyBest |= job.Has(SolverJobFlags.ForceBest);
    }

    private bool AddConditional(ResolvedJob job, NormalForm form)
    {
        if (form.Constant == false)
        {
            Record(job, clauses.Add(ClauseKind.Job, -PackagePool.SystemPackage, 0, job.Index));
        }

        foreach (var block in form.Blocks)
        {
            Record(job, clauses.Add(ClauseKind.Job, block, job.Index));
        }

        return form.Constant is null;
    }

    private void AddErase(ResolvedJob job)
    {
        if (job.Conditional != 0)
        {
            AddConditional(job, NormalForm.OppositeConjunction(view, job.Conditional));
            return;
        }

        var start = clauses.Count;
        foreach (var package in job.AllPackages(view))
        {
            Record(job, clauses.Add(ClauseKind.Job, -package, 0, job.Index));
        }

        if (!job.IsWhole && (job.IsExact || job.IsQualifiedName))
        {
            AddEraseSiblings(job, start);
        }
    }

    // Where one certain installed package is to go, others of its name must not come in its place.
    private void AddEraseSiblings(ResolvedJob job, int start)
    {
        var erased = job.Packages.Where(view.IsInstalled).Take(2).ToArray();
        if (erased is not [var only])
        {
            return;
        }

        var end = clauses.Count;
        foreach (var sibling in view.ProvidersOfName(only))
        {
            if (!view.SameName(only, sibling)
                || view.IsInstalled(sibling)
                || _installCandidates.Contains(sibling)
                || (view.Options.SameNameReplacesOwnWidthOnly && !view.SameWidth(only, sibling)))
            {
                continue;
            }

            var known = false;
            for (var i = start; i < end; i++)
            {
                known |= clauses[i].First == -sibling;
            }

            if (!known)
            {
                Record(job, clauses.Add(ClauseKind.Job, -sibling, 0, job.Index));
            }
        }
    }

    private void AddLock(ResolvedJob job)
    {
        foreach (var package in job.AllPackages(view))
        {
            Record(job, clauses.Add(ClauseKind.Job, view.IsInstalled(package) ? package : -package, 0, job.Index));
            AnyLock = true;
        }
    }

    private void Record(ResolvedJob job, int clause)
    {
        _jobs.Add(job.Index);
        if (job.Has(SolverJobFlags.Weak))
        {
            weak.Add(clause);
        }
    }
}
