namespace NodeImage.Rpm.Dependencies;

/// <summary>
/// A dependency in parentheses, as rpm's "Boolean Dependencies" manual page describes: a tree whose leaves are plain dependencies.
/// </summary>
public abstract record RichDependency
{
    private RichDependency()
    {
    }

    /// <summary>A plain dependency.</summary>
    /// <param name="Dependency">The dependency.</param>
    public sealed record Leaf(Dependency Dependency) : RichDependency;

    /// <summary>All terms must hold.</summary>
    /// <param name="Terms">At least two terms, in the order written.</param>
    public sealed record And(IReadOnlyList<RichDependency> Terms) : RichDependency;

    /// <summary>One of the terms must hold.</summary>
    /// <param name="Terms">At least two terms, in the order written.</param>
    public sealed record Or(IReadOnlyList<RichDependency> Terms) : RichDependency;

    /// <summary><c>A if B [else C]</c>: A where B holds, else C.</summary>
    /// <param name="Then">What must hold when the condition does.</param>
    /// <param name="Condition">The condition.</param>
    /// <param name="Else">What must hold otherwise, or null for nothing.</param>
    public sealed record If(RichDependency Then, RichDependency Condition, RichDependency? Else) : RichDependency;

    /// <summary><c>A unless B [else C]</c>: for conflicts, A where B does not hold, else C.</summary>
    /// <param name="Then">What is meant when the condition does not hold.</param>
    /// <param name="Condition">The condition.</param>
    /// <param name="Else">What is meant otherwise, or null for nothing.</param>
    public sealed record Unless(RichDependency Then, RichDependency Condition, RichDependency? Else) : RichDependency;

    /// <summary>All terms must hold for one and the same package.</summary>
    /// <param name="Terms">At least two terms, in the order written.</param>
    public sealed record With(IReadOnlyList<RichDependency> Terms) : RichDependency;

    /// <summary>One package must fulfil the first term and not the second.</summary>
    /// <param name="Included">What the package fulfils.</param>
    /// <param name="Excluded">What it does not.</param>
    public sealed record Without(RichDependency Included, RichDependency Excluded) : RichDependency;
}
