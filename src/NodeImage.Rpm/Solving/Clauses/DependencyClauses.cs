namespace NodeImage.Rpm.Solving;

/// <summary>
/// Makes the clauses of packages' dependencies, for every package that can come up: from those given, along requirements and
/// wishes, to all providers.
/// </summary>
internal sealed partial class DependencyClauses(PoolView view, SolverOptions options, Marks marks, ClauseStore clauses)
{
    private const string AdvisoryPrefix = "patch:";

    private readonly Queue<int> _work = new();
    private readonly int[] _lists = view.Requirements;

    /// <summary>The packages that have their clauses.</summary>
    public PackageSet Added { get; } = WithSystem(new PackageSet(view.Packages.Length));

    /// <summary>Adds the clauses of a package and of all that it can bring in.</summary>
    public void Add(int package)
    {
        Push(package);
        while (_work.TryDequeue(out var next))
        {
            if (!Added.Contains(next))
            {
                Added.Add(next);
                AddOne(next);
            }
        }
    }

    private static PackageSet WithSystem(PackageSet packages)
    {
        packages.Add(PackagePool.SystemPackage);
        return packages;
    }

    private void Push(int package)
    {
        if (!Added.Contains(package))
        {
            _work.Enqueue(package);
        }
    }

    private void Push(ReadOnlySpan<int> packages)
    {
        foreach (var package in packages)
        {
            Push(package);
        }
    }

    private void AddOne(int package)
    {
        ref var record = ref view.Packages[package];

        // What is broken in the installed system stays broken unless its repair is asked for.
        var tolerant = view.IsInstalled(package) && !marks.Fix.Contains(package);
        if (!tolerant && !(record.IsSource ? !view.IsExcluded(package) : view.IsInstallable(package)))
        {
            clauses.Add(ClauseKind.NotInstallable, -package);
        }

        AddRequirements(package, record.Requires, tolerant);
        if (options.StrongRecommends)
        {
            AddStrongRecommends(package, record.Recommends, tolerant);
        }

        if (record.IsSource)
        {
            return;
        }

        AddConflicts(package, record.Conflicts, tolerant);
        AddObsoletes(package, tolerant);
        PushLockStep(package);
        PushWishes(record.Recommends);
        PushWishes(record.Suggests);
    }

    private void AddRequirements(int package, int list, bool tolerant)
    {
        for (var i = list; _lists[i] != 0; i++)
        {
            var dependency = _lists[i];
            if (view.Pool.Dependencies.IsConditional(dependency))
            {
                AddConditional(package, dependency, ClauseKind.Requires, tolerant);
                continue;
            }

            var providers = view.ProvidersOf(dependency);
            if (providers is [PackagePool.SystemPackage, ..] || (tolerant && !AnyInstalled(providers)))
            {
                continue;
            }

            if (providers.IsEmpty)
            {
                clauses.Add(ClauseKind.NothingProvides, -package, 0, dependency);
            }
            else if (!providers.Contains(package))
            {
                clauses.AddWithList(ClauseKind.Requires, -package, view.Providers.ListOf(dependency), dependency);
                Push(providers);
            }
        }
    }

    private void AddStrongRecommends(int package, int list, bool tolerant)
    {
        for (var i = list; _lists[i] != 0; i++)
        {
            var dependency = _lists[i];
            if (view.Pool.Dependencies.IsConditional(dependency))
            {
                AddConditional(package, dependency, ClauseKind.Recommends, tolerant);
                continue;
            }

            var providers = view.ProvidersOf(dependency);
            if (!providers.IsEmpty && providers[0] != PackagePool.SystemPackage && !providers.Contains(package))
            {
                clauses.AddWithList(ClauseKind.Recommends, -package, view.Providers.ListOf(dependency), dependency);
                Push(providers);
            }
        }
    }

    private bool AnyInstalled(ReadOnlySpan<int> packages)
    {
        foreach (var package in packages)
        {
            if (view.IsInstalled(package))
            {
                return true;
            }
        }

        return false;
    }

