namespace NodeImage.Rpm.Solving;

/// <summary>All clauses, numbered from 1: dependencies first, then one run for each kind, learnt ones last.</summary>
internal sealed class ClauseStore(ListStore lists)
{
    private Clause[] _clauses = new Clause[1024];

    /// <summary>One more than the highest number given out.</summary>
    public int Count { get; private set; } = 1;

    public ListStore Lists => lists;

    /// <summary>The clauses of packages' dependencies, without gaps from 1.</summary>
    public ClauseRange Dependencies { get; set; } = new(1, 1);

    /// <summary>One clause for each installed package.</summary>
    public ClauseRange Features { get; set; }

    /// <summary>One clause for each installed package.</summary>
    public ClauseRange Updates { get; set; }

    public ClauseRange Jobs { get; set; }

    public ClauseRange InferiorArchitectures { get; set; }

    public ClauseRange DistUpgrades { get; set; }

    public ClauseRange Best { get; set; }

    /// <summary>Where, within <see cref="Best"/>, those of installed packages begin.</summary>
    public int BestUpdatesStart { get; set; }

    public ClauseRange SplitObsoletes { get; set; }

    public ClauseRange Blacklist { get; set; }

    public ClauseRange FavoredRecommends { get; set; }

    public ClauseRange RepositoryPriorities { get; set; }

    public ClauseRange Choices { get; set; }

    /// <summary>Where learnt clauses begin; 0 until all others are made.</summary>
    public int LearntStart { get; set; }

    public ref Clause this[int clause] => ref _clauses[clause];

    public Clause[] Items => _clauses;

    public bool IsLearnt(int clause) => LearntStart != 0 && clause >= LearntStart;

    /// <summary>Adds a clause of up to two literals.</summary>
    /// <returns>Its number.</returns>
    public int Add(ClauseKind kind, int first, int second = 0, int detail = 0)
    {
        if (Count == _clauses.Length)
        {
            Array.Resize(ref _clauses, Count * 2);
        }

        _clauses[Count] = new Clause { Kind = kind, First = first, Watch1 = first, Watch2 = second, Detail = detail };
        return Count++;
    }

    /// <summary>Adds a clause whose literals after the first are a stored list.</summary>
    /// <returns>Its number.</returns>
    public int AddWithList(ClauseKind kind, int first, int list, int detail = 0)
    {
        var rest = lists[list];
        if (rest.Length < 2)
        {
            return Add(kind, first, rest.IsEmpty ? 0 : rest[0], detail);
        }

        var clause = Add(kind, first, rest[0], detail);
        _clauses[clause].Rest = list;
        return clause;
    }

    /// <summary>Adds a clause of any length.</summary>
    /// <returns>Its number.</returns>
    public int Add(ClauseKind kind, ReadOnlySpan<int> literals, int detail = 0) => literals.Length switch
    {
        1 => Add(kind, literals[0], 0, detail),
        2 => Add(kind, literals[0], literals[1], detail),
        _ => AddWithList(kind, literals[0], lists.Add(literals[1..]), detail),
    };

    /// <summary>Adds a place that is kept free.</summary>
    public int AddPlaceholder() => Add(ClauseKind.None, 0);

    public void Disable(int clause) => _clauses[clause].IsDisabled = true;

    public void Enable(int clause) => _clauses[clause].IsDisabled = false;

    /// <summary>Forgets all clauses from a number on.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>The literals of a clause.</summary>
    public Literals LiteralsOf(int clause)
    {
        ref var c = ref _clauses[clause];
        return c.Rest == 0 ? new Literals(c.First, c.Watch2, default) : new Literals(c.First, 0, lists[c.Rest]);
    }

    /// <summary>Orders two clauses by their literals; equal ones have the same literals in the same order.</summary>
    public int Compare(int left, int right) => Compare(in _clauses[left], in _clauses[right]);

    public int Compare(in Clause left, in Clause right)
    {
        var order = left.First.CompareTo(right.First);
        if (order != 0)
        {
            return order;
        }

        if (left.Rest == 0 || right.Rest == 0)
        {
            var a = left.Rest == 0 ? left.Watch2 : lists.Items[left.Rest];
            var b = right.Rest == 0 ? right.Watch2 : lists.Items[right.Rest];
            return a != b ? a.CompareTo(b) : (left.Rest != 0).CompareTo(right.Rest != 0);
        }

        // The 0 that ends each list takes part, so that a list sorts before those it begins only if a package follows.
        var x = lists.Items.AsSpan(left.Rest, lists.Items[left.Rest - 1] + 1);
        var y = lists.Items.AsSpan(right.Rest, lists.Items[right.Rest - 1] + 1);
        return left.Rest == right.Rest ? 0 : x.SequenceCompareTo(y);
    }

    /// <summary>Sorts the clauses from 1 on and keeps one of each kind of equal ones.</summary>
    public void SortAndUnify()
    {
        _clauses.AsSpan(1, Count - 1).Sort((left, right) => Compare(in left, in right));
        var kept = 1;
        for (var i = 2; i < Count; i++)
        {
            if (Compare(i, kept) != 0)
            {
                _clauses[++kept] = _clauses[i];
            }
            else if (Prefers(in _clauses[i], in _clauses[kept]))
            {
                _clauses[kept] = _clauses[i];
            }
        }

        Count = Math.Min(Count, kept + 1);
    }

    private static bool Prefers(in Clause candidate, in Clause current) =>
        candidate.Kind != current.Kind ? candidate.Kind < current.Kind : candidate.Detail < current.Detail;

    /// <summary>The literals of one clause, for <c>foreach</c>.</summary>
    public readonly ref struct Literals(int first, int second, ReadOnlySpan<int> rest)
    {
        private readonly int _first = first;
        private readonly int _second = second;
        private readonly ReadOnlySpan<int> _rest = rest;

        public Enumerator GetEnumerator() => new(_first, _second, _rest);

        public int Count => (_first == 0 ? 0 : 1) + (_second == 0 ? 0 : 1) + _rest.Length;

        public bool Contains(int literal)
        {
            foreach (var other in this)
            {
                if (other == literal)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public ref struct Enumerator(int first, int second, ReadOnlySpan<int> rest)
    {
        private readonly int _first = first;
        private readonly int _second = second;
        private readonly ReadOnlySpan<int> _rest = rest;
        private int _position = -1;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            _position++;
            Current = _position == 0 ? _first
                : _rest.IsEmpty ? (_position == 1 ? _second : 0)
                : _position <= _rest.Length ? _rest[_position - 1] : 0;
            return Current != 0;
        }
    }
}
