using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Loads a repository: <c>repomd.xml</c>, its signature, and what it leads to. Nothing is believed before its checksum, and
/// its signature where one is asked for, has been verified.
/// </summary>
/// <param name="fetcher">Brings the files.</param>
public sealed class RepositoryMetadataLoader(IRepositoryFetcher fetcher)
{
    private const string IndexLocation = "repodata/repomd.xml";

    // Real ones are some kilobytes long.
    private const int MaxIndexSize = 16 * 1024 * 1024;

    /// <summary>Loads a repository.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="DiagnosticException">NI2001 to NI2007 and NI2009: it cannot be had, is malformed or another than announced,
    /// or names files outside itself.
    /// NI2102 to NI2107: <c>repomd.xml</c> is not signed as it should be.</exception>
    public async Task<RepositoryMetadata> LoadAsync(RepositoryLoadOptions options, CancellationToken cancellationToken)
    {
        var content = await FetchIndexAsync(options, cancellationToken).ConfigureAwait(false);
        var key = options.Keyring is null ? null : await VerifyAsync(content, options, cancellationToken).ConfigureAwait(false);
        var index = RepositoryIndexReader.Read(new MemoryStream(content, writable: false), $"{options.Repository}: {IndexLocation}");
        var primary = Require(index, "primary", options.Repository);
        var packages = await ReadAsync(
            options.Repository, primary, stream => PrimaryReader.Read(stream, primary.Location), cancellationToken).ConfigureAwait(false);
        return new RepositoryMetadata
        {
            Repository = options.Repository,
            Index = index,
            Packages = options.Filter?.Apply(packages) ?? packages,
            Groups = options.LoadGroups ? await LoadGroupsAsync(options.Repository, index, cancellationToken).ConfigureAwait(false) : RepositoryGroups.Empty,
            SigningKeyId = key?.KeyId,
            Warnings = Warn(options.Repository, primary),
        };
    }

    /// <summary>Finds the owners of paths that <c>primary.xml</c> does not list.</summary>
    /// <param name="metadata">The repository, as it was loaded.</param>
    /// <param name="paths">The absolute paths.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>For each path that some package owns, the checksums of these packages. Empty where the repository has no file lists.</returns>
    /// <exception cref="DiagnosticException">NI2001 to NI2007 and NI2009: the file lists cannot be had, are malformed or others than
    /// announced, or are outside the repository.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindOwnersAsync(
        RepositoryMetadata metadata,
        IReadOnlySet<string> paths,
        CancellationToken cancellationToken)
    {
        if (paths.Count == 0 || metadata.Index.Find("filelists") is not { } entry)
        {
            return new Dictionary<string, IReadOnlyList<string>>();
        }

        return await ReadAsync(
            metadata.Repository, entry, stream => FileListsReader.FindOwners(stream, entry.Location, paths), cancellationToken).ConfigureAwait(false);
    }

    private static RepositoryIndexEntry Require(RepositoryIndex index, string type, string repository) =>
        index.Find(type) ?? throw RepositoryDiagnostics.MissingMetadata.Error(null, repository, type);

    private static Diagnostic[] Warn(string repository, RepositoryIndexEntry primary) => (primary.Checksum ?? primary.OpenChecksum) switch
    {
        { IsWeak: true } weak => [RepositoryDiagnostics.WeakChecksum.At(null, repository, DigestAlgorithms.NameOf(weak.Algorithm))],
        _ => [],
    };

    private async Task<byte[]> FetchIndexAsync(RepositoryLoadOptions options, CancellationToken cancellationToken)
    {
        var request = new RepositoryFileRequest(options.Repository, IndexLocation, null, null, null);
        var path = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        var content = ReadSmall(path, options.Repository, IndexLocation);
        return options.Metalink is not { Checksums.Count: > 0 } metalink || metalink.IsAnnounced(content)
            ? content
            : throw RepositoryDiagnostics.ChecksumMismatch.Error(
                null,
                options.Repository,
                IndexLocation,
                DigestAlgorithms.NameOf(metalink.Checksums[0].Algorithm),
                metalink.Checksums[0].Value,
                Convert.ToHexStringLower(RunningDigest.Of(metalink.Checksums[0].Algorithm, content)));
    }

    private async Task<RpmPublicKey> VerifyAsync(byte[] content, RepositoryLoadOptions options, CancellationToken cancellationToken)
    {
        var source = $"{options.Repository}: {IndexLocation}";
        var request = new RepositoryFileRequest(options.Repository, IndexLocation + ".asc", null, null, null);
        var path = await fetcher.TryFetchAsync(request, cancellationToken).ConfigureAwait(false)
            ?? throw SignatureDiagnostics.Unsigned.Error(null, source);
        return DetachedSignature.Verify(content, ReadSmall(path, options.Repository, request.Location), options.Keyring!, source);
    }

    private async Task<RepositoryGroups> LoadGroupsAsync(string repository, RepositoryIndex index, CancellationToken cancellationToken) =>
        index.Find("group_xz", "group_gz", "group_zst", "group") is { } entry
            ? await ReadAsync(repository, entry, stream => GroupsReader.Read(stream, entry.Location), cancellationToken).ConfigureAwait(false)
            : RepositoryGroups.Empty;

    private async Task<T> ReadAsync<T>(string repository, RepositoryIndexEntry entry, Func<Stream, T> read, CancellationToken cancellationToken)
    {
        if (entry.Checksum is null && entry.OpenChecksum is null)
        {
            throw RepositoryDiagnostics.Unsupported.Error(null, entry.Location, "repomd.xml announces no checksum for it");
        }

        RepositoryLocation.Require(repository, entry.Location);
        var request = new RepositoryFileRequest(repository, entry.Location, entry.LocationBase, entry.Checksum, entry.Size);
        var path = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        return MetadataFile.Read(path, repository, entry, read);
    }

    private static byte[] ReadSmall(string path, string repository, string location)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > MaxIndexSize)
            {
                throw RepositoryDiagnostics.Malformed.Error(null, location, $"it has {file.Length} bytes");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RepositoryDiagnostics.Unreachable.Wrap(e, null, repository, location, e.Message);
        }
    }
}
