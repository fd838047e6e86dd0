using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Propagation, learning and going back, over clauses of bare numbers.</summary>
public sealed class SearchTests
{
    private const int Packages = 12;

    private readonly ClauseStore _clauses = new(new ListStore());
    private readonly Trail _trail = new(Packages);

    [Fact]
    public void The_last_literal_of_a_clause_is_decided()
    {
        var clause = Add(-2, 3);
        var propagator = Begin();
        Decide(2, 2);
        Assert.Equal(0, propagator.Propagate(2));
        Assert.Equal([2, 3], _trail.Literals.ToArray());
        Assert.Equal(clause, _trail.ClauseAt(1));
        Assert.Equal(2, _trail.LevelOf(3));
    }

    [Fact]
    public void A_long_clause_waits_until_one_literal_is_left()
    {
        Add(-2, 3, 4, 5);
        var propagator = Begin();
        Decide(2, 2);
        Assert.Equal(0, propagator.Propagate(2));
        Decide(-4, 3);
        Assert.Equal(0, propagator.Propagate(3));
        Assert.Equal([2, -4], _trail.Literals.ToArray());
        Decide(-3, 4);
        Assert.Equal(0, propagator.Propagate(4));
        Assert.Equal([2, -4, -3, 5], _trail.Literals.ToArray());
    }

    [Fact]
    public void A_clause_without_a_way_out_is_a_conflict()
    {
        Add(-2, 3);
        var conflict = Add(-2, -3);
        var propagator = Begin();
        Decide(2, 2);
        Assert.InRange(propagator.Propagate(2), conflict - 1, conflict);
    }

    [Fact]
    public void A_clause_that_is_turned_off_decides_nothing()
    {
        _clauses.Disable(Add(-2, 3));
        var propagator = Begin();
        Decide(2, 2);
        Assert.Equal(0, propagator.Propagate(2));
        Assert.True(_trail.IsUndecided(3));
    }

    [Fact]
    public void Taking_a_level_back_takes_all_with_it_that_followed()
    {
        Add(-2, 3);
        Add(-4, 5);
        var propagator = Begin();
        Decide(2, 2);
        propagator.Propagate(2);
        Decide(4, 3);
        propagator.Propagate(3);
        _trail.Revert(2);
        Assert.Equal([2, 3], _trail.Literals.ToArray());
        Assert.True(_trail.IsUndecided(5));

        // Watched literals need no repair: the same decision has the same consequences again.
        Decide(4, 3);
        Assert.Equal(0, propagator.Propagate(3));
        Assert.True(_trail.IsInstalled(5));
    }

    [Fact]
    public void A_conflict_teaches_which_decisions_cannot_be_together()
    {
        // 2 is decided first and matters; 3 is decided between and does not; 4 brings the conflict about.
        Add(-4, 5);
        Add(-5, 6);
        Add(-5, -2, -6);
        var (propagator, analyzer, history) = BeginLearning();
        Decide(2, 2);
        Assert.Equal(0, propagator.Propagate(2));
        Decide(3, 3);
        Assert.Equal(0, propagator.Propagate(3));
        Decide(4, 4);
        var conflict = propagator.Propagate(4);
        Assert.NotEqual(0, conflict);

        // 5 is the point that everything on this level passes through: what is learnt is "not 5 with 2".
        var (asserted, level) = analyzer.Analyze(4, conflict);
        Assert.Equal((-5, 2), (asserted, level));
        _trail.Revert(level);
        var learnt = analyzer.Store(asserted);
        Assert.Equal([-5, -2], Literals(learnt));
        Assert.Equal([2, 3], history.CausesOf(learnt).ToArray().Order());
        Assert.True(_trail.IsUndecided(3));
    }

    [Fact]
    public void What_follows_from_one_decision_alone_holds_for_good()
    {
        Add(-2, 3);
        Add(-2, 4);
        Add(-3, -4);
        var (propagator, analyzer, _) = BeginLearning();
        Decide(2, 2);
        var conflict = propagator.Propagate(2);
        var (asserted, level) = analyzer.Analyze(2, conflict);
        Assert.Equal((-2, 1), (asserted, level));
        _trail.Revert(level);
        var learnt = analyzer.Store(asserted);
        Assert.True(_clauses[learnt].IsAssertion);
    }

    [Fact]
    public void Learnt_clauses_go_with_those_that_they_follow_from()
    {
        var first = Add(-2, 3);
        Add(-2, 4);
        Add(-3, -4);
        var (propagator, analyzer, history) = BeginLearning();
        Decide(2, 2);
        var (asserted, level) = analyzer.Analyze(2, propagator.Propagate(2));
        _trail.Revert(level);
        var learnt = analyzer.Store(asserted);
        _clauses.Disable(first);
        history.Refresh();
        Assert.True(_clauses[learnt].IsDisabled);
        _clauses.Enable(first);
        history.Refresh();
        Assert.False(_clauses[learnt].IsDisabled);
        Assert.Equal([1, 2, 3], history.Expand([learnt]).Order());
    }

    [Fact]
    public void Equal_clauses_are_kept_once_with_the_stronger_reason()
    {
        _clauses.Add(ClauseKind.Conflicts, -3, -2, 7);
        _clauses.Add(ClauseKind.SameName, -3, -2, 9);
        _clauses.Add(ClauseKind.Requires, -4, 5);
        _clauses.SortAndUnify();
        Assert.Equal(3, _clauses.Count);
        Assert.Equal([ClauseKind.Requires, ClauseKind.SameName], Enumerable.Range(1, 2).Select(clause => _clauses[clause].Kind));
    }

    private int Add(params int[] literals) => _clauses.Add(ClauseKind.Requires, literals);

    private int[] Literals(int clause)
    {
        var literals = new List<int>();
        foreach (var literal in _clauses.LiteralsOf(clause))
        {
            literals.Add(literal);
        }

        return [.. literals];
    }

    private Propagator Begin()
    {
        _clauses.LearntStart = _clauses.Count;
        Decide(PackagePool.SystemPackage, 1);
        var propagator = new Propagator(_clauses, _trail);
        Assert.Equal(0, propagator.Propagate(1));
        _trail.Reset();
        return propagator;
    }

    private (Propagator Propagator, ConflictAnalyzer Analyzer, LearntHistory History) BeginLearning()
    {
        var propagator = Begin();
        var history = new LearntHistory(_clauses);
        return (propagator, new ConflictAnalyzer(_clauses, _trail, propagator, history, new IntList()), history);
    }

    private void Decide(int literal, int level) => _trail.Decide(literal, level, 0);
}
