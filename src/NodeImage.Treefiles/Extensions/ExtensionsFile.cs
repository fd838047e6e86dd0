using System.Collections.Immutable;

namespace NodeImage.Treefiles.Extensions;

/// <summary>A list of extensions (rpm-ostree's <c>docs/extensions.md</c> and <c>rust/src/extensions.rs</c>).</summary>
public sealed record ExtensionsFile
{
    /// <summary>Repositories that packages are taken from beside those of the treefile.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];

    /// <summary>The extensions by name.</summary>
    public ImmutableSortedDictionary<string, ExtensionEntry> Extensions { get; init; } = ImmutableSortedDictionary.Create<string, ExtensionEntry>(StringComparer.Ordinal);
}

/// <summary>What an extension is for.</summary>
public enum ExtensionKind
{
    /// <summary>Packages that are layered on the operating system.</summary>
    OSExtension,

    /// <summary>Packages for building modules and the like; they are only fetched.</summary>
    Development,
}

/// <summary>An extension.</summary>
/// <param name="Packages">Its packages, in order.</param>
public sealed record ExtensionEntry(ImmutableArray<string> Packages)
{
    /// <summary>Repositories that it needs; they count for all extensions.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];

    /// <summary>The architectures that it exists for; empty for all.</summary>
    public ImmutableArray<string> Architectures { get; init; } = [];

    /// <summary>The package of the base whose epoch, version and release all of its packages must have, or null.</summary>
    public string? MatchBaseEvr { get; init; }

    /// <summary>What it is for.</summary>
    public ExtensionKind Kind { get; init; }
}
