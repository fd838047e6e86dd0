using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Repositories;

/// <summary>What has been loaded of a repository.</summary>
public sealed record RepositoryMetadata
{
    /// <summary>The repository's name.</summary>
    public required string Repository { get; init; }

    /// <summary>What <c>repomd.xml</c> says.</summary>
    public required RepositoryIndex Index { get; init; }

    /// <summary>The packages that count, in the repository's order.</summary>
    public required IReadOnlyList<RepositoryPackage> Packages { get; init; }

    /// <summary>The groups and environments; empty where the repository has none.</summary>
    public required RepositoryGroups Groups { get; init; }

    /// <summary>Whether the repository has modules: packages that count only where their module's stream is enabled.</summary>
    public bool HasModules => Index.Find("modules") is not null;

    /// <summary>The identifier of the key that signed <c>repomd.xml</c>, or null where that was not asked for.</summary>
    public string? SigningKeyId { get; init; }

    /// <summary>What there is to warn of.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];
}
