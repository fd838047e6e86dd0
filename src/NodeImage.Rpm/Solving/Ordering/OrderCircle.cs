namespace NodeImage.Rpm.Solving;

/// <summary>Packages that need each other.</summary>
/// <param name="members">The packages.</param>
/// <param name="waitsFor">How many relations to packages outside of it have to be met before any of it can come.</param>
internal sealed class OrderCircle(IReadOnlyList<int> members, int waitsFor)
{
    private const int Unreached = int.MaxValue;

    public IReadOnlyList<int> Members => members;

    public int WaitsFor { get; set; } = waitsFor;

    /// <summary>
    /// How far each package is from the nearest whose scriptlets need something of the circle, along what they need: a breadth-first
    /// search, as all steps are of one length.
    /// </summary>
    public IReadOnlyDictionary<int, int> Distances(OrderRelations relations)
    {
        var distances = new Dictionary<int, int>(members.Count);
        var queue = new Queue<int>();
        foreach (var member in members)
        {
            distances.Add(member, Unreached);
        }

        foreach (var member in members.Where(member => relations.PredecessorsOf(member).Any(relation => relation.IsForScriptlets && distances.ContainsKey(relation.Other))))
        {
            distances[member] = 0;
            queue.Enqueue(member);
        }

        while (queue.TryDequeue(out var package))
        {
            var needed = relations.PredecessorsOf(package);
            for (var i = needed.Count - 1; i >= 0; i--)
            {
                if (distances.TryGetValue(needed[i].Other, out var distance) && distance > distances[package] + 1)
                {
                    distances[needed[i].Other] = distances[package] + 1;
                    queue.Enqueue(needed[i].Other);
                }
            }
        }

        return distances;
    }
}
