namespace NodeImage.Rpm.Solving;

/// <summary>
/// Adds the clauses of packages that come up by themselves: those that supplement or enhance a package which can come up.
/// </summary>
internal sealed class WeakReach(PoolView view, DependencyClauses clauses)
{
    public void Add()
    {
        var candidates = Candidates();
        bool added;
        do
        {
            added = false;
            foreach (var package in candidates)
            {
                if (!clauses.Added.Contains(package) && IsWanted(package))
                {
                    clauses.Add(package);
                    added = true;
                }
            }
        }
        while (added);
    }

    private List<int> Candidates()
    {
        var found = new List<int>();
        for (var package = PackagePool.FirstPackage; package < view.Packages.Length; package++)
        {
            if ((view.Packages[package].Supplements != 0 || view.Packages[package].Enhances != 0)
                && (view.IsInstalled(package) || view.IsInstallable(package)))
            {
                found.Add(package);
            }
        }

        return found;
    }

    private bool IsWanted(int package) =>
        AnyPossible(view.Packages[package].Supplements) || AnyPossible(view.Packages[package].Enhances);

    private bool AnyPossible(int list)
    {
        for (var i = list; view.Requirements[i] != 0; i++)
        {
            if (IsPossible(view.Requirements[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPossible(int dependency)
    {
        var node = view.Pool.Dependencies[dependency];
        switch (node.Kind)
        {
            case DependencyKind.If or DependencyKind.Unless:
                return true;
            case DependencyKind.And:
                return IsPossible(node.First) && IsPossible(node.Second);
            case DependencyKind.Or:
                return IsPossible(node.First) || IsPossible(node.Second);
            default:
                foreach (var package in view.ProvidersOf(dependency))
                {
                    if (clauses.Added.Contains(package))
                    {
                        return true;
                    }
                }

                return false;
        }
    }
}
