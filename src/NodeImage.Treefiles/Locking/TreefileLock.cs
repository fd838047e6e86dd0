using System.Collections.Immutable;

namespace NodeImage.Treefiles.Locking;

/// <summary>A lock file in rpm-ostree's form (<c>rust/src/lockfile.rs</c>). It is keyed by name, so it cannot hold two architectures of one package.</summary>
public sealed record TreefileLock
{
    /// <summary>The packages by name.</summary>
    public ImmutableSortedDictionary<string, TreefileLockPackage> Packages { get; init; } = ImmutableSortedDictionary.Create<string, TreefileLockPackage>(StringComparer.Ordinal);

    /// <summary>When it was written, as RFC 3339 has it, or null.</summary>
    public string? Generated { get; init; }

    /// <summary>When the metadata of repositories was made, as RFC 3339 has it, by the repositories' names.</summary>
    public ImmutableSortedDictionary<string, string> Repositories { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The same with another lock laid over it, as overrides are: of a package that both have, the other's.</summary>
    /// <param name="overrides">The other.</param>
    /// <returns>The two together.</returns>
    public TreefileLock With(TreefileLock overrides) => this with
    {
        Packages = Packages.SetItems(overrides.Packages),
        Repositories = Repositories.SetItems(overrides.Repositories),
        Generated = overrides.Generated ?? Generated,
    };
}

/// <summary>A package that is locked.</summary>
/// <param name="Evr">Its epoch, version and release: <c>[EPOCH:]VERSION-RELEASE</c>.</param>
/// <param name="Architecture">Its architecture, or null where any will do.</param>
public sealed record TreefileLockPackage(string Evr, string? Architecture)
{
    /// <summary>The digest of its file, algorithm first (<c>sha256:...</c>), or null.</summary>
    public string? Digest { get; init; }

    /// <summary>What else is said of it, by name.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
