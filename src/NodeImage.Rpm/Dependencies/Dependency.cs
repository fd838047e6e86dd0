using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Dependencies;

/// <summary>
/// A capability with an optional range of versions: what a package provides, requires, conflicts with, obsoletes or wishes for.
/// </summary>
/// <param name="Name">The capability: a package's name, a file's path, any other string, or a whole rich dependency in
/// parentheses (see <see cref="RichDependency"/>).</param>
/// <param name="Flags">How <paramref name="Version"/> bounds it, and what it is needed for.</param>
/// <param name="Version">The version that the flags compare with, or null where any will do.</param>
public sealed record Dependency(string Name, DependencyFlags Flags = DependencyFlags.Any, Evr? Version = null)
{
    /// <summary>Whether the name is a rich (boolean) dependency.</summary>
    public bool IsRich => Name.StartsWith('(');

    /// <summary>Whether the name is a path, which a package provides by owning the file.</summary>
    public bool IsFile => Name.StartsWith('/');

    /// <summary>Whether it asks for a feature of rpm itself rather than of another package.</summary>
    public bool IsRpmLib => (Flags & DependencyFlags.RpmLib) != 0 || Name.StartsWith("rpmlib(", StringComparison.Ordinal);

    /// <summary>The flags that compare versions.</summary>
    public DependencyFlags Comparison => Version is null ? DependencyFlags.Any : Flags & DependencyFlags.Comparison;

    /// <summary>Whether two ranges of the same capability have a version in common, by the rules of <c>rpmdsCompare</c>.</summary>
    /// <param name="other">The other side: a provide where this is a requirement, or the reverse.</param>
    /// <returns>True when the names are the same and the ranges overlap.</returns>
    public bool Overlaps(Dependency other)
    {
        if (!string.Equals(Name, other.Name, StringComparison.Ordinal))
        {
            return false;
        }

        if (Comparison == 0 || other.Comparison == 0)
        {
            return true;
        }

        var order = Version!.CompareForDependency(other.Version!);
        var mine = Comparison;
        var theirs = other.Comparison;
        return order switch
        {
            < 0 => (mine & DependencyFlags.Greater) != 0 || (theirs & DependencyFlags.Less) != 0,
            > 0 => (mine & DependencyFlags.Less) != 0 || (theirs & DependencyFlags.Greater) != 0,
            _ => (mine & theirs) != 0,
        };
    }

    /// <summary>The dependency as a spec file writes it, such as <c>glibc >= 2.34</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Comparison == 0 ? Name : $"{Name} {Operator(Comparison)} {Version}";

    private static string Operator(DependencyFlags comparison) => comparison switch
    {
        DependencyFlags.Less => "<",
        DependencyFlags.Less | DependencyFlags.Equal => "<=",
        DependencyFlags.Equal => "=",
        DependencyFlags.Greater | DependencyFlags.Equal => ">=",
        DependencyFlags.Greater => ">",
        DependencyFlags.Less | DependencyFlags.Greater => "<>",
        _ => "<=>",
    };
}
