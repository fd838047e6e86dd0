namespace NodeImage.Rpm.Solving;

/// <summary>A relation between two packages, seen from one of them.</summary>
/// <param name="Other">The other package.</param>
/// <param name="IsForScriptlets">Whether a scriptlet needs it, which makes it the last to be given up in a circle.</param>
internal readonly record struct OrderRelation(int Other, bool IsForScriptlets);

/// <summary>Which package goes before which. The newest relation of a package comes last in its list.</summary>
internal sealed class OrderRelations(int count)
{
    private readonly List<OrderRelation>?[] _followers = new List<OrderRelation>?[count];
    private readonly List<OrderRelation>?[] _predecessors = new List<OrderRelation>?[count];

    public int Count => count;

    /// <summary>What has to come after a package.</summary>
    public IReadOnlyList<OrderRelation> FollowersOf(int package) => _followers[package] ?? [];

    /// <summary>What has to come before a package.</summary>
    public IReadOnlyList<OrderRelation> PredecessorsOf(int package) => _predecessors[package] ?? [];

    /// <summary>Notes that one package comes before another.</summary>
    /// <param name="first">The one that comes first.</param>
    /// <param name="second">The one that comes after it.</param>
    /// <param name="isForScriptlets">Whether a scriptlet needs it.</param>
    /// <param name="isReversed">Whether it was the first that asked for it.</param>
    public void Add(int first, int second, bool isForScriptlets, bool isReversed)
    {
        // rpm merges a relation with the newest one only, and looks for it among those in the direction of whoever asks.
        var newest = isReversed ? _predecessors[first] : _followers[first];
        if (newest is [.., var last] && last.Other == second)
        {
            Strengthen(newest, newest.Count - 1, isForScriptlets);
            var others = (isReversed ? _followers[second] : _predecessors[second])!;
            Strengthen(others, others.FindLastIndex(relation => relation.Other == first), isForScriptlets);
            return;
        }

        (_followers[first] ??= []).Add(new OrderRelation(second, isForScriptlets));
        (_predecessors[second] ??= []).Add(new OrderRelation(first, isForScriptlets));
    }

    private static void Strengthen(List<OrderRelation> relations, int index, bool isForScriptlets) =>
        relations[index] = relations[index] with { IsForScriptlets = relations[index].IsForScriptlets || isForScriptlets };
}
