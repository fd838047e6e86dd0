namespace NodeImage.Rpm.Solving;

/// <summary>Remembers the clauses that each learnt clause follows from.</summary>
internal sealed class LearntHistory(ClauseStore clauses)
{
    // Lists of clauses, each ended by a 0.
    private readonly IntList _causes = new(256);
    private readonly IntList _starts = new();
    private int _begun;

    /// <summary>Begins the list for the next learnt clause.</summary>
    public void Begin() => _begun = _causes.Count;

    public void Add(int clause) => _causes.Add(clause);

    public void End() => _causes.Add(0);

    /// <summary>Gives the list that was ended last to the clause that was learnt last.</summary>
    public void Attach() => _starts.Add(_begun);

    /// <summary>The clauses that a learnt clause follows from.</summary>
    public ReadOnlySpan<int> CausesOf(int learnt)
    {
        var rest = _causes.Span[_starts[learnt - clauses.LearntStart]..];
        return rest[..rest.IndexOf(0)];
    }

    /// <summary>Turns learnt clauses off and on again as the clauses that they follow from are.</summary>
    public void Refresh()
    {
        for (var learnt = clauses.LearntStart; learnt < clauses.Count; learnt++)
        {
            var holds = true;
            foreach (var cause in CausesOf(learnt))
            {
                holds &= !clauses[cause].IsDisabled;
            }

            clauses[learnt].IsDisabled = !holds;
        }
    }

    /// <summary>Replaces learnt clauses in a list by all that they follow from, each clause being named once.</summary>
    public List<int> Expand(IReadOnlyList<int> proof)
    {
        var found = new List<int>();
        var seen = new HashSet<int>();
        var work = new Stack<int>(proof.Reverse());
        while (work.TryPop(out var clause))
        {
            if (!seen.Add(clause))
            {
                continue;
            }

            if (!clauses.IsLearnt(clause))
            {
                found.Add(clause);
                continue;
            }

            var causes = CausesOf(clause);
            for (var i = causes.Length - 1; i >= 0; i--)
            {
                work.Push(causes[i]);
            }
        }

        return found;
    }
}
