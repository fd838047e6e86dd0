namespace NodeImage.Rpm.Solving;

/// <summary>Keeps out, by name, what a distupgrade must not end with.</summary>
internal sealed class DistUpgradeClauses(PoolView view, Marks marks, PackageSet added, ClauseStore clauses)
{
    public void Add()
    {
        var start = clauses.Count;
        for (var package = PackagePool.FirstPackage; marks.DistUpgradeInvolved.Any && package < view.Packages.Length; package++)
        {
            if (added.Contains(package))
            {
                AddName(package);
            }
        }

        clauses.DistUpgrades = new ClauseRange(start, clauses.Count);
    }

    private void AddName(int package)
    {
        var reached = false;
        foreach (var other in view.ProvidersOfName(package))
        {
            if (!view.SameName(package, other) || !added.Contains(other))
            {
                continue;
            }

            reached |= other == package;
            if (!reached)
            {
                return;
            }

            if (marks.DistUpgradeInvolved.Contains(other) && !marks.DistUpgradeTargets.Contains(other))
            {
                AddPackage(other);
            }
        }
    }

    private void AddPackage(int package)
    {
        if (!view.IsInstalled(package))
        {
            clauses.Add(ClauseKind.DistUpgrade, -package, 0, package);
            return;
        }

        if (view.IsExcluded(package))
        {
            return;
        }

        if (HasIdenticalTarget(package) || IsOrphan(package))
        {
            marks.DistUpgradeTargets.Add(package);
            return;
        }

        var special = marks.SpecialUpdaters[package - view.InstalledStart];
        if (special != 0)
        {
            clauses.AddWithList(ClauseKind.DistUpgrade, -package, special, package);
        }
        else if (IsLoneOrphan(package))
        {
            marks.DistUpgradeTargets.Add(package);
        }
        else
        {
            clauses.Add(ClauseKind.DistUpgrade, -package, 0, package);
        }
    }

    private bool HasIdenticalTarget(int package)
    {
        foreach (var other in view.ProvidersOfName(package))
        {
            if (marks.DistUpgradeTargets.Contains(other) && view.AreIdentical(package, other))
            {
                return true;
            }
        }

        return false;
    }

    private int FeatureOf(int package) => clauses.Features.Start + package - view.InstalledStart;

    private int UpdateOf(int package) => clauses.Updates.Start + package - view.InstalledStart;

    private bool IsOrphan(int package) => clauses[UpdateOf(package)].First == 0 && clauses[FeatureOf(package)].First == 0;

    // Nothing but the package itself, in either clause.
    private bool IsLoneOrphan(int package)
    {
        ref var feature = ref clauses[FeatureOf(package)];
        ref var update = ref clauses[UpdateOf(package)];
        ref var decisive = ref update.First != 0 ? ref update : ref feature;
        return decisive.First == package
            && decisive.Rest == 0
            && decisive.Watch2 == 0
            && (feature.First == 0 || (feature.Rest == 0 && feature.Watch2 == 0));
    }
}
