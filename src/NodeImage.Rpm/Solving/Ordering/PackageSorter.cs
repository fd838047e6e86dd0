namespace NodeImage.Rpm.Solving;

/// <summary>Sorts packages by their relations; circles are taken as a whole once nothing outside of them has to come before.</summary>
internal sealed class PackageSorter
{
    /// <summary>The color of packages that come first where there is a choice.</summary>
    public const int PreferredColor = 2;

    private const int OnItsOwn = -1;

    private readonly IReadOnlyList<OrderedPackage> _packages;
    private readonly OrderRelations _relations;
    private readonly bool _isRemoval;
    private readonly List<OrderCircle> _circles = [];
    private readonly int[] _circleOf;
    private readonly int[] _waitsFor;
    private readonly bool[] _isTaken;
    private readonly List<int> _order = [];

    public PackageSorter(IReadOnlyList<OrderedPackage> packages, OrderRelations relations, bool isRemoval)
    {
        _packages = packages;
        _relations = relations;
        _isRemoval = isRemoval;
        _circleOf = new int[packages.Count];
        _waitsFor = new int[packages.Count];
        _isTaken = new bool[packages.Count];
        for (var package = 0; package < packages.Count; package++)
        {
            _waitsFor[package] = relations.PredecessorsOf(package).Count;
        }

        FindCircles();
    }

    /// <summary>The packages in order.</summary>
    public IReadOnlyList<int> Sort()
    {
        var queue = NewQueue();
        for (var package = 0; package < _packages.Count; package++)
        {
            if (_waitsFor[package] == 0)
            {
                queue.Add(package);
            }
        }

        foreach (var circle in _circles.Where(circle => circle.WaitsFor == 0))
        {
            queue.Add(circle.Members[0]);
        }

        while (queue.TryTake(out var package))
        {
            if (_circleOf[package] == OnItsOwn)
            {
                Take(package, queue, queue);
            }
            else
            {
                TakeCircle(_circles[_circleOf[package]], queue);
            }
        }

        return _order;
    }

    private ReadyQueue NewQueue() => new(_packages, _relations, _isRemoval);

    private void FindCircles()
    {
        // Newest relations first, as everywhere.
        var edges = new int[_packages.Count][];
        for (var package = 0; package < edges.Length; package++)
        {
            edges[package] = [.. _relations.FollowersOf(package).Reverse().Select(relation => relation.Other)];
        }

        Array.Fill(_circleOf, OnItsOwn);
        foreach (var members in StrongComponents.Find(edges).Where(members => members.Count > 1))
        {
            foreach (var member in members)
            {
                _circleOf[member] = _circles.Count;
            }

            var outside = members.Sum(member => _relations.PredecessorsOf(member).Count(relation => _circleOf[relation.Other] != _circles.Count));
            _circles.Add(new OrderCircle(members, outside));
        }
    }

    /// <summary>Takes a package and adds what becomes free to a queue: of its own circle, or the one for all others.</summary>
    private void Take(int package, ReadyQueue own, ReadyQueue outer)
    {
        _order.Add(package);
        var circle = _circleOf[package];
        var followers = _relations.FollowersOf(package);
        for (var i = followers.Count - 1; i >= 0; i--)
        {
            var other = followers[i].Other;
            if (_isTaken[other])
            {
                continue;
            }

            if (--_waitsFor[other] == 0)
            {
                (circle == _circleOf[other] ? own : outer).Add(other);
            }

            if (_circleOf[other] != OnItsOwn && _circleOf[other] != circle && --_circles[_circleOf[other]].WaitsFor == 0)
            {
                outer.Add(other);
            }
        }

        _isTaken[package] = true;
    }

    private void TakeCircle(OrderCircle circle, ReadyQueue outer)
    {
        var distances = circle.Distances(_relations);
        while (Farthest(circle.Members, distances) is var start and >= 0)
        {
            var inner = NewQueue();
            inner.Add(start);
            while (inner.TryTake(out var package))
            {
                Take(package, inner, outer);
            }
        }
    }

    // The one whose requirements can be given up with the least harm to scriptlets; the last of equals.
    private int Farthest(IReadOnlyList<int> members, IReadOnlyDictionary<int, int> distances)
    {
        var best = -1;
        foreach (var member in members)
        {
            if (!_isTaken[member] && (best < 0 || distances[member] >= distances[best]))
            {
                best = member;
            }
        }

        return best;
    }
}
