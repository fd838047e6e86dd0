namespace NodeImage.Rpm.Solving;

/// <summary>
/// A clause: one of its literals must hold. A literal is a package's number, or the negative number where the package must not
/// be installed.
/// </summary>
internal struct Clause
{
    /// <summary>The first literal, or 0 where the clause is only a place kept free.</summary>
    public int First;

    /// <summary>Where the list of all other literals begins, or 0 where there are at most two; the second is then
    /// <see cref="Watch2"/>, 0 where there is none.</summary>
    public int Rest;

    /// <summary>The two literals that are watched.</summary>
    public int Watch1;
    public int Watch2;

    /// <summary>The next clauses that watch the same literals.</summary>
    public int Next1;
    public int Next2;

    /// <summary>What the clause is about: a dependency, a job or a package, depending on <see cref="Kind"/>.</summary>
    public int Detail;

    public ClauseKind Kind;
    public bool IsDisabled;

    /// <summary>Whether the clause has one literal.</summary>
    public readonly bool IsAssertion => Watch2 == 0 && Rest == 0 && First != 0;

    /// <summary>Whether the clause has two literals at most.</summary>
    public readonly bool IsShort => Rest == 0;
}

/// <summary>A run of clauses of one kind.</summary>
internal readonly record struct ClauseRange(int Start, int End)
{
    public int Count => End - Start;

    public bool Contains(int clause) => clause >= Start && clause < End;
}
