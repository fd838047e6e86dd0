namespace NodeImage.Rpm.Solving;

/// <summary>Clauses that are given up, the last ones first, where they are in the way of a solution.</summary>
internal sealed class WeakClauses
{
    private readonly IntList _clauses = new();
    private PackageSet? _set;

    public bool Any => _clauses.Count > 0;

    public void Add(int clause) => _clauses.Add(clause);

    /// <summary>Makes lookups possible; no clauses may be added afterwards.</summary>
    public void Freeze(int clauseCount)
    {
        if (!Any)
        {
            return;
        }

        _set = new PackageSet(clauseCount);
        foreach (var clause in _clauses.Span)
        {
            _set.Add(clause);
        }
    }

    /// <summary>Whether a clause, not a learnt one, is weak.</summary>
    public bool Contains(int clause) => _set is not null && _set.Contains(clause);
}
