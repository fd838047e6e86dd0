namespace NodeImage.Rpm.Solving;

/// <summary>Turns off the clauses of policy that jobs overrule, and on again when a job is given up.</summary>
internal sealed class PolicySwitches(SolveContext context)
{
    private enum Target
    {
        /// <summary>The update of an installed package.</summary>
        Update,

        /// <summary>The architectures of a name.</summary>
        Architecture,

        /// <summary>The distupgrade of a name.</summary>
        DistUpgrade,

        /// <summary>The ban of a package.</summary>
        Blacklist,

        /// <summary>The repository priorities of a name.</summary>
        RepositoryPriority,
    }

    private PoolView View => context.View;

    private ClauseStore Clauses => context.Clauses;

    /// <summary>Turns off all that the jobs overrule.</summary>
    public void Apply()
    {
        context.Marks.NoUpdate.Clear();
        foreach (var (target, argument) in ActiveJobs().SelectMany(Overruled).ToList())
        {
            Switch(target, argument, enable: false);
        }
    }

    /// <summary>Turns on again what one job overruled, now that it is given up, and no other does.</summary>
    public void Restore(ResolvedJob job)
    {
        var overruled = Overruled(job);
        if (overruled.Count == 0)
        {
            return;
        }

        var still = ActiveJobs().SelectMany(Overruled).ToHashSet();
        foreach (var (target, argument) in overruled)
        {
            if (!still.Contains((target, argument)))
            {
                Switch(target, argument, enable: true);
            }
        }
    }

    private IEnumerable<ResolvedJob> ActiveJobs()
    {
        var last = -1;
        for (var i = Clauses.Jobs.Start; i < Clauses.Jobs.End; i++)
        {
            var job = Clauses[i].Detail;
            if (!Clauses[i].IsDisabled && job != last)
            {
                last = job;
                yield return context.Jobs[job];
            }
        }
    }

    private List<(Target Target, int Argument)> Overruled(ResolvedJob job)
    {
        var found = new List<(Target, int)>();
        switch (job.Action)
        {
            case SolverAction.Install:
                AddOfInstall(job, found);
                break;
            case SolverAction.Erase when View.HasInstalled:
                found.AddRange((job.IsWholeSystem(View) ? job.AllPackages(View) : job.Packages)
                    .Where(View.IsInstalled)
                    .Select(package => (Target.Update, package)));
                break;
            case SolverAction.Lock when View.HasInstalled && Clauses.DistUpgrades.Count > 0:
                found.AddRange((job.IsWholeSystem(View) ? job.AllPackages(View) : job.Packages)
                    .Where(View.IsInstalled)
                    .Select(package => (Target.DistUpgrade, View.Packages[package].Name))
                    .Distinct());
                break;
        }

        return found;
    }

    private void AddOfInstall(ResolvedJob job, List<(Target, int)> found)
    {
        if (job.Settles == SolverJobFlags.None && !job.SettlesName)
        {
            return;
        }

        if (job.Sets(SolverJobFlags.SetsArchitecture))
        {
            AddNames(Target.Architecture, job.Packages.Where(IsInferior), found);
        }

        if (job.Sets(SolverJobFlags.SetsRepository) && Clauses.DistUpgrades.Count > 0)
        {
            AddNames(Target.DistUpgrade, job.Packages, found);
        }

        if (job.Sets(SolverJobFlags.SetsRepository) && Clauses.RepositoryPriorities.Count > 0)
        {
            AddNames(Target.RepositoryPriority, job.Packages, found);
        }

        if (job.Sets(SolverJobFlags.SetsRelease) && Clauses.Blacklist.Count > 0)
        {
            found.AddRange(job.Packages.Select(package => (Target.Blacklist, package)));
        }

        if (View.InstalledCount > 0)
        {
            AddUpdates(job, found);
        }
    }

    private bool IsInferior(int package)
    {
        for (var i = Clauses.InferiorArchitectures.Start; i < Clauses.InferiorArchitectures.End; i++)
        {
            if (Clauses[i].First == -package)
            {
                return true;
            }
        }

        return false;
    }

    private void AddNames(Target target, IEnumerable<int> packages, List<(Target, int)> found) =>
        found.AddRange(packages.Select(package => View.Packages[package].Name).Distinct().Select(name => (target, name)));

    private void AddUpdates(ResolvedJob job, List<(Target, int)> found)
    {
        const SolverJobFlags all = SolverJobFlags.SetsRelease | SolverJobFlags.SetsArchitecture | SolverJobFlags.SetsVendor;
        var settlesAll = (job.Settles & all) == all;
        if (job.IsExact && View.IsInstalled(job.Packages[0]) && Clauses.Best.Count > 0 && settlesAll)
        {
            if (HasBestUpdate(job.Packages[0]))
            {
                found.Add((Target.Update, job.Packages[0]));
            }

            return;
        }

        foreach (var package in job.Packages)
        {
            if (View.IsInstalled(package)
                || (context.Marks.MultiVersion.Contains(package) && !context.Options.KeepExplicitObsoletes))
            {
                return;
            }
        }

        foreach (var replaced in ReplacedByAll(job.Packages))
        {
            if (settlesAll || IsLegal(job, replaced))
            {
                found.Add((Target.Update, replaced));
            }
        }
    }

