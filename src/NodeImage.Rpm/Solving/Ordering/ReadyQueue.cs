namespace NodeImage.Rpm.Solving;

/// <summary>Packages that can come next, those that most others wait for first. Among equals the one added last comes first.</summary>
internal sealed class ReadyQueue(IReadOnlyList<OrderedPackage> packages, OrderRelations relations, bool isRemoval)
{
    private readonly LinkedList<int> _queue = [];

    public void Add(int package)
    {
        var color = packages[package].Color;
        // 64-bit packages are installed before and removed after others.
        var goesBehind = color != 0 && (color == PackageSorter.PreferredColor) == isRemoval;
        var weight = relations.FollowersOf(package).Count;
        for (var node = _queue.First; node is not null; node = node.Next)
        {
            if (goesBehind && packages[node.Value].Color != color)
            {
                continue;
            }

            if (relations.FollowersOf(node.Value).Count <= weight)
            {
                _queue.AddBefore(node, package);
                return;
            }
        }

        _queue.AddLast(package);
    }

    public bool TryTake(out int package)
    {
        package = _queue.First?.Value ?? -1;
        if (package < 0)
        {
            return false;
        }

        _queue.RemoveFirst();
        return true;
    }
}
