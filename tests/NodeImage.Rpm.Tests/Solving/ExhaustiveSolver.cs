using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Tries all sets of packages: too slow for anything but small universes, and too simple to be wrong.</summary>
internal sealed class ExhaustiveSolver(IReadOnlyList<RepositoryPackage> packages, IReadOnlyList<Dependency> wanted)
{
    /// <summary>Whether any set of packages fulfils what is wanted.</summary>
    public bool HasSolution() => Enumerable.Range(0, 1 << packages.Count)
        .Any(bits => Fulfils([.. packages.Where((_, i) => (bits & (1 << i)) != 0)]));

    /// <summary>Whether a set of packages can be installed together and fulfils what is wanted.</summary>
    public bool Fulfils(IReadOnlyList<RepositoryPackage> installed) =>
        wanted.All(dependency => installed.Any(package => package.Nevra.Name == dependency.Name && Self(package).Overlaps(dependency)))
        && installed.Select(package => package.Nevra.Name).Distinct().Count() == installed.Count
        && installed.All(package => IsAtPeace(package, installed));

    private static bool IsAtPeace(RepositoryPackage package, IReadOnlyList<RepositoryPackage> installed)
    {
        var others = installed.Where(other => !ReferenceEquals(other, package)).ToList();
        return package.Requires.All(dependency => Holds(dependency, installed))
            && !package.Conflicts.Any(dependency => Holds(dependency, others))
            && !package.Obsoletes.Any(dependency => others.Any(other => Self(other).Overlaps(dependency)));
    }

    private static Dependency Self(RepositoryPackage package) => new(package.Nevra.Name, DependencyFlags.Equal, package.Nevra.Evr);

    private static bool Holds(Dependency dependency, IReadOnlyList<RepositoryPackage> installed) =>
        DependencyParser.TryParseRich(dependency.Name, out var rich) ? Holds(rich, installed) : installed.Any(package => Meets(package, dependency));

    private static bool Holds(RichDependency rich, IReadOnlyList<RepositoryPackage> installed) => rich switch
    {
        RichDependency.Leaf leaf => Holds(leaf.Dependency, installed),
        RichDependency.And and => and.Terms.All(term => Holds(term, installed)),
        RichDependency.Or or => or.Terms.Any(term => Holds(term, installed)),
        RichDependency.If @if => Holds(@if.Condition, installed) ? Holds(@if.Then, installed) : @if.Else is null || Holds(@if.Else, installed),
        RichDependency.With with => installed.Any(package => with.Terms.All(term => Holds(term, [package]))),
        RichDependency.Without without => installed.Any(package => Holds(without.Included, [package]) && !Holds(without.Excluded, [package])),
        _ => throw new ArgumentException("Not part of these universes.", nameof(rich)),
    };

    private static bool Meets(RepositoryPackage package, Dependency dependency) => package.Provides.Any(provide => provide.Overlaps(dependency));
}
