namespace NodeImage.Rpm.Solving;

/// <summary>
/// Where packages of several names obsolete an installed one with the same words, it was split up: whoever gets one of them gets
/// all of them, as yum did.
/// </summary>
internal sealed class SplitObsoletesClauses(
    PoolView view, UpdateCandidates updates, ClauseStore clauses, CandidatePolicy policy)
{
    private bool OwnWidthOnly => view.Options.ObsoletesOwnWidthOnly || view.Options.SameNameReplacesOwnWidthOnly;

    public void Add()
    {
        var start = clauses.Count;
        foreach (var obsoletes in FindObsoletes())
        {
            AddGroups(obsoletes, FindGroups(obsoletes));
        }

        clauses.SplitObsoletes = new ClauseRange(start, clauses.Count);
    }

    private List<int> FindObsoletes()
    {
        var found = new List<int>();
        var seen = new HashSet<int>();
        for (var package = view.InstalledStart; package < view.InstalledEnd; package++)
        {
            foreach (var obsoleter in updates.ObsoletersOf(package))
            {
                for (var i = view.Packages[obsoleter].Obsoletes; view.Requirements[i] != 0; i++)
                {
                    if (!seen.Contains(view.Requirements[i]) && ReachesInstalled(view.Requirements[i], package))
                    {
                        seen.Add(view.Requirements[i]);
                        found.Add(view.Requirements[i]);
                    }
                }
            }
        }

        return found;
    }

    private bool ReachesInstalled(int obsoletes, int like)
    {
        foreach (var other in view.ProvidersOf(obsoletes))
        {
            if (view.IsInstalled(other) && Matches(other, obsoletes) && (!OwnWidthOnly || view.SameWidth(like, other)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Matches(int package, int obsoletes) =>
        view.Options.ObsoletesMatchProvides || view.MatchesByName(package, obsoletes);

    // The packages that obsolete with these words, by name; empty where there is one name only.
    private List<int[]> FindGroups(int obsoletes)
    {
        var all = new IntList();
        foreach (var package in view.ProvidersOf(obsoletes))
        {
            if (!view.IsInstalled(package) || !Matches(package, obsoletes))
            {
                continue;
            }

            AddObsoleters(updates.ObsoletersOf(package), package, obsoletes, sameName: false, all);
            AddObsoleters(view.ProvidersOfName(package), package, obsoletes, sameName: true, all);
        }

        var best = new IntList();
        best.AddRange(all.Span);
        policy.KeepBestVersions(best);
        var groups = new List<int[]>();
        if (best.Count < 2)
        {
            return groups;
        }

        foreach (var representative in best.Span)
        {
            groups.Add(Array.FindAll(all.ToArray(), package => view.SameName(package, representative)));
        }

        return groups.Count > 1 ? groups : [];
    }

    private void AddObsoleters(ReadOnlySpan<int> candidates, int package, int obsoletes, bool sameName, IntList found)
    {
        foreach (var candidate in candidates)
        {
            if ((!sameName || view.SameName(candidate, package))
                && (!OwnWidthOnly || view.SameWidth(package, candidate))
                && ListContains(view.Packages[candidate].Obsoletes, obsoletes))
            {
                found.AddUnique(candidate);
            }
        }
    }

    private bool ListContains(int list, int dependency)
    {
        for (var i = list; view.Requirements[i] != 0; i++)
        {
            if (view.Requirements[i] == dependency)
            {
                return true;
            }
        }

        return false;
    }

    private void AddGroups(int obsoletes, List<int[]> groups)
    {
        var lists = groups.ConvertAll(group => clauses.Lists.Add(group));
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var package in groups[i])
            {
                if (view.IsInstalled(package))
                {
                    continue;
                }

                for (var j = 0; j < groups.Count; j++)
                {
                    if (i != j)
                    {
                        clauses.AddWithList(ClauseKind.SplitObsoletes, -package, lists[j], obsoletes);
                    }
                }
            }
        }
    }
}
