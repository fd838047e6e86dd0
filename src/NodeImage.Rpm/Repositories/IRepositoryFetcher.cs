namespace NodeImage.Rpm.Repositories;

/// <summary>A file of a repository that is asked for.</summary>
/// <param name="Repository">The repository's name, for messages.</param>
/// <param name="Location">Where it is, relative to the repository's base.</param>
/// <param name="LocationBase">A base that the location is relative to instead of the repository's own, or null.</param>
/// <param name="Checksum">What it is checked by, or null where nothing is announced.</param>
/// <param name="Size">Its size, or null where it is not announced.</param>
public sealed record RepositoryFileRequest(string Repository, string Location, string? LocationBase, MetadataChecksum? Checksum, long? Size);

/// <summary>Brings the files of a repository onto this machine: from the network, a folder or a cache.</summary>
public interface IRepositoryFetcher
{
    /// <summary>Brings a file.</summary>
    /// <param name="request">The file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The path of the file. The fetcher may have checked it; the caller does so again.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2001: it cannot be had.</exception>
    Task<string> FetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken);

    /// <summary>Brings a file that may be missing.</summary>
    /// <param name="request">The file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The path of the file, or null where the repository does not have it.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2001: the repository cannot be reached.</exception>
    Task<string?> TryFetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken);
}
