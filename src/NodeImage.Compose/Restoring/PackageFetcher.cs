using System.Globalization;
using System.Text;
using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Transfer;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Compose.Restoring;

/// <summary>
/// Brings packages into the cache. What comes in is held to its checksum first and to its signature then; what is in has
/// been verified, and by which keys is remembered.
/// </summary>
internal sealed class PackageFetcher(PackageStore store, ContentCache cache, Downloader downloader, string scratch)
{
    private const string VerifiedKind = "rpm-verified-1";
    private const long MaxSize = 8L << 30;

    /// <summary>Whether a package that a repository announces is in the cache, as far as its checksum tells.</summary>
    public bool Has(RepositoryPackage package) =>
        MetadataChecksum.TryParse(package.ChecksumType, package.Checksum) is { Algorithm: DigestAlgorithm.Sha256 } checksum && store.Find(Sha256Digest.Parse(checksum.Value)) is not null;

    /// <summary>Brings a package that a lock names, and verifies it.</summary>
    public async Task EnsureAsync(LockedPackage package, RepositoryAddresses repository, RepositoryKeys keys, IProgress<long>? progress, CancellationToken cancellation)
    {
        var digest = Sha256Digest.Parse(package.Digest);
        if (store.Find(digest) is null)
        {
            var request = new PackageRequestInfo(package.Nevra, repository, package.Location, null, package.Size, new MetadataChecksum(DigestAlgorithm.Sha256, digest.Hex));
            await FetchAsync(request, keys, progress, cancellation).ConfigureAwait(false);
        }
        else
        {
            Verify(package.Nevra, digest, repository, keys);
        }
    }

    /// <summary>Brings a package that a repository announces, and verifies it.</summary>
    /// <returns>The package as a lock names it.</returns>
    public async Task<LockedPackage> EnsureAsync(RepositoryPackage package, RepositoryAddresses repository, RepositoryKeys keys, IProgress<long>? progress, CancellationToken cancellation)
    {
        var nevra = package.Nevra.ToString();
        var checksum = MetadataChecksum.TryParse(package.ChecksumType, package.Checksum)
            ?? throw RestoreDiagnostics.PackageDamaged.Error(repository.Subject, nevra, repository.Definition.Id, $"the repository announces no checksum that is known ('{package.ChecksumType}').");
        var request = new PackageRequestInfo(nevra, repository, package.Location ?? "", package.LocationBase, package.PackageSize, checksum);
        Sha256Digest digest;
        string? key;
        if (checksum.Algorithm == DigestAlgorithm.Sha256 && Sha256Digest.TryParse(checksum.Value, out digest) && store.Find(digest) is not null)
        {
            key = Verify(nevra, digest, repository, keys);
        }
        else
        {
            (digest, key) = await FetchAsync(request, keys, progress, cancellation).ConfigureAwait(false);
        }

        return new LockedPackage(nevra, repository.Definition.Id, request.Location, package.PackageSize, digest.ToString(), key);
    }

    private async Task<(Sha256Digest Digest, string? Key)> FetchAsync(PackageRequestInfo request, RepositoryKeys keys, IProgress<long>? progress, CancellationToken cancellation)
    {
        var aside = Path.Combine(scratch, Path.GetRandomFileName());
        try
        {
            await TransferAsync(request, aside, progress, cancellation).ConfigureAwait(false);
            var digest = request.Checksum.Algorithm == DigestAlgorithm.Sha256 ? Sha256Digest.Parse(request.Checksum.Value) : Sha256Digest.OfFile(aside);
            var key = VerifyFile(request.Nevra, aside, request.Repository, keys);
            store.Take(digest, aside);
            Remember(digest, keys, key);
            return (digest, key);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private async Task TransferAsync(PackageRequestInfo request, string path, IProgress<long>? progress, CancellationToken cancellation)
    {
        var id = request.Repository.Definition.Id;
        var transfer = new TransferRequest(request.Repository.Locate(request.Location, request.LocationBase), path, MaxSize)
        {
            Size = request.Size > 0 ? request.Size : null,
            Verify = file =>
            {
                var actual = FileDigest.Of(file, request.Checksum.Algorithm);
                if (!string.Equals(actual, request.Checksum.Value, StringComparison.OrdinalIgnoreCase))
                {
                    throw new InvalidDataException($"its {DigestAlgorithms.NameOf(request.Checksum.Algorithm)} checksum is {actual} instead of {request.Checksum.Value}.");
                }
            },
        };
        try
        {
            await downloader.FetchAsync(transfer, progress, cancellation).ConfigureAwait(false);
        }
        catch (TransferException e)
        {
            var descriptor = e.IsDamaged ? RestoreDiagnostics.PackageDamaged : RestoreDiagnostics.PackageUnreachable;
            throw descriptor.Wrap(e, request.Repository.Subject, request.Nevra, id, e.Message);
        }
    }

    // Gives the ID of the key that signed it, or null where it need not be signed.
    private string? Verify(string nevra, Sha256Digest digest, RepositoryAddresses repository, RepositoryKeys keys)
    {
        if (cache.FindDocument(VerifiedKind, VerifiedKey(digest, keys)) is { } known)
        {
            return known.Length == 0 ? null : Encoding.ASCII.GetString(known);
        }

        var key = VerifyFile(nevra, store.Find(digest)!, repository, keys);
        Remember(digest, keys, key);
        return key;
    }

    private void Remember(Sha256Digest digest, RepositoryKeys keys, string? key) =>
        cache.AddDocument(VerifiedKind, VerifiedKey(digest, keys), key is null ? [] : Encoding.ASCII.GetBytes(key));

    private static Sha256Digest VerifiedKey(Sha256Digest digest, RepositoryKeys keys) =>
        Sha256Digest.Of(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{digest} {keys.Required} {keys.Identity}")));

    private static string? VerifyFile(string nevra, string path, RepositoryAddresses repository, RepositoryKeys keys)
    {
        try
        {
            var package = RpmPackageFile.Open(path, nevra);
            if (package.Info.Nevra.ToString() != nevra)
            {
                throw RestoreDiagnostics.PackageDamaged.Error(repository.Subject, nevra, repository.Definition.Id, $"the file holds '{package.Info.Nevra}'.");
            }

            var checks = RpmVerification.Verify(package, keys.Keyring, RpmVerificationScope.Sufficient);
            new RpmVerificationPolicy { RequireSignature = keys.Required }.Enforce(package, keys.Keyring, checks);
            return checks.FirstOrDefault(check => check is { Kind: RpmCheckKind.Signature, Status: RpmCheckStatus.Ok })?.KeyId;
        }
        catch (DiagnosticException e)
        {
            throw e.At(repository.Subject);
        }
    }

    private sealed record PackageRequestInfo(string Nevra, RepositoryAddresses Repository, string Location, string? LocationBase, long Size, MetadataChecksum Checksum);
}
