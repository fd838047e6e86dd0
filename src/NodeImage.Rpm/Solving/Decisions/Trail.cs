namespace NodeImage.Rpm.Solving;

/// <summary>Why a level of decisions was begun.</summary>
internal enum DecisionReason
{
    /// <summary>It follows from the clauses alone.</summary>
    None,
    Job,
    UpdateInstalled,
    KeepInstalled,
    Dependency,
    Weak,
    Orphan,
    CleanUp,
}

/// <summary>
/// What has been decided so far, in order. Level 1 holds what follows from the clauses alone; each further level begins with a
/// free decision and holds what followed from it.
/// </summary>
internal sealed class Trail(int packageCount)
{
    private readonly int[] _levels = new int[packageCount];
    private readonly IntList _literals = new(256);
    private readonly IntList _clauses = new(256);
    private readonly IntList _reasons = new();

    /// <summary>How many decisions there are.</summary>
    public int Count => _literals.Count;

    /// <summary>How many of the decisions have been followed up.</summary>
    public int Propagated { get; set; }

    /// <summary>By package, the level at which it was decided to install it, the negative level where it was decided not to,
    /// 0 where nothing is decided.</summary>
    public int[] Levels => _levels;

    public ReadOnlySpan<int> Literals => _literals.Span;

    /// <summary>The literal that was decided at a position.</summary>
    public int LiteralAt(int position) => _literals[position];

    /// <summary>The clause that a decision follows from; for a free decision the negative of the clause it is to fulfil, or 0.</summary>
    public int ClauseAt(int position) => _clauses[position];

    /// <summary>Why a level was begun.</summary>
    public DecisionReason ReasonOf(int level) => (DecisionReason)_reasons[level];

    public bool IsUndecided(int package) => _levels[package] == 0;

    public bool IsInstalled(int package) => _levels[package] > 0;

    public bool IsRejected(int package) => _levels[package] < 0;

    public bool IsTrue(int literal) => literal > 0 ? _levels[literal] > 0 : _levels[-literal] < 0;

    public bool IsFalse(int literal) => literal > 0 ? _levels[literal] < 0 : _levels[-literal] > 0;

    /// <summary>Whether a literal is a package that is installed, or a condition (a negative literal) that is not false.</summary>
    public bool IsTrueOrOpenCondition(int literal) => literal > 0 ? _levels[literal] > 0 : _levels[-literal] <= 0;

    /// <summary>The level at which a package was decided on.</summary>
    public int LevelOf(int literal) => Math.Abs(_levels[Math.Abs(literal)]);

    public void Decide(int literal, int level, int clause)
    {
        _levels[Math.Abs(literal)] = literal > 0 ? level : -level;
        _literals.Add(literal);
        _clauses.Add(clause);
    }

    /// <summary>Begins a level.</summary>
    public void BeginLevel(DecisionReason reason) => _reasons.Add((int)reason);

    /// <summary>Takes back everything above a level.</summary>
    public void Revert(int level)
    {
        while (_literals.Count > 0)
        {
            var package = Math.Abs(_literals[_literals.Count - 1]);
            if (Math.Abs(_levels[package]) <= level)
            {
                break;
            }

            _levels[package] = 0;
            Truncate(_literals.Count - 1);
            Propagated = _literals.Count;
        }

        _reasons.Truncate(level + 1);
    }

    /// <summary>Takes back everything.</summary>
    public void Reset()
    {
        foreach (var literal in _literals.Span)
        {
            _levels[Math.Abs(literal)] = 0;
        }

        Truncate(0);
        _reasons.Clear();
        Propagated = 0;
    }

    /// <summary>Takes back the decisions from a position on, all of level 1.</summary>
    public void RevertTo(int position)
    {
        while (_literals.Count > position)
        {
            _levels[Math.Abs(_literals[_literals.Count - 1])] = 0;
            Truncate(_literals.Count - 1);
        }
    }

    private void Truncate(int count)
    {
        _literals.Truncate(count);
        _clauses.Truncate(count);
    }
}