    private void AddConflicts(int package, int list, bool tolerant)
    {
        if (list == 0)
        {
            return;
        }

        var isAdvisory = view.Pool.Dependencies.NameText(view.Packages[package].Name)
            .StartsWith(AdvisoryPrefix, StringComparison.Ordinal);
        for (var i = list; _lists[i] != 0; i++)
        {
            var dependency = _lists[i];
            if (!isAdvisory && view.Pool.Dependencies.IsConditional(dependency))
            {
                AddConditional(package, dependency, ClauseKind.Conflicts, tolerant);
                continue;
            }

            foreach (var other in view.ProvidersOf(dependency))
            {
                // An advisory conflicts with packages by name, whatever else they provide.
                if ((!isAdvisory || view.MatchesByName(other, dependency)) && !(tolerant && view.IsInstalled(other)))
                {
                    AddConflict(package, other, dependency, isAdvisory);
                }
            }
        }
    }

    private void AddConflict(int package, int other, int dependency, bool isAdvisory)
    {
        if (other == package)
        {
            if (view.Options.ForbidSelfConflicts)
            {
                clauses.Add(ClauseKind.SelfConflict, -package, 0, dependency);
            }

            return;
        }

        if (isAdvisory
            && marks.MultiVersion.Contains(other)
            && view.Pool.Dependencies[dependency].Kind != DependencyKind.Name
            && AddAdvisoryChoice(package, other, dependency))
        {
            return;
        }

        if (other == PackagePool.SystemPackage)
        {
            clauses.Add(ClauseKind.Conflicts, -package, 0, dependency);
        }
        else
        {
            AddPair(ClauseKind.Conflicts, package, other, dependency);
        }
    }

    // An advisory is also met where another version that it does not conflict with is installed beside the one it does.
    private bool AddAdvisoryChoice(int package, int other, int dependency)
    {
        var literals = new IntList();
        literals.Add(-package);
        literals.Add(-other);
        foreach (var sibling in view.ProvidersOfName(other))
        {
            if (view.SameName(sibling, other)
                && view.Packages[sibling].Architecture == view.Packages[other].Architecture
                && marks.MultiVersion.Contains(sibling)
                && !view.MatchesByName(sibling, dependency))
            {
                literals.Add(sibling);
            }
        }

        if (literals.Count == 2)
        {
            return false;
        }

        clauses.Add(ClauseKind.Conflicts, literals.Span, dependency);
        return true;
    }

    private void AddPair(ClauseKind kind, int package, int other, int dependency) =>
        clauses.Add(kind, Math.Min(-package, -other), Math.Max(-package, -other), dependency);

    private void PushLockStep(int package)
    {
        var score = view.Score(package);
        if (!view.Options.SameNameReplacesOwnWidthOnly || score <= 1)
        {
            return;
        }

        // A package of a worse architecture may be wanted beside the same version of the better one.
        foreach (var other in view.ProvidersOfName(package))
        {
            if (view.SameName(package, other) && view.Packages[package].Version == view.Packages[other].Version)
            {
                var otherScore = view.Score(other);
                if (otherScore > 1 && otherScore < score)
                {
                    Push(other);
                }
            }
        }
    }

    private void PushWishes(int list)
    {
        for (var i = list; _lists[i] != 0; i++)
        {
            if (view.Pool.Dependencies.IsConditional(_lists[i]))
            {
                PushWanted(_lists[i], wanted: true);
            }
            else
            {
                Push(view.ProvidersOf(_lists[i]));
            }
        }
    }

    // The packages that a rich wish can bring in: those behind an even number of conditions.
    private void PushWanted(int dependency, bool wanted)
    {
        var node = view.Pool.Dependencies[dependency];
        switch (node.Kind)
        {
            case DependencyKind.And or DependencyKind.Or:
                PushWanted(node.First, wanted);
                PushWanted(node.Second, wanted);
                break;
            case DependencyKind.If or DependencyKind.Unless:
                PushWanted(node.First, wanted);
                if (node.Third != 0)
                {
                    PushWanted(node.Third, wanted);
                }

                PushWanted(node.Second, !wanted);
                break;
            default:
                if (wanted)
                {
                    Push(view.ProvidersOf(dependency));
                }

                break;
        }
    }
}
