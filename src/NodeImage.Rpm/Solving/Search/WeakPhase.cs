namespace NodeImage.Rpm.Solving;

/// <summary>Installs what chosen packages recommend, and what supplements them.</summary>
internal sealed class WeakPhase(SolveContext context, SolverSearch search)
{
    private readonly IntList _recommended = new();
    private readonly IntList _supplements = new();

    private PoolView View => context.View;

    private Trail Trail => context.Trail;

    private Marks Marks => context.Marks;

    /// <returns>Whether anything was decided, so that the search has to go on.</returns>
    public bool Run(ref int level)
    {
        _recommended.Clear();
        _supplements.Clear();
        CollectAll();
        FilterAll();
        foreach (var package in _supplements.Span)
        {
            _recommended.AddUnique(package);
        }

        if (_recommended.Count == 0)
        {
            return false;
        }

        if (_recommended.Count == 1)
        {
            level = search.Decide(level, _recommended[0], 0, DecisionReason.Weak);
            return true;
        }

        context.Candidates.Filter(_recommended, FilterMode.Best);
        var best = new PackageSet(View.Packages.Length);
        foreach (var package in _recommended.Span)
        {
            best.Add(package);
        }

        _supplements.Keep(best.Contains);
        if (_supplements.Count > 1)
        {
            context.Candidates.OrderSupplements(_supplements);
        }

        InstallAll(best, ref level);
        return true;
    }

    private void CollectAll()
    {
        for (var package = PackagePool.FirstPackage; package < View.Packages.Length; package++)
        {
            if (Trail.IsInstalled(package))
            {
                if (context.Options.AddAlreadyRecommended || !View.IsInstalled(package))
                {
                    CollectRecommended(package);
                }
            }
            else if (!Trail.IsRejected(package) && IsSupplement(package))
            {
                _supplements.Add(package);
            }
        }
    }

    private bool IsSupplement(int package) =>
        View.Packages[package].Supplements != 0
        && View.IsInstallable(package)
        && context.State.AnyHolds(View.Packages[package].Supplements)
        && !IsDroppedOrphan(package)
        && !Marks.IsDisfavored(package)
        && !Marks.ExcludedFromWeak.Contains(package);

    private bool IsDroppedOrphan(int package) =>
        Marks.ProcessesOrphans && View.IsInstalled(package) && Marks.DropOrphaned.Contains(package);

    private void CollectRecommended(int package)
    {
        for (var i = View.Packages[package].Recommends; View.Requirements[i] != 0; i++)
        {
            var dependency = View.Requirements[i];
            if (View.Pool.Dependencies.IsConditional(dependency))
            {
                CollectConditional(dependency, only: null, _recommended);
                continue;
            }

            var count = _recommended.Count;
            foreach (var provider in View.ProvidersOf(dependency))
            {
                if (Trail.IsInstalled(provider))
                {
                    _recommended.Truncate(count);
                    break;
                }

                if (Trail.IsUndecided(provider) && !IsDroppedOrphan(provider))
                {
                    _recommended.AddUnique(provider);
                }
            }
        }
    }

    // Adds the packages that would make an open block of a rich dependency true.
    private void CollectConditional(int dependency, PackageSet? only, IntList found)
    {
        foreach (var block in NormalForm.Conjunction(View, dependency).Blocks)
        {
            if (Array.Exists(block, Trail.IsTrueOrOpenCondition))
            {
                continue;
            }

            foreach (var package in block)
            {
                if (package > 0
                    && Trail.IsUndecided(package)
                    && (only is null ? !IsDroppedOrphan(package) : only.Contains(package)))
                {
                    found.AddUnique(package);
                }
            }
        }
    }

