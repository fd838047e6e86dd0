namespace NodeImage.Rpm.Solving;

/// <summary>A set of packages that belong together: a repository, or the packages of an installed system.</summary>
public sealed class PackageRepository
{
    internal PackageRepository(string id, int priority, int cost, bool isInstalled, int index, int start)
    {
        Id = id;
        Priority = priority;
        Cost = cost;
        IsInstalled = isInstalled;
        Index = index;
        Start = start;
        End = start;
    }

    /// <summary>The repository's id, as the project or the repository file has it.</summary>
    public string Id { get; }

    /// <summary>The priority: packages of the repository with the lowest number are taken, as in dnf.</summary>
    public int Priority { get; }

    /// <summary>The cost: of equal packages, that of the repository with the lowest cost is taken, as in dnf.</summary>
    public int Cost { get; }

    /// <summary>Whether these are the packages of the installed system.</summary>
    public bool IsInstalled { get; }

    internal int Index { get; }

    /// <summary>The first package's number; those of a repository follow one another.</summary>
    internal int Start { get; }

    internal int End { get; set; }
}
