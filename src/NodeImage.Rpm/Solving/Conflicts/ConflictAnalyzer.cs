namespace NodeImage.Rpm.Solving;

/// <summary>
/// Learns from conflicts: works back from a clause that has become false to the decisions that made it so, up to the one point of
/// the current level that all of them pass through, and stores what must not be decided together again as a new clause.
/// </summary>
internal sealed class ConflictAnalyzer(
    ClauseStore clauses, Trail trail, Propagator propagator, LearntHistory history, IntList assertions)
{
    private readonly PackageSet _seen = new(trail.Levels.Length);
    private readonly IntList _lower = new();

    /// <summary>Learns from a conflict. The caller takes decisions back to the level returned; there the new clause has one
    /// literal left to decide.</summary>
    /// <param name="level">The level of the conflict, at least 2.</param>
    /// <param name="conflict">The clause that is false.</param>
    /// <returns>The literals of the new clause, the one to decide first, and the level to go back to.</returns>
    public (int Asserted, int Level) Analyze(int level, int conflict)
    {
        _seen.Clear();
        _lower.Clear();
        history.Begin();
        var backLevel = 1;
        var atLevel = 0;
        var atBottom = 0;
        var asserted = 0;
        var position = trail.Count;
        var clause = conflict;
        while (true)
        {
            if (clause > 0)
            {
                history.Add(clause);
                Resolve(clause, level, ref atLevel, ref atBottom, ref backLevel);
            }

            if (atLevel == 0 && --atBottom <= 0)
            {
                break;
            }

            position = FindSeen(position);
            var literal = trail.LiteralAt(position);
            _seen.Remove(Math.Abs(literal));
            if (atLevel > 0 && --atLevel == 0)
            {
                // The point that all of this level passes through; what is left is only gathered for the history.
                asserted = -literal;
                if (atBottom == 0)
                {
                    break;
                }

                foreach (var lower in _lower.Span)
                {
                    _seen.Remove(Math.Abs(lower));
                }

                atBottom++;
                clause = 0;
                continue;
            }

            clause = trail.ClauseAt(position);
        }

        history.End();
        return (asserted, backLevel);
    }

    /// <summary>Stores what <see cref="Analyze"/> found; decisions have been taken back by now.</summary>
    /// <param name="asserted">The literal to decide.</param>
    /// <returns>The new clause.</returns>
    public int Store(int asserted)
    {
        var learnt = clauses.AddWithList(ClauseKind.Learnt, asserted, clauses.Lists.Add(_lower.Span));
        history.Attach();
        if (clauses[learnt].Watch2 != 0)
        {
            WatchHighest(ref clauses[learnt]);
            propagator.Watch(learnt);
        }
        else
        {
            assertions.Add(learnt);
        }

        return learnt;
    }

    private void Resolve(int clause, int level, ref int atLevel, ref int atBottom, ref int backLevel)
    {
        foreach (var literal in clauses.LiteralsOf(clause))
        {
            var package = Math.Abs(literal);
            if (trail.IsTrue(literal) || _seen.Contains(package))
            {
                continue;
            }

            _seen.Add(package);
            var literalLevel = trail.LevelOf(literal);
            if (literalLevel == 1)
            {
                atBottom++;
            }
            else if (literalLevel == level)
            {
                atLevel++;
            }
            else
            {
                _lower.Add(literal);
                backLevel = Math.Max(backLevel, literalLevel);
            }
        }
    }

    private int FindSeen(int position)
    {
        do
        {
            position--;
        }
        while (!_seen.Contains(Math.Abs(trail.LiteralAt(position))));
        return position;
    }

    private void WatchHighest(ref Clause clause)
    {
        if (clause.Rest == 0)
        {
            return;
        }

        var highest = 0;
        foreach (var literal in clauses.Lists[clause.Rest])
        {
            if (trail.LevelOf(literal) > highest)
            {
                highest = trail.LevelOf(literal);
                clause.Watch2 = literal;
            }
        }
    }
}
