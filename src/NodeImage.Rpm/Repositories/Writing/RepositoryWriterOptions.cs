namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>What a repository's metadata is compressed with.</summary>
public enum MetadataCompression
{
    /// <summary>gzip, which every reader knows.</summary>
    Gzip,

    /// <summary>Zstandard, which readers since dnf 4.2 know and createrepo_c 1.0 writes unless told otherwise.</summary>
    Zstd,
}

/// <summary>How a repository's metadata is written.</summary>
public sealed record RepositoryWriterOptions
{
    /// <summary>The repository's revision and the time of its metadata, in seconds since 1970. No clock is read.</summary>
    public required long Revision { get; init; }

    /// <summary>What the metadata is compressed with.</summary>
    public MetadataCompression Compression { get; init; }

    /// <summary>How many entries of each package's change log are told, the newest ones; createrepo_c tells 10.</summary>
    public int ChangelogLimit { get; init; } = 10;
}