    private void FilterAll()
    {
        if (Marks.HasDisfavored)
        {
            _recommended.Keep(package => !Marks.IsDisfavored(package));
        }

        if (Marks.ExcludedFromWeak.Any)
        {
            _recommended.Keep(package => !Marks.ExcludedFromWeak.Contains(package));
        }

        if (View.HasInstalled && _recommended.Count + _supplements.Count > 0)
        {
            RemoveObsoleted();
        }

        if (!context.Options.AddAlreadyRecommended)
        {
            // What was supplemented before and is not installed is not wanted.
            _supplements.Keep(package => context.State.AnyNewlyHolds(View.Packages[package].Supplements));
        }

        if (Marks.MultiVersion.Any)
        {
            _supplements.Keep(package => !Marks.MultiVersion.Contains(package) || !IsNameInstalled(package, otherArchitecture: false));
        }

        if (View.Options.SameNameReplacesOwnWidthOnly)
        {
            _supplements.Keep(package => !IsNameInstalled(package, otherArchitecture: true));
        }
    }

    private bool IsNameInstalled(int package, bool otherArchitecture)
    {
        foreach (var other in View.ProvidersOfName(package))
        {
            if (Trail.IsInstalled(other)
                && View.SameName(package, other)
                && (!otherArchitecture || View.Packages[other].Architecture != View.Packages[package].Architecture))
            {
                return true;
            }
        }

        return false;
    }

    private void RemoveObsoleted()
    {
        PackageSet? obsoleted = null;
        for (var package = View.InstalledStart; package < View.InstalledEnd; package++)
        {
            if (View.Packages[package].Obsoletes == 0
                || !Trail.IsInstalled(package)
                || (!context.Options.KeepExplicitObsoletes && Marks.MultiVersion.Contains(package)))
            {
                continue;
            }

            for (var i = View.Packages[package].Obsoletes; View.Requirements[i] != 0; i++)
            {
                foreach (var other in View.ProvidersOf(View.Requirements[i]))
                {
                    if (View.ObsoletesReach(package, View.Requirements[i], other))
                    {
                        (obsoleted ??= new PackageSet(View.Packages.Length)).Add(other);
                    }
                }
            }
        }

        if (obsoleted is not null)
        {
            _supplements.Keep(package => !obsoleted.Contains(package));
            _recommended.Keep(package => !obsoleted.Contains(package));
        }
    }

    private void InstallAll(PackageSet best, ref int level)
    {
        var decisions = Trail.Count;
        foreach (var package in _supplements.ToArray())
        {
            if (!Trail.IsUndecided(package))
            {
                continue;
            }

            var before = level;
            level = search.Decide(level, package, 0, DecisionReason.Weak);
            if (level <= before)
            {
                return;
            }
        }

        for (var i = 0; i < decisions && Trail.Count >= decisions; i++)
        {
            var package = Trail.LiteralAt(i);
            if (package > PackagePool.SystemPackage
                && (context.Options.AddAlreadyRecommended || !View.IsInstalled(package))
                && !InstallRecommended(package, best, decisions, ref level))
            {
                return;
            }
        }
    }

    // Installs what one package recommends; false where decisions had to be taken back.
    private bool InstallRecommended(int package, PackageSet best, int decisions, ref int level)
    {
        for (var i = View.Packages[package].Recommends; View.Requirements[i] != 0; i++)
        {
            CollectBest(View.Requirements[i], best);
            if (_recommended.Count == 0)
            {
                continue;
            }

            if (_recommended.Count > 1)
            {
                context.Candidates.Filter(_recommended, FilterMode.Choose);
            }

            if (_recommended.Count > 1)
            {
                search.AddBranch(level, _recommended);
            }

            var before = level;
            level = search.Decide(level, _recommended[0], 0, DecisionReason.Weak);
            if (level <= before || Trail.Count < decisions)
            {
                return false;
            }
        }

        return true;
    }

    private void CollectBest(int dependency, PackageSet best)
    {
        _recommended.Clear();
        if (View.Pool.Dependencies.IsConditional(dependency))
        {
            CollectConditional(dependency, best, _recommended);
            return;
        }

        foreach (var provider in View.ProvidersOf(dependency))
        {
            if (Trail.IsInstalled(provider))
            {
                _recommended.Clear();
                return;
            }

            if (Trail.IsUndecided(provider) && best.Contains(provider))
            {
                _recommended.Add(provider);
            }
        }
    }
}
