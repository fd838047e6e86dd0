namespace NodeImage.Rpm.Solving;

/// <summary>How a dependency is made up of others.</summary>
internal enum DependencyKind : byte
{
    /// <summary>A bare capability: <c>First</c> is the index of its text.</summary>
    Name,

    /// <summary><c>First</c> within the versions that <c>Second</c> (a version) and <c>Third</c> (<see cref="VersionRange"/>) allow.</summary>
    Range,

    /// <summary><c>First</c> from packages of the architecture <c>Second</c>.</summary>
    Architecture,

    /// <summary>Both <c>First</c> and <c>Second</c>.</summary>
    And,

    /// <summary><c>First</c>, <c>Second</c> or both.</summary>
    Or,

    /// <summary><c>First</c> and <c>Second</c> from one package.</summary>
    With,

    /// <summary><c>First</c> from a package that does not fulfil <c>Second</c>.</summary>
    Without,

    /// <summary><c>First</c> where <c>Second</c> holds, else <c>Third</c> where there is one.</summary>
    If,

    /// <summary><c>First</c> where <c>Second</c> does not hold, else <c>Third</c> where there is one.</summary>
    Unless,
}

/// <summary>Which versions a range has, relative to its own.</summary>
[Flags]
internal enum VersionRange
{
    None = 0,
    Greater = 1,
    Equal = 2,
    Less = 4,
    All = Greater | Equal | Less,
}

/// <summary>A dependency in terms of other dependencies; equal ones are stored once and are told apart by number alone.</summary>
internal readonly record struct DependencyNode(DependencyKind Kind, int First, int Second, int Third)
{
    // Spelled out because what the compiler makes is slow until the program has warmed up, and a pool has hundreds of thousands.
    public bool Equals(DependencyNode other) =>
        Kind == other.Kind && First == other.First && Second == other.Second && Third == other.Third;

    public override int GetHashCode() => (((First * 31) + Second) * 31) + ((int)Kind * 8) + Third;

    /// <summary>Whether whole packages must be taken together to tell if it holds: no list of providers can say.</summary>
    public bool IsConditional => Kind is DependencyKind.And or DependencyKind.If or DependencyKind.Unless;
}
