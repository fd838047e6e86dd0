using System.Diagnostics.CodeAnalysis;

namespace NodeImage.Rpm.Repositories;

/// <summary>How much a group wants a package.</summary>
public enum GroupPackageKind
{
    /// <summary>The group is not whole without it.</summary>
    Mandatory,

    /// <summary>It comes with the group unless it is left out.</summary>
    Default,

    /// <summary>It comes only when it is asked for.</summary>
    Optional,

    /// <summary>It comes where another package is.</summary>
    Conditional,
}

/// <summary>A package of a group.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Kind">How much the group wants it.</param>
/// <param name="Requires">For a conditional one, the package that must be there; else null.</param>
/// <param name="BaseArchOnly">Whether only the build of the machine's own architecture is meant.</param>
public sealed record GroupPackage(string Name, GroupPackageKind Kind, string? Requires = null, bool BaseArchOnly = false);

/// <summary>A named set of packages.</summary>
/// <param name="Id">Its identifier, such as <c>core</c>.</param>
/// <param name="Name">Its name in English, such as <c>Core</c>.</param>
/// <param name="Packages">Its packages, in the file's order.</param>
public sealed record PackageGroup(string Id, string Name, IReadOnlyList<GroupPackage> Packages);

/// <summary>A named set of groups.</summary>
/// <param name="Id">Its identifier, such as <c>server-product-environment</c>.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="Groups">The identifiers of its groups, in the file's order.</param>
/// <param name="Options">The identifiers of groups that go with it when they are asked for, in the file's order.</param>
public sealed record PackageEnvironment(string Id, string Name, IReadOnlyList<string> Groups, IReadOnlyList<string> Options);

/// <summary>The groups and environments of one or several repositories.</summary>
public sealed class RepositoryGroups
{
    /// <summary>No groups at all.</summary>
    public static readonly RepositoryGroups Empty = new([], []);

    /// <summary>Takes groups and environments.</summary>
    /// <param name="groups">The groups. Of several with the same identifier, the packages are joined.</param>
    /// <param name="environments">The environments. Of several with the same identifier, the groups are joined.</param>
    public RepositoryGroups(IEnumerable<PackageGroup> groups, IEnumerable<PackageEnvironment> environments)
    {
        Groups = [.. groups.GroupBy(group => group.Id, StringComparer.Ordinal).Select(Join)];
        Environments = [.. environments.GroupBy(environment => environment.Id, StringComparer.Ordinal).Select(Join)];
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<PackageGroup> Groups { get; }

    /// <summary>The environments.</summary>
    public IReadOnlyList<PackageEnvironment> Environments { get; }

    /// <summary>Joins the groups of several repositories.</summary>
    /// <param name="all">The groups of each.</param>
    /// <returns>All of them.</returns>
    public static RepositoryGroups Merge(IEnumerable<RepositoryGroups> all)
    {
        var list = all.ToList();
        return new RepositoryGroups(list.SelectMany(one => one.Groups), list.SelectMany(one => one.Environments));
    }

    /// <summary>Finds a group.</summary>
    /// <param name="idOrName">Its identifier, or its name in any case.</param>
    /// <param name="group">The group, when the result is true.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFindGroup(string idOrName, [NotNullWhen(true)] out PackageGroup? group)
    {
        group = Groups.FirstOrDefault(candidate => candidate.Id == idOrName)
            ?? Groups.FirstOrDefault(candidate => string.Equals(candidate.Name, idOrName, StringComparison.OrdinalIgnoreCase));
        return group is not null;
    }

    /// <summary>Finds an environment.</summary>
    /// <param name="idOrName">Its identifier, or its name in any case.</param>
    /// <param name="environment">The environment, when the result is true.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFindEnvironment(string idOrName, [NotNullWhen(true)] out PackageEnvironment? environment)
    {
        environment = Environments.FirstOrDefault(candidate => candidate.Id == idOrName)
            ?? Environments.FirstOrDefault(candidate => string.Equals(candidate.Name, idOrName, StringComparison.OrdinalIgnoreCase));
        return environment is not null;
    }

    /// <summary>The packages that <c>@group</c> or <c>@environment</c> stands for. Groups of an environment that do not exist
    /// are passed over, as dnf does.</summary>
    /// <param name="idOrName">The identifier or name, without the <c>@</c>.</param>
    /// <returns>The packages, each once, in order; which kinds are wanted is the caller's to say.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2008: there is no such group or environment.</exception>
    public IReadOnlyList<GroupPackage> Resolve(string idOrName)
    {
        if (TryFindGroup(idOrName, out var group))
        {
            return group.Packages;
        }

        if (TryFindEnvironment(idOrName, out var environment))
        {
            return [.. environment.Groups
                .SelectMany(id => TryFindGroup(id, out var member) ? member.Packages : [])
                .DistinctBy(package => package.Name, StringComparer.Ordinal)];
        }

        var close = Groups.Select(candidate => candidate.Id)
            .Where(id => id.Contains(idOrName, StringComparison.OrdinalIgnoreCase) || idOrName.Contains(id, StringComparison.OrdinalIgnoreCase))
            .Take(3)
            .ToList();
        var hint = close.Count == 0 ? "" : $" Did you mean {string.Join(", ", close)}?";
        throw RepositoryDiagnostics.UnknownGroup.Error(null, idOrName, hint);
    }

    private static PackageGroup Join(IGrouping<string, PackageGroup> same)
    {
        var first = same.First();
        return same.Count() == 1
            ? first
            : first with { Packages = [.. same.SelectMany(group => group.Packages).DistinctBy(package => package.Name, StringComparer.Ordinal)] };
    }

    private static PackageEnvironment Join(IGrouping<string, PackageEnvironment> same)
    {
        var first = same.First();
        return same.Count() == 1 ? first : first with
        {
            Groups = [.. same.SelectMany(environment => environment.Groups).Distinct(StringComparer.Ordinal)],
            Options = [.. same.SelectMany(environment => environment.Options).Distinct(StringComparer.Ordinal)],
        };
    }
}
