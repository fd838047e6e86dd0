namespace NodeImage.Rpm.Solving;

/// <summary>Tells whether dependencies hold after the decisions made so far.</summary>
internal sealed class DependencyState(PoolView view, Trail trail)
{
    /// <summary>Whether some dependency of a list holds.</summary>
    public bool AnyHolds(int list)
    {
        for (var i = list; view.Requirements[i] != 0; i++)
        {
            if (Holds(view.Requirements[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether some dependency of a list holds thanks to a package that is not installed yet.</summary>
    public bool AnyNewlyHolds(int list)
    {
        for (var i = list; view.Requirements[i] != 0; i++)
        {
            if (Novelty(view.Requirements[i]) == Newly)
            {
                return true;
            }
        }

        return false;
    }

    public bool Holds(int dependency)
    {
        var node = view.Pool.Dependencies[dependency];
        switch (node.Kind)
        {
            case DependencyKind.And:
                return Holds(node.First) && Holds(node.Second);
            case DependencyKind.Or:
                return Holds(node.First) || Holds(node.Second);
            case DependencyKind.If:
                return node.Third == 0
                    ? Holds(node.First) || !Holds(node.Second)
                    : Holds(node.Second) ? Holds(node.First) : Holds(node.Third);
            case DependencyKind.Unless:
                return node.Third == 0
                    ? Holds(node.First) && !Holds(node.Second)
                    : Holds(node.Second) ? Holds(node.Third) : Holds(node.First);
            default:
                foreach (var package in view.ProvidersOf(dependency))
                {
                    if (trail.IsInstalled(package))
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    private const int Not = 0;
    private const int Already = 1;
    private const int Newly = 2;

    private int Novelty(int dependency)
    {
        var node = view.Pool.Dependencies[dependency];
        switch (node.Kind)
        {
            case DependencyKind.And:
                return Both(Novelty(node.First), Novelty(node.Second));
            case DependencyKind.Or:
                return Math.Max(Novelty(node.First), Novelty(node.Second));
            case DependencyKind.If when node.Third == 0:
                return Math.Max(Novelty(node.First), Novelty(node.Second) == Not ? Already : Not);
            case DependencyKind.Unless when node.Third == 0:
                return Novelty(node.Second) == Not ? Novelty(node.First) : Not;
            case DependencyKind.If:
                return Either(node.Second, node.First, node.Third);
            case DependencyKind.Unless:
                return Either(node.Second, node.Third, node.First);
            default:
                return NoveltyOfProviders(dependency);
        }
    }

    private static int Both(int left, int right) => left == Not || right == Not ? Not : Math.Max(left, right);

    private int Either(int condition, int then, int otherwise)
    {
        var met = Novelty(condition);
        if (met == Not)
        {
            return Novelty(otherwise);
        }

        var result = Novelty(then);
        return result != Not && met == Newly ? Newly : result;
    }

    private int NoveltyOfProviders(int dependency)
    {
        var result = Not;
        foreach (var package in view.ProvidersOf(dependency))
        {
            if (trail.IsInstalled(package))
            {
                if (package != PackagePool.SystemPackage && !view.IsInstalled(package))
                {
                    return Newly;
                }

                result = Already;
            }
        }

        return result;
    }
}
