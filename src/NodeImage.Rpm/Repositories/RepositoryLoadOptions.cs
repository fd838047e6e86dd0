using NodeImage.Rpm.Signatures;

namespace NodeImage.Rpm.Repositories;

/// <summary>How a repository is loaded.</summary>
public sealed record RepositoryLoadOptions
{
    /// <summary>The repository's name, for messages.</summary>
    public required string Repository { get; init; }

    /// <summary>The keys that <c>repomd.xml</c> must be signed by, or null where it need not be signed.</summary>
    public RpmKeyring? Keyring { get; init; }

    /// <summary>Which packages count, or null for all.</summary>
    public RepositoryFilter? Filter { get; init; }

    /// <summary>Whether groups are loaded.</summary>
    public bool LoadGroups { get; init; }

    /// <summary>What <c>repomd.xml</c> is checked by, where a metalink announced it; or null.</summary>
    public Metalink? Metalink { get; init; }
}
