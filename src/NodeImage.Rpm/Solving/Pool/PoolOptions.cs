namespace NodeImage.Rpm.Solving;

/// <summary>What the package manager on the system does with dependencies. The defaults are those of rpm and dnf.</summary>
public sealed record PoolOptions
{
    /// <summary>The package manager as dnf drives it: packages of different widths do not replace each other.</summary>
    public static PoolOptions Dnf { get; } = new();

    /// <summary>As libsolv is without any flags: a package replaces every other of its name.</summary>
    public static PoolOptions Plain { get; } = new() { SameNameReplacesOwnWidthOnly = false };

    /// <summary>Whether a package that conflicts with what it provides itself cannot be installed.</summary>
    public bool ForbidSelfConflicts { get; init; }

    /// <summary>Whether obsoletes are met by what packages provide, and not by their names alone.</summary>
    public bool ObsoletesMatchProvides { get; init; }

    /// <summary>Whether a package replaces every other that provides its name, and not only those that bear it.</summary>
    public bool SameNameMatchesProvides { get; init; }

    /// <summary>Whether obsoletes hold only between packages of the same width (32 or 64 bits).</summary>
    public bool ObsoletesOwnWidthOnly { get; init; }

    /// <summary>Whether a package replaces others of its name only where they have the same width, as with multilib.</summary>
    public bool SameNameReplacesOwnWidthOnly { get; init; } = true;

    /// <summary>Whether obsoletes of installed packages are passed over.</summary>
    public bool IgnoreInstalledObsoletes { get; init; }

    /// <summary>Whether packages of which several versions may be installed do not obsolete anything.</summary>
    public bool MultiVersionIgnoresObsoletes { get; init; }

    /// <summary>Whether excluded packages still count as providers, so that messages can name them.</summary>
    public bool ExcludedStillProvide { get; init; }
}
