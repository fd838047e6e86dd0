namespace NodeImage.Rpm.Repositories;

/// <summary>What <c>repomd.xml</c> says: which metadata a repository has, where it is, and how it is checked.</summary>
/// <param name="Revision">The repository's revision, most often the time at which it was made in seconds since 1970; or an empty string.</param>
/// <param name="Entries">The metadata, in the file's order.</param>
public sealed record RepositoryIndex(string Revision, IReadOnlyList<RepositoryIndexEntry> Entries)
{
    /// <summary>When the newest metadata was made, in seconds since 1970; 0 where it is not told.</summary>
    public long Timestamp => Entries.Select(entry => entry.Timestamp).DefaultIfEmpty(0).Max();

    /// <summary>Finds metadata.</summary>
    /// <param name="types">Its types, the most wanted first, such as <c>group_gz</c> and <c>group</c>.</param>
    /// <returns>The first that there is, or null.</returns>
    public RepositoryIndexEntry? Find(params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            foreach (var entry in Entries)
            {
                if (entry.Type == type)
                {
                    return entry;
                }
            }
        }

        return null;
    }
}

/// <summary>One file of metadata.</summary>
public sealed record RepositoryIndexEntry
{
    /// <summary>What it is, such as <c>primary</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Where it is, relative to the repository's base.</summary>
    public required string Location { get; init; }

    /// <summary>A base that the location is relative to instead of the repository's own (<c>xml:base</c>), or null.</summary>
    public string? LocationBase { get; init; }

    /// <summary>The checksum of the file as it is stored, or null where none is told.</summary>
    public MetadataChecksum? Checksum { get; init; }

    /// <summary>The checksum of the file in the clear, or null where none is told.</summary>
    public MetadataChecksum? OpenChecksum { get; init; }

    /// <summary>The size of the file as it is stored, or null where it is not told.</summary>
    public long? Size { get; init; }

    /// <summary>The size of the file in the clear, or null where it is not told.</summary>
    public long? OpenSize { get; init; }

    /// <summary>When it was made, in seconds since 1970; 0 where it is not told.</summary>
    public long Timestamp { get; init; }
}