    private bool HasBestUpdate(int package)
    {
        for (var i = Clauses.BestUpdatesStart; i < Clauses.Best.End; i++)
        {
            if (Clauses[i].Detail == package)
            {
                return true;
            }
        }

        return false;
    }

    // Installed packages that go whichever of the packages comes.
    private List<int> ReplacedByAll(int[] packages)
    {
        List<int>? common = null;
        foreach (var package in packages)
        {
            var replaced = Replaced(package);
            common = common is null ? replaced : common.FindAll(replaced.Contains);
            if (common.Count == 0)
            {
                break;
            }
        }

        return common ?? [];
    }

    private List<int> Replaced(int package)
    {
        var found = new List<int>();
        if (!context.Options.KeepExplicitObsoletes || !context.Marks.MultiVersion.Contains(package))
        {
            foreach (var other in View.ProvidersOfName(package))
            {
                if (View.IsInstalled(other)
                    && (View.Options.SameNameMatchesProvides || View.SameName(package, other))
                    && (!View.Options.SameNameReplacesOwnWidthOnly || View.SameWidth(package, other)))
                {
                    found.Add(other);
                }
            }
        }

        for (var i = View.Packages[package].Obsoletes; View.Requirements[i] != 0; i++)
        {
            foreach (var other in View.ProvidersOf(View.Requirements[i]))
            {
                if (View.IsInstalled(other) && View.ObsoletesReach(package, View.Requirements[i], other))
                {
                    found.Add(other);
                }
            }
        }

        return found;
    }

    // Whether, apart from what the job settles, policy has nothing against any of the packages in an installed one's place.
    private bool IsLegal(ResolvedJob job, int installed)
    {
        var ignored = job.Sets(SolverJobFlags.SetsRelease) ? PolicyViolations.Downgrade : 0;
        ignored |= job.SettlesName ? PolicyViolations.NameChange : 0;
        ignored |= job.Sets(SolverJobFlags.SetsArchitecture) ? PolicyViolations.ArchitectureChange : 0;
        ignored |= job.Sets(SolverJobFlags.SetsVendor) ? PolicyViolations.VendorChange : 0;
        foreach (var package in job.Packages)
        {
            var violations = context.Updates.Violations(installed, package, ignored);
            if (violations == PolicyViolations.Downgrade
                && job.Sets(SolverJobFlags.SetsVersion)
                && View.CompareVersionsWithoutRelease(installed, package) != 0)
            {
                continue;
            }

            if (violations != PolicyViolations.None)
            {
                return false;
            }
        }

        return true;
    }

    private void Switch(Target target, int argument, bool enable)
    {
        switch (target)
        {
            case Target.Update:
                SwitchUpdate(argument, enable);
                break;
            case Target.Architecture:
                SwitchName(Clauses.InferiorArchitectures, argument, enable);
                break;
            case Target.DistUpgrade:
                SwitchName(Clauses.DistUpgrades, argument, enable);
                break;
            case Target.RepositoryPriority:
                SwitchName(Clauses.RepositoryPriorities, argument, enable);
                break;
            case Target.Blacklist:
                for (var i = Clauses.Blacklist.Start; i < Clauses.Blacklist.End; i++)
                {
                    if (Clauses[i].First == -argument)
                    {
                        Clauses[i].IsDisabled = !enable;
                    }
                }

                break;
        }
    }

    private void SwitchName(ClauseRange range, int name, bool enable)
    {
        for (var i = range.Start; i < range.End; i++)
        {
            if (Clauses[i].First < 0 && View.Packages[-Clauses[i].First].Name == name)
            {
                Clauses[i].IsDisabled = !enable;
            }
        }
    }

    private void SwitchUpdate(int package, bool enable)
    {
        var update = Clauses.Updates.Start + package - View.InstalledStart;
        var feature = Clauses.Features.Start + package - View.InstalledStart;
        if (enable)
        {
            context.Marks.NoUpdate.Remove(package);
            Clauses.Enable(Clauses[update].First != 0 ? update : feature);
        }
        else
        {
            context.Marks.NoUpdate.Add(package);
            Clauses.Disable(update);
            Clauses.Disable(feature);
        }

        for (var i = Clauses.BestUpdatesStart; i < Clauses.Best.End; i++)
        {
            if (Clauses[i].Detail == package)
            {
                Clauses[i].IsDisabled = !enable;
            }
        }
    }
}
