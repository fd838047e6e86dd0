using System.Collections.Concurrent;
using System.Net;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Blobs;
using NodeImage.Oci.Registries.Manifests;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries;

/// <summary>
/// Speaks the OCI distribution specification 1.1 with registries. What comes is held to its digest, and to what was announced;
/// what may pass is tried again; credentials go to the registry and the token service that it names, and nowhere else.
/// It may be used by several threads.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryOptions _options;
    private readonly RegistryHttp _http;
    private readonly ConcurrentDictionary<RegistryName, Lazy<RegistryConnection>> _connections = new();

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it deals with registries.</param>
    /// <param name="handler">What carries the requests, closed with the client; null for that of <see cref="CreateHandler"/>.</param>
    /// <exception cref="ArgumentException">The handler would follow redirections by itself, and take credentials along.</exception>
    public RegistryClient(RegistryOptions options, HttpMessageHandler? handler = null)
    {
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException("The handler must not follow redirections by itself.", nameof(handler));
        }

        _options = options;
        _http = new RegistryHttp(options, handler ?? CreateHandler(options));
    }

    /// <summary>How it deals with registries.</summary>
    public RegistryOptions Options => _options;

    /// <summary>Makes a handler with the platform's own proxy settings, which trusts whom the platform and the options trust.</summary>
    /// <param name="options">Whose certificates are accepted.</param>
    /// <returns>A handler that does not follow redirections.</returns>
    public static SocketsHttpHandler CreateHandler(RegistryOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = { RemoteCertificateValidationCallback = new ServerTrust(options).Accepts },
    };

    /// <summary>Asks whether a repository has a blob.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it has one of that digest and size.</returns>
    /// <exception cref="DiagnosticException">The registry refuses, or cannot be reached (NI5101 to NI5110).</exception>
    public Task<bool> HasBlobAsync(RegistryRepository repository, Descriptor blob, CancellationToken cancellation) =>
        BlobRequests.ExistsAsync(Connect(repository), repository, blob, forPush: false, cancellation);

    /// <summary>Sends a blob, unless the registry has it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="open">Opens its bytes, as often as needed; the stream throws <see cref="InvalidDataException"/> where they are not what the digest says.</param>
    /// <param name="mountFrom">Repositories that may have it; those of other registries are passed over.</param>
    /// <param name="progress">Hears how many bytes of the blob have been sent; the number goes back where an attempt failed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it had to be sent.</returns>
    /// <exception cref="DiagnosticException">The registry does not take it, or cannot be reached (NI5101 to NI5110); or the bytes are damaged (NI5106).</exception>
    public async Task<BlobFate> PushBlobAsync(RegistryRepository repository, Descriptor blob, Func<Stream> open, IReadOnlyList<RegistryRepository> mountFrom, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var source = new BlobSource(blob, open, e => RegistryDiagnostics.DigestMismatch.Wrap(e, _options.Subject, $"{blob.Digest} in {repository}", e.Message));
        return await new BlobUpload(Connect(repository), repository, source, progress).RunAsync(mountFrom, cancellation).ConfigureAwait(false);
    }

    /// <summary>Fetches a blob.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">The blob: no byte more than its size is taken.</param>
    /// <param name="target">Receives the bytes; what it has got counts only when this returns.</param>
    /// <param name="progress">Hears how many bytes of the blob have come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When all bytes are there and are what the digest says.</returns>
    /// <exception cref="DiagnosticException">The registry does not have it, has another, or cannot be reached (NI5101 to NI5110).</exception>
    public async Task PullBlobAsync(RegistryRepository repository, Descriptor blob, Stream target, IProgress<long>? progress, CancellationToken cancellation)
    {
        using var download = new BlobDownload(Connect(repository), repository, blob, target, progress);
        await download.RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks what a reference stands for.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest, or null where there is no such manifest, or the registry does not tell.</returns>
    /// <exception cref="DiagnosticException">The registry refuses, or cannot be reached (NI5101 to NI5110).</exception>
    public Task<Sha256Digest?> ResolveAsync(ImageReference reference, CancellationToken cancellation) =>
        ManifestRequests.HeadAsync(Connect(reference.Repository), reference, cancellation);

    /// <summary>Fetches a manifest or an index.</summary>
    /// <param name="reference">Its reference.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its bytes, at most 4 MiB, held to the digest that was asked for and to the one that the registry announces.</returns>
    /// <exception cref="DiagnosticException">The registry does not have it, has another, or cannot be reached (NI5101 to NI5110).</exception>
    public Task<RegistryManifest> PullManifestAsync(ImageReference reference, CancellationToken cancellation) =>
        ManifestRequests.GetAsync(Connect(reference.Repository), reference, cancellation);

    /// <summary>Sends a manifest or an index; what it names must be there.</summary>
    /// <param name="reference">The tag or digest that it is put under.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When the registry has it.</returns>
    /// <exception cref="DiagnosticException">The registry does not take it, or cannot be reached (NI5101 to NI5110).</exception>
    public Task PushManifestAsync(ImageReference reference, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        ManifestRequests.PutAsync(Connect(reference.Repository), reference, mediaType, bytes, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections.Values.Where(connection => connection.IsValueCreated))
        {
            connection.Value.Dispose();
        }

        _http.Dispose();
    }

    private RegistryConnection Connect(RegistryRepository repository) =>
        _connections.GetOrAdd(repository.Registry, name => new Lazy<RegistryConnection>(() => new RegistryConnection(name, _http, _options))).Value;
}
