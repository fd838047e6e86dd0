namespace NodeImage.Rpm.Repositories;

/// <summary>Which packages of a repository count: those that are included, where something is, save those that are excluded.</summary>
/// <param name="include">Patterns of what is included; none for all.</param>
/// <param name="exclude">Patterns of what is excluded.</param>
public sealed class RepositoryFilter(IEnumerable<string> include, IEnumerable<string> exclude)
{
    private readonly PackagePattern[] _include = [.. include.Select(pattern => new PackagePattern(pattern))];
    private readonly PackagePattern[] _exclude = [.. exclude.Select(pattern => new PackagePattern(pattern))];

    /// <summary>Leaves out what does not count.</summary>
    /// <param name="packages">The packages.</param>
    /// <returns>Those that count, in the same order.</returns>
    public IReadOnlyList<RepositoryPackage> Apply(IReadOnlyList<RepositoryPackage> packages) =>
        _include.Length == 0 && _exclude.Length == 0 ? packages : [.. packages.Where(Counts)];

    private bool Counts(RepositoryPackage package) =>
        (_include.Length == 0 || Array.Exists(_include, pattern => pattern.Matches(package.Nevra)))
        && !Array.Exists(_exclude, pattern => pattern.Matches(package.Nevra));
}
