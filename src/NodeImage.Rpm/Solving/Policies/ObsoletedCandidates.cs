namespace NodeImage.Rpm.Solving;

/// <summary>
/// Leaves out candidates that other candidates obsolete. Where some obsolete each other in a circle, all of the circle stays
/// unless one outside of it obsoletes it.
/// </summary>
internal sealed class ObsoletedCandidates(PoolView view)
{
    public void Remove(IntList candidates)
    {
        var edges = FindEdges(candidates);
        if (edges is null)
        {
            return;
        }

        var obsoleted = FindObsoleted(edges);
        var kept = 0;
        for (var i = 0; i < edges.Length; i++)
        {
            if (!obsoleted.Contains(i))
            {
                candidates[kept++] = candidates[i];
            }
        }

        candidates.Truncate(kept);
    }

    // All of a circle that one from outside obsoletes.
    private static HashSet<int> FindObsoleted(List<int>[] edges)
    {
        var found = new HashSet<int>();
        foreach (var circle in StrongComponents.Find(edges))
        {
            for (var i = 0; i < edges.Length; i++)
            {
                if (!circle.Contains(i) && edges[i].Exists(circle.Contains))
                {
                    found.UnionWith(circle);
                }
            }
        }

        return found;
    }

    private List<int>[]? FindEdges(IntList candidates)
    {
        Dictionary<int, int>? positions = null;
        List<int>[]? edges = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            var package = candidates[i];
            for (var j = view.Packages[package].Obsoletes; view.Requirements[j] != 0; j++)
            {
                positions ??= Positions(candidates);
                foreach (var other in view.ProvidersOf(view.Requirements[j]))
                {
                    if (positions.TryGetValue(other, out var position)
                        && position != i
                        && !view.SameName(package, other)
                        && view.ObsoletesReach(package, view.Requirements[j], other))
                    {
                        edges ??= NewEdges(candidates.Count);
                        edges[i].Add(position);
                    }
                }
            }
        }

        return edges;
    }

    private static Dictionary<int, int> Positions(IntList candidates)
    {
        var positions = new Dictionary<int, int>(candidates.Count);
        for (var i = 0; i < candidates.Count; i++)
        {
            positions.TryAdd(candidates[i], i);
        }

        return positions;
    }

    private static List<int>[] NewEdges(int count)
    {
        var edges = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            edges[i] = [];
        }

        return edges;
    }
}
