using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;

namespace NodeImage.Compose.Bases;

/// <summary>Brings a base to hand: one in a registry is pulled into the cache, an archive unpacked there, each once.</summary>
/// <param name="cache">Keeps bases.</param>
/// <param name="scratch">A folder on the cache's file system for what is being unpacked.</param>
/// <param name="connect">Makes a client for a registry; it is asked only where the cache does not have the base.</param>
public sealed class BaseImageResolver(ContentCache cache, string scratch, Func<RegistryName, RegistryClient> connect)
{
    private readonly BaseImageStore _store = new(cache);

    /// <summary>Brings a base to hand. Where the lock has one of the same name, it is taken as it was: a tag that has moved since is
    /// not followed.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Hears how far a pull has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The base.</returns>
    /// <exception cref="DiagnosticException">There is none (NI5107), it is for other platforms (NI3104), it is damaged (NI3101 to
    /// NI3105), the registry does not give it (NI5101 to NI5114), or the lock that must fit does not (NI2011).</exception>
    public async Task<ResolvedBase> ResolveAsync(BaseRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation) => request.Source switch
    {
        LayoutBase layout => new ResolvedBase(OciLayout.Open(layout.Folder, layout.Subject).ReadImage(request.Platform)),
        ArchiveBase archive => new ResolvedBase(await UnpackAsync(archive, request.Platform, cancellation).ConfigureAwait(false)) { IsCached = true },
        RegistryBase registry => await PullAsync(request, registry, progress, cancellation).ConfigureAwait(false),
        _ => throw new ArgumentException("It is of a kind that is not known.", nameof(request)),
    };

    private async Task<OciImage> UnpackAsync(ArchiveBase archive, Platform platform, CancellationToken cancellation)
    {
        var key = Sha256Digest.OfFile(archive.File);
        using var alone = await _store.LockAsync(key, cancellation).ConfigureAwait(false);
        if (_store.TryOpen(key, platform, out var kept))
        {
            return kept;
        }

        var aside = Path.Combine(scratch, "base");
        OciArchiveReader.Unpack(archive.File, key, new OciLayoutWriter(aside), archive.Subject, cancellation);
        _ = OciLayout.Open(aside, archive.Subject).ReadImage(platform);
        _store.Take(key, aside);
        return OciLayout.Open(_store.Folder(key), archive.Subject).ReadImage(platform);
    }

    private async Task<ResolvedBase> PullAsync(BaseRequest request, RegistryBase source, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var name = source.Reference.ToString();
        var locked = LockFiles.Read(request.LockFile).Targets.GetValueOrDefault(request.Target)?.Base;
        if (request.Locked && locked?.Image != name)
        {
            throw RestoreDiagnostics.LockOutOfDate.Error(source.Subject, request.LockFile, $"its base for '{request.Target}' is {locked?.Image ?? "no image of a registry"}, and the project's is {name}");
        }

        Sha256Digest? before = locked is null ? null : Sha256Digest.Parse(locked.Digest);
        using var client = new LazyClient(() => connect(source.Reference.Repository.Registry));
        var digest = (locked?.Image == name && !request.ForceEvaluate ? before : Pinned(source, request.Platform))
            ?? await client.Puller.ResolveAsync(source.Reference, request.Platform, cancellation).ConfigureAwait(false);
        using var alone = await _store.LockAsync(digest, cancellation).ConfigureAwait(false);
        if (!_store.TryOpen(digest, request.Platform, out var image))
        {
            _store.Seed(digest, before);
            var pinned = ImageReference.OfDigest(source.Reference.Repository, digest);
            image = (await client.Puller.PullAsync(pinned, request.Platform, new OciLayoutWriter(_store.Folder(digest)), progress, cancellation).ConfigureAwait(false)).Image;
        }

        return new ResolvedBase(image) { IsCached = true, Locked = new LockedBase(name, digest.ToString()) };
    }

    // A digest that the project itself names need not be asked for, unless it is that of an index.
    private Sha256Digest? Pinned(RegistryBase source, Platform platform) =>
        source.Reference.Digest is { } digest && _store.TryOpen(digest, platform, out _) ? digest : null;

    /// <summary>A client that is made, with all the credentials that it looks for, only when it is needed.</summary>
    private sealed class LazyClient(Func<RegistryClient> make) : IDisposable
    {
        private readonly Lazy<RegistryClient> _client = new(make);

        public ImagePuller Puller => new(_client.Value);

        public void Dispose()
        {
            if (_client.IsValueCreated)
            {
                _client.Value.Dispose();
            }
        }
    }
}
