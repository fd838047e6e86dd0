namespace NodeImage.Rpm.Solving;

/// <summary>
/// Leaves out candidates that other candidates obsolete. Where some obsolete each other in a circle, all of the circle stays
/// unless one outside of it obsoletes it. Circles are found as in Tarjan's algorithm for strongly connected components.
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

        var circles = StrongComponents.Find(edges);
        var obsoleted = new HashSet<int>();
        for (var i = 0; i < edges.Length; i++)
        {
            foreach (var other in edges[i])
            {
                if (circles[i] != circles[other])
                {
                    obsoleted.Add(circles[other]);
                }
            }
        }

        var kept = 0;
        for (var i = 0; i < circles.Length; i++)
        {
            if (!obsoleted.Contains(circles[i]))
            {
                candidates[kept++] = candidates[i];
            }
        }

        candidates.Truncate(kept);
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
