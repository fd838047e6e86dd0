namespace NodeImage.Rpm.Solving;

/// <summary>
/// Follows decisions up: wherever all literals of a clause but one have become false, the last one is decided. Each clause
/// watches two of its literals, and is looked at only when one of those becomes false.
/// </summary>
internal sealed class Propagator
{
    private readonly ClauseStore _clauses;
    private readonly Trail _trail;
    private readonly int _offset;

    // By literal (plus the offset), the first clause that watches it.
    private readonly int[] _heads;

    public Propagator(ClauseStore clauses, Trail trail)
    {
        _clauses = clauses;
        _trail = trail;
        _offset = trail.Levels.Length;
        _heads = new int[2 * _offset];
        for (var clause = clauses.Count - 1; clause > 0; clause--)
        {
            if (clauses[clause].Watch2 != 0)
            {
                Watch(clause);
            }
        }
    }

    /// <summary>Begins to watch a clause of two literals or more.</summary>
    public void Watch(int clause)
    {
        ref var c = ref _clauses[clause];
        ref var first = ref _heads[_offset + c.Watch1];
        c.Next1 = first;
        first = clause;
        ref var second = ref _heads[_offset + c.Watch2];
        c.Next2 = second;
        second = clause;
    }

    /// <summary>Follows up all decisions that have not been yet.</summary>
    /// <param name="level">The level that decisions are made at.</param>
    /// <returns>A clause that all decisions together make false, or 0.</returns>
    public int Propagate(int level)
    {
        while (_trail.Propagated < _trail.Count)
        {
            var conflict = Visit(-_trail.LiteralAt(_trail.Propagated++), level);
            if (conflict != 0)
            {
                return conflict;
            }
        }

        return 0;
    }

    /// <summary>Visits the clauses that watch a literal which has become false.</summary>
    private int Visit(int falsified, int level)
    {
        var clauses = _clauses.Items;
        ref var link = ref _heads[_offset + falsified];
        while (link != 0)
        {
            var clause = link;
            ref var c = ref clauses[clause];
            var isFirst = falsified == c.Watch1;
            ref var next = ref isFirst ? ref c.Next1 : ref c.Next2;
            var other = isFirst ? c.Watch2 : c.Watch1;
            if (c.IsDisabled || _trail.IsTrue(other))
            {
                link = ref next;
                continue;
            }

            if (c.Rest != 0)
            {
                var replacement = FindReplacement(ref c, other);
                if (replacement != 0)
                {
                    link = next;
                    (isFirst ? ref c.Watch1 : ref c.Watch2) = replacement;
                    ref var head = ref _heads[_offset + replacement];
                    next = head;
                    head = clause;
                    continue;
                }
            }

            if (_trail.IsFalse(other))
            {
                return clause;
            }

            _trail.Decide(other, level, clause);
            link = ref next;
        }

        return 0;
    }

    private int FindReplacement(ref Clause clause, int other)
    {
        if (clause.First != other && !_trail.IsFalse(clause.First))
        {
            return clause.First;
        }

        var items = _clauses.Lists.Items;
        for (var i = clause.Rest; items[i] != 0; i++)
        {
            if (items[i] != other && !_trail.IsFalse(items[i]))
            {
                return items[i];
            }
        }

        return 0;
    }
}
