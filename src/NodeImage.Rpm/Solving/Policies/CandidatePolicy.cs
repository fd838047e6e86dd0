namespace NodeImage.Rpm.Solving;

/// <summary>What candidates are narrowed down for.</summary>
internal enum FilterMode
{
    /// <summary>One is to be chosen: narrow down by everything and put the best first.</summary>
    Choose,

    /// <summary>As <see cref="Choose"/>, without putting them in order.</summary>
    ChooseUnordered,

    /// <summary>The best of each name are wanted, by priority, architecture and version alone.</summary>
    Best,
}

/// <summary>Narrows candidates down and puts those that are left in order: the first is taken.</summary>
internal sealed class CandidatePolicy(
    PoolView view, Marks marks, DependencyState state, WishList wishes, ObsoletedCandidates obsoleted)
{
    private readonly CandidateOrder _order = new(view, marks, state, wishes);

    public CandidateOrder Order => _order;

    /// <summary>Narrows candidates down.</summary>
    /// <param name="candidates">The candidates; left with the ones to choose from.</param>
    /// <param name="mode">What for.</param>
    public void Filter(IntList candidates, FilterMode mode)
    {
        if (marks.Favor is not null && candidates.Count > 1 && HasFavorGroups(candidates))
        {
            FilterFavorGroups(candidates, mode);
        }
        else
        {
            FilterGroup(candidates, mode);
        }
    }

    /// <summary>Puts packages that others call for into the order in which they are installed.</summary>
    public void OrderSupplements(IntList packages) => _order.SortSupplements(packages);

    /// <summary>Leaves the best version of each name, and no package that another one obsoletes.</summary>
    public void KeepBestVersions(IntList candidates)
    {
        if (candidates.Count < 2)
        {
            return;
        }

        candidates.StableSort(CompareByName);
        var kept = 0;
        var best = candidates[0];
        for (var i = 1; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (!view.SameName(best, candidate))
            {
                candidates[kept++] = best;
                best = candidate;
            }
            else if (view.CompareVersions(best, candidate) < 0)
            {
                best = candidate;
            }
        }

        candidates[kept++] = best;
        candidates.Truncate(kept);
        if (kept > 1)
        {
            obsoleted.Remove(candidates);
        }
    }

    private bool HasFavorGroups(IntList candidates)
    {
        foreach (var candidate in candidates.Span)
        {
            if (marks.Favor![candidate] != marks.Favor[candidates[0]])
            {
                return true;
            }
        }

        return false;
    }

    // From the most favored down, each group is narrowed down together with those before it, but keeps only its own.
    private void FilterFavorGroups(IntList candidates, FilterMode mode)
    {
        var favor = marks.Favor!;
        candidates.StableSort((left, right) => favor[right] - favor[left]);
        var sorted = candidates.ToArray();
        candidates.Clear();
        var group = new IntList();
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && favor[sorted[end]] == favor[sorted[start]])
            {
                end++;
            }

            group.Clear();
            group.AddRange(sorted.AsSpan(0, end));
            FilterGroup(group, mode);
            foreach (var candidate in group.Span)
            {
                if (favor[candidate] == favor[sorted[start]])
                {
                    candidates.Add(candidate);
                }
            }

            start = end;
        }
    }

    private void FilterGroup(IntList candidates, FilterMode mode)
    {
        KeepHighestPriority(candidates);
        KeepBestArchitecture(candidates);
        KeepBestVersions(candidates);
        if (candidates.Count > 1 && mode != FilterMode.Best)
        {
            KeepRecommended(candidates);
            if (candidates.Count > 1 && mode == FilterMode.Choose)
            {
                _order.Sort(candidates);
            }
        }
    }

    private void KeepHighestPriority(IntList candidates)
    {
        if (candidates.Count < 2)
        {
            return;
        }

        var best = int.MinValue;
        foreach (var candidate in candidates.Span)
        {
            if (!view.IsInstalled(candidate))
            {
                best = Math.Max(best, view.PriorityOf(candidate));
            }
        }

        if (best != int.MinValue)
        {
            candidates.Keep(candidate => view.IsInstalled(candidate) || view.PriorityOf(candidate) == best);
        }

        if (candidates.Count > 1 && view.HasInstalled && marks.DistUpgradeInvolved.Any)
        {
            KeepDistUpgradeable(candidates);
        }
    }

    // What a distupgrade is about can only be kept where it is the same build as something in a repository.
    private void KeepDistUpgradeable(IntList candidates)
    {
        var first = candidates.Span.IndexOfAnyExceptInRange(view.InstalledStart, view.InstalledEnd - 1);
        if (first < 0)
        {
            return;
        }

        var best = view.PriorityOf(candidates[first]);
        var kept = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            if (!view.IsInstalled(candidate) && view.PriorityOf(candidate) < best)
            {
                continue;
            }

            if (view.IsInstalled(candidate)
                && marks.DistUpgradeInvolved.Contains(candidate)
                && !IsInRepository(candidate, ref best, ref kept))
            {
                continue;
            }

            candidates[kept++] = candidate;
        }

        candidates.Truncate(kept > 0 ? kept : candidates.Count);
    }

    private bool IsInRepository(int package, ref int best, ref int kept)
    {
        var found = false;
        foreach (var other in view.ProvidersOfName(package))
        {
            if (view.IsInstalled(other) || view.PriorityOf(other) < best || !view.AreIdentical(package, other))
            {
                continue;
            }

            found = true;
            if (view.PriorityOf(other) > best)
            {
                best = view.PriorityOf(other);
                kept = 0;
            }
        }

        return found;
    }

    private void KeepBestArchitecture(IntList candidates)
    {
        if (candidates.Count < 2 || view.Pool.Architecture.TakesAll)
        {
            return;
        }

        var best = uint.MaxValue;
        foreach (var candidate in candidates.Span)
        {
            var score = view.Score(candidate);
            best = score > 1 ? Math.Min(best, score) : best;
        }

        if (best == uint.MaxValue)
        {
            return;
        }

        var kept = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            var score = view.Score(candidates[i]);
            if (score == 1 || (score != 0 && PoolView.SameClass(score, best)))
            {
                candidates[kept++] = candidates[i];
            }
        }

        candidates.Truncate(kept > 0 ? kept : candidates.Count);
    }

    private int CompareByName(int left, int right)
    {
        if (!view.SameName(left, right))
        {
            var table = view.Pool.Dependencies;
            return string.CompareOrdinal(table.NameText(view.Packages[left].Name), table.NameText(view.Packages[right].Name));
        }

        if (view.Packages[left].Architecture != view.Packages[right].Architecture)
        {
            var a = view.Score(left);
            var b = view.Score(right);
            if (a != b && a > 1 && b > 1)
            {
                return a < b ? -1 : 1;
            }
        }

        if (view.IsInstalled(left) != view.IsInstalled(right))
        {
            return view.IsInstalled(left) ? -1 : 1;
        }

        var order = view.CostOf(left).CompareTo(view.CostOf(right));
        return order != 0 ? order : left - right;
    }

    private void KeepRecommended(IntList candidates)
    {
        var installed = 0;
        foreach (var candidate in candidates.Span)
        {
            installed += view.IsInstalled(candidate) ? 1 : 0;
        }

        if (candidates.Count - installed < 2)
        {
            return;
        }

        wishes.Update();
        var any = false;
        foreach (var candidate in candidates.Span)
        {
            any |= !view.IsInstalled(candidate) && IsWished(candidate);
        }

        if (any)
        {
            candidates.Keep(candidate => view.IsInstalled(candidate) || IsWished(candidate));
        }
    }

    private bool IsWished(int package) =>
        wishes.IsRecommended(package) || state.AnyHolds(view.Packages[package].Supplements);
}
