using System.Text;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.Transfer;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Restoring;

/// <summary>Brings a repository's metadata, by way of the cache where a checksum says what it must be.</summary>
internal sealed class RepositoryFetcher(RepositoryAddresses addresses, ContentCache cache, Downloader downloader, string scratch) : IRepositoryFetcher
{
    /// <summary>The kind of the cache's entries.</summary>
    public const string Kind = "repository-metadata-1";

    // The largest file lists of real distributions have some hundred megabytes.
    private const long MaxSize = 2L << 30;

    /// <summary>The key under which the cache has the file of a checksum.</summary>
    public static Sha256Digest KeyOf(MetadataChecksum checksum) => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{checksum.Algorithm}:{checksum.Value}"));

    public async Task<string> FetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken)
    {
        if (request.Checksum is null)
        {
            // repomd.xml and its signature: what they say today is found out by asking.
            var path = Path.Combine(scratch, $"{addresses.Definition.Id}-{Path.GetRandomFileName()}");
            await TransferAsync(request, path, cancellationToken).ConfigureAwait(false);
            return path;
        }

        var key = KeyOf(request.Checksum);
        if (cache.Find(Kind, key) is { } known)
        {
            return known;
        }

        var aside = Path.Combine(scratch, Path.GetRandomFileName());
        try
        {
            await TransferAsync(request, aside, cancellationToken).ConfigureAwait(false);
            await using var file = File.OpenRead(aside);
            return cache.Add(Kind, key, file.CopyTo);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    public async Task<string?> TryFetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Core.Diagnostics.DiagnosticException e) when (e.InnerException is TransferException { IsMissing: true })
        {
            return null;
        }
    }

    private async Task TransferAsync(RepositoryFileRequest request, string path, CancellationToken cancellationToken)
    {
        string? found = null;
        var transfer = new TransferRequest(addresses.Locate(request.Location, request.LocationBase), path, MaxSize)
        {
            Size = request.Size,
            Verify = request.Checksum is { } checksum ? file => Verify(file, checksum, out found) : null,
        };
        try
        {
            await downloader.FetchAsync(transfer, null, cancellationToken).ConfigureAwait(false);
        }
        catch (TransferException e) when (e.FoundSize is not null && request.Size is not null)
        {
            throw RepositoryDiagnostics.SizeMismatch.Wrap(e, addresses.Subject, request.Repository, request.Location, request.Size, e.FoundSize);
        }
        catch (TransferException e) when (found is not null && request.Checksum is { } announced)
        {
            throw RepositoryDiagnostics.ChecksumMismatch.Wrap(e, addresses.Subject, request.Repository, request.Location, DigestAlgorithms.NameOf(announced.Algorithm), announced.Value, found);
        }
        catch (TransferException e)
        {
            throw RepositoryDiagnostics.Unreachable.Wrap(e, addresses.Subject, request.Repository, request.Location, e.Message);
        }
    }

    private static void Verify(string path, MetadataChecksum checksum, out string found)
    {
        found = FileDigest.Of(path, checksum.Algorithm);
        if (!string.Equals(found, checksum.Value, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"it has the checksum {found}.");
        }
    }
}
