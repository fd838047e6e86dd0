namespace NodeImage.Rpm.Solving;

/// <summary>Finds out which packages distupgrades are about and which of them they may end with.</summary>
internal sealed class DistUpgradeMarks(
    PoolView view, SolverOptions options, Marks marks, UpdateCandidates updates, ResolvedJob[] jobs)
{
    public void Read()
    {
        var any = false;
        foreach (var job in jobs)
        {
            if (job.Action == SolverAction.DistUpgrade)
            {
                Read(job);
                any = true;
            }
        }

        if (!any)
        {
            return;
        }

        marks.DistUpgradeInvolved.Remove(PackagePool.SystemPackage);
        if (marks.DistUpgradeInvolved.IsAll)
        {
            marks.Update.IsAll = true;
        }

        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            if (!marks.Update.IsAll && marks.DistUpgradeInvolved.Contains(package))
            {
                marks.Update.Add(package);
            }
        }
    }

    private void Read(ResolvedJob job)
    {
        var asked = job.Has(SolverJobFlags.Targeted);
        if (job.IsAll)
        {
            ReadAll(job);
        }
        else if (job.Repository is { } repository)
        {
            if (repository.IsInstalled || asked || !options.NoAutoTarget)
            {
                AddAll(job, job.AllPackages(view), targeted: !repository.IsInstalled || asked);
            }
        }
        else
        {
            var targeted = asked || (!options.NoAutoTarget && (!view.HasInstalled || !job.Packages.Any(view.IsInstalled)));
            AddAll(job, job.Packages.Where(package => targeted || view.IsInstalled(package)), targeted);
        }
    }

    private void ReadAll(ResolvedJob job)
    {
        marks.DistUpgradeInvolved.IsAll = true;
        for (var package = PackagePool.FirstPackage; package < view.Packages.Length; package++)
        {
            if (!view.IsInstalled(package) && view.IsInstallable(package))
            {
                marks.DistUpgradeTargets.Add(package);
            }
        }

        marks.BestUpdate.IsAll |= job.Has(SolverJobFlags.ForceBest);
    }

    private void AddAll(ResolvedJob job, IEnumerable<int> packages, bool targeted)
    {
        foreach (var package in packages)
        {
            if (view.IsInstalled(package) || view.IsInstallable(package))
            {
                Add(job, package, targeted);
            }
        }
    }

    private void Add(ResolvedJob job, int package, bool targeted)
    {
        marks.DistUpgradeInvolved.Add(package);
        if (targeted)
        {
            marks.DistUpgradeTargets.Add(package);
        }

        foreach (var sibling in view.ProvidersOfName(package))
        {
            if (!view.SameName(package, sibling))
            {
                continue;
            }

            marks.DistUpgradeInvolved.Add(sibling);
            if (view.IsInstalled(sibling))
            {
                Involve(job, sibling, targeted);
            }
            else if (!targeted)
            {
                marks.DistUpgradeTargets.Add(sibling);
            }
        }

        if (view.IsInstalled(package))
        {
            AddObsoleters(package, targeted);
        }
        else if (targeted)
        {
            AddObsoleted(job, package);
        }
    }

    private void Involve(ResolvedJob job, int installed, bool targeted)
    {
        if (targeted)
        {
            foreach (var other in updates.ObsoletersOf(installed))
            {
                if (!view.IsInstalled(other))
                {
                    marks.DistUpgradeInvolved.Add(other);
                }
            }
        }

        if (job.Has(SolverJobFlags.ForceBest))
        {
            marks.BestUpdate.Add(installed);
        }
    }

    private void AddObsoleters(int installed, bool targeted)
    {
        foreach (var other in updates.ObsoletersOf(installed))
        {
            if (!view.IsInstalled(other))
            {
                marks.DistUpgradeInvolved.Add(other);
                if (!targeted)
                {
                    marks.DistUpgradeTargets.Add(other);
                }
            }
        }
    }

    private void AddObsoleted(ResolvedJob job, int package)
    {
        for (var i = view.Packages[package].Obsoletes; view.Requirements[i] != 0; i++)
        {
            foreach (var other in view.ProvidersOf(view.Requirements[i]))
            {
                if (!view.ObsoletesReach(package, view.Requirements[i], other))
                {
                    continue;
                }

                marks.DistUpgradeInvolved.Add(other);
                if (view.IsInstalled(other))
                {
                    Involve(job, other, targeted: true);
                }
            }
        }
    }
}
