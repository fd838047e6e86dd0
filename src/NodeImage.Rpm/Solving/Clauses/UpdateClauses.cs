namespace NodeImage.Rpm.Solving;

/// <summary>
/// Makes, for each installed package, a clause that keeps it or something that may replace it. The feature clause allows any
/// replacement, the update clause those that policy allows; the former comes into play when the latter cannot be met.
/// </summary>
internal sealed class UpdateClauses(PoolView view, SolverOptions options, Marks marks, UpdateCandidates updates, ClauseStore clauses)
{
    private readonly IntList _found = new();

    public void Add()
    {
        var start = clauses.Count;
        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            AddFeature(package);
        }

        clauses.Features = new ClauseRange(start, clauses.Count);
        start = clauses.Count;
        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            var update = AddUpdate(package);
            Reconcile(package, update);
        }

        clauses.Updates = new ClauseRange(start, clauses.Count);
    }

    /// <summary>Whether a distupgrade may keep an installed package: where a package it may end with is the same build.</summary>
    private bool MayBeKept(int package)
    {
        if (marks.DistUpgradeTargets.Contains(package))
        {
            return true;
        }

        foreach (var other in view.ProvidersOfName(package))
        {
            if (marks.DistUpgradeTargets.Contains(other) && view.AreIdentical(package, other))
            {
                return true;
            }
        }

        return false;
    }

    private void AddFeature(int package)
    {
        updates.Find(package, UpdateScope.All, _found);
        if (marks.DistUpgradeInvolved.Contains(package) && !MayBeKept(package) && !AnyTarget())
        {
            clauses.AddPlaceholder();
            return;
        }

        Add(ClauseKind.Feature, package);
    }

    private bool AnyTarget()
    {
        foreach (var other in _found.Span)
        {
            if (!view.IsInstalled(other) || MayBeKept(other))
            {
                return true;
            }
        }

        return false;
    }

    private int Add(ClauseKind kind, int package) =>
        clauses.AddWithList(kind, package, clauses.Lists.Add(_found.Span), package);

    private int AddUpdate(int package)
    {
        if (view.IsExcluded(package))
        {
            return clauses.Add(ClauseKind.Update, package, 0, package);
        }

        if (clauses[clauses.Features.Start + package - view.InstalledStart].First == 0)
        {
            marks.Orphaned.Add(package);
            return KeepsOrphan(package) ? clauses.Add(ClauseKind.Update, package, 0, package) : clauses.AddPlaceholder();
        }

        var involved = marks.DistUpgradeInvolved.Contains(package);
        updates.Find(package, involved ? UpdateScope.DistUpgrade : UpdateScope.Policy, _found);
        if (_found.Count > 0 && marks.MultiVersion.Any && AnyMultiVersion())
        {
            return AddMultiVersionUpdate(package, involved);
        }

        return Add(ClauseKind.Update, package);
    }

    private bool AnyMultiVersion()
    {
        foreach (var other in _found.Span)
        {
            if (marks.MultiVersion.Contains(other))
            {
                return true;
            }
        }

        return false;
    }

    private bool KeepsOrphan(int package) => options.KeepOrphans && !marks.DropOrphaned.Contains(package);

    // Versions that can be installed beside each other do not update one another; remember them in case an update is asked for.
    private int AddMultiVersionUpdate(int package, bool involved)
    {
        var all = clauses.Lists.Add(_found.Span);
        var count = _found.Count;
        _found.Keep(other => !marks.MultiVersion.Contains(other)
            || (options.KeepExplicitObsoletes && Obsoletes(other, package))
            || view.SameNevra(other, package));
        if (_found.Count == 0 && involved && !MayBeKept(package))
        {
            marks.Orphaned.Add(package);
            SetSpecialUpdaters(package, all);
            return KeepsOrphan(package)
                ? clauses.Add(ClauseKind.Update, package, 0, package)
                : clauses.AddWithList(ClauseKind.Update, package, all, package);
        }

        if (_found.Count < count && marks.Update.Contains(package))
        {
            SetSpecialUpdaters(package, all);
        }

        return Add(ClauseKind.Update, package);
    }

    private void SetSpecialUpdaters(int package, int list)
    {
        marks.HasSpecialUpdaters = true;
        marks.SpecialUpdaters[package - view.InstalledStart] = list;
    }

    private bool Obsoletes(int obsoleter, int package)
    {
        if (view.Options.ObsoletesOwnWidthOnly && !view.SameWidth(package, obsoleter))
        {
            return false;
        }

        for (var i = view.Packages[obsoleter].Obsoletes; view.Requirements[i] != 0; i++)
        {
            var dependency = view.Requirements[i];
            if (view.Options.ObsoletesMatchProvides
                ? view.ProvidersOf(dependency).Contains(package)
                : view.MatchesByName(package, dependency))
            {
                return true;
            }
        }

        return false;
    }

    private void Reconcile(int package, int update)
    {
        var feature = clauses.Features.Start + package - view.InstalledStart;
        if (clauses[update].First == 0)
        {
            clauses[feature] = default;
            return;
        }

        if (!marks.ProcessesOrphans && clauses[feature].IsAssertion && clauses[feature].First == package)
        {
            marks.Orphaned.Add(package);
        }

        if (clauses.Compare(update, feature) == 0)
        {
            clauses[feature] = default;
        }
        else if (clauses[feature].First != 0)
        {
            clauses.Disable(feature);
        }
    }
}
