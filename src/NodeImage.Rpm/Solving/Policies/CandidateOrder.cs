namespace NodeImage.Rpm.Solving;

/// <summary>Puts candidates that are equally good in order.</summary>
internal sealed class CandidateOrder(PoolView view, Marks marks, DependencyState state, WishList wishes)
{
    /// <summary>Orders candidates of which the first is taken.</summary>
    public void Sort(IntList candidates)
    {
        DislikeOldVersions(candidates);
        SortByCommonProvides(candidates);
        PreferInstalledNames(candidates);
        PreferSuggested(candidates);
        PreferFavored(candidates);
    }

    /// <summary>Orders packages that are all to be installed.</summary>
    public void SortSupplements(IntList packages)
    {
        DislikeOldVersions(packages);
        SortByCommonProvides(packages);
        PreferSuggested(packages);
        PreferFavored(packages);
    }

    public void PreferFavored(IntList candidates)
    {
        if (marks.Favor is { } favor && candidates.Count > 1)
        {
            candidates.StableSort((left, right) => favor[right] - favor[left]);
        }
    }

    private static void MoveToEndUnless(IntList candidates, Func<int, bool> isGood)
    {
        for (int i = 0, count = candidates.Count; i < count;)
        {
            if (isGood(candidates[i]))
            {
                i++;
            }
            else
            {
                candidates.MoveToEnd(i);
                count--;
            }
        }
    }

    private void DislikeOldVersions(IntList candidates) =>
        MoveToEndUnless(candidates, candidate => view.IsInstalled(candidate) || !HasBetterVersion(candidate));

    private bool HasBetterVersion(int package)
    {
        foreach (var other in view.ProvidersOfName(package))
        {
            if (other == package
                || !view.SameName(package, other)
                || view.Packages[package].Architecture != view.Packages[other].Architecture)
            {
                continue;
            }

            var mine = view.PriorityOf(package);
            var theirs = view.PriorityOf(other);
            if (mine != theirs ? mine < theirs : view.CompareVersions(other, package) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts those that provide something in a higher version before those that provide it in a lower one.</summary>
    private void SortByCommonProvides(IntList candidates)
    {
        var entries = CollectProvides(candidates);
        if (entries.Count < 2)
        {
            return;
        }

        var sorted = entries.ToArray();
        StableSorter.Sort(sorted.AsSpan(), CompareProvided);
        var badness = new int[candidates.Count];
        if (!Rate(sorted, badness))
        {
            return;
        }

        for (var i = 0; i < badness.Length; i++)
        {
            badness[i] = view.IsInstalled(candidates[i]) ? 0 : badness[i];
        }

        // By insertion, so that equal ones stay as they are.
        for (var i = 1; i < badness.Length; i++)
        {
            for (var j = i; j > 0 && badness[j - 1] > badness[j]; j--)
            {
                (badness[j - 1], badness[j]) = (badness[j], badness[j - 1]);
                (candidates[j - 1], candidates[j]) = (candidates[j], candidates[j - 1]);
            }
        }
    }

    private bool Rate(Provided[] sorted, int[] badness)
    {
        var any = false;
        var bad = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i].Name != sorted[i - 1].Name)
            {
                bad = 0;
            }
            else if (sorted[i].Candidate != sorted[i - 1].Candidate && CompareProvided(sorted[i - 1], sorted[i]) == -1)
            {
                bad++;
                any = true;
            }

            badness[sorted[i].Candidate] += bad;
        }

        return any;
    }

    private List<Provided> CollectProvides(IntList candidates)
    {
        var dependencies = view.Pool.Dependencies;
        var entries = new List<Provided>();
        for (var i = 0; i < candidates.Count; i++)
        {
            for (var j = view.Packages[candidates[i]].Provides; view.Requirements[j] != 0; j++)
            {
                var node = dependencies[view.Requirements[j]];
                if (node.Kind != DependencyKind.Range)
                {
                    continue;
                }

                var range = (VersionRange)node.Third;
                if (range == VersionRange.Equal ? !dependencies.Versions.IsChecksum(node.Second)
                    : range is VersionRange.Less or (VersionRange.Less | VersionRange.Equal))
                {
                    entries.Add(new Provided(i, node.First, node.Second, range == VersionRange.Less));
                }
            }
        }

        return entries;
    }

    private int CompareProvided(Provided left, Provided right)
    {
        if (left.Name != right.Name)
        {
            return left.Name < right.Name ? -1 : 1;
        }

        if (left.Version == right.Version && left.IsBelow == right.IsBelow)
        {
            return 0;
        }

        var order = view.Pool.Dependencies.Versions.CompareForRange(right.Version, left.Version);
        return order != 0 || left.IsBelow == right.IsBelow ? order
            : left.IsBelow ? 1 : -1;
    }

    // Packages of which another version is installed come first.
    private void PreferInstalledNames(IntList candidates)
    {
        if (!view.HasInstalled)
        {
            return;
        }

        var front = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (HasInstalledName(candidate))
            {
                candidates.RemoveAt(i);
                candidates.Insert(front++, candidate);
            }
        }
    }

    private bool HasInstalledName(int package)
    {
        if (view.IsInstalled(package))
        {
            return true;
        }

        foreach (var other in view.ProvidersOfName(package))
        {
            if (view.IsInstalled(other) && view.SameName(package, other))
            {
                return true;
            }
        }

        return false;
    }

    private void PreferSuggested(IntList candidates)
    {
        wishes.Update();
        MoveToEndUnless(candidates, candidate => view.IsInstalled(candidate)
            || wishes.IsSuggested(candidate)
            || state.AnyHolds(view.Packages[candidate].Enhances));
    }

    /// <summary>A version that a candidate provides a capability in; or any version below it.</summary>
    private readonly record struct Provided(int Candidate, int Name, int Version, bool IsBelow);
}
