using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>Fetches one blob: OCI distribution specification 1.1, "Pulling blobs". A broken transfer is gone on with.</summary>
internal sealed class BlobDownload(RegistryConnection connection, RegistryRepository repository, Descriptor descriptor, Stream target, IProgress<long>? progress) : IDisposable
{
    private const int BufferSize = 1 << 17;

    // A transfer that breaks off after that much is getting on, however often.
    private const long Headway = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _what = $"{descriptor.Digest} of {repository}";
    private long _have;

    /// <summary>Fetches the blob.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DiagnosticException">The registry does not have it, or what it has is another. The target may have been written to.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var failures = 0; ;)
        {
            var before = _have;
            try
            {
                await TransferAsync(cancellation).ConfigureAwait(false);
                break;
            }
            catch (RegistryFaultException) when (_have > 0 && _have == descriptor.Size)
            {
                // It broke off after the last byte.
                break;
            }
            catch (RegistryFaultException fault)
            {
                failures = _have - before >= Headway ? 1 : failures + 1;
                await connection.Retry.PauseAsync(fault, failures, cancellation).ConfigureAwait(false);
            }
        }

        var actual = new Sha256Digest(_hash.GetHashAndReset());
        if (actual != descriptor.Digest)
        {
            throw Mismatch($"it is {actual}.");
        }
    }

    public void Dispose() => _hash.Dispose();

    private async Task TransferAsync(CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Get, repository, BlobRequests.Address(repository, descriptor), [RegistryRequest.PullScope(repository)], _what)
        {
            From = _have > 0 ? _have : null,
        };
        using var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
        var content = answer.Response.Content.Headers;
        switch (answer.Status)
        {
            case HttpStatusCode.OK:
                CheckLength(content.ContentLength, descriptor.Size);
                await CopyAsync(answer, skip: _have, cancellation).ConfigureAwait(false);
                break;
            case HttpStatusCode.PartialContent when _have > 0 && content.ContentRange?.From == _have:
                CheckLength(content.ContentLength, descriptor.Size - _have);
                await CopyAsync(answer, skip: 0, cancellation).ConfigureAwait(false);
                break;
            case >= HttpStatusCode.BadRequest:
                throw await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false);
            default:
                throw answer.Unexpected();
        }
    }

    private void CheckLength(long? announced, long expected)
    {
        if (announced is { } length && length != expected)
        {
            throw Mismatch(string.Create(CultureInfo.InvariantCulture, $"{length} bytes are announced where {expected} should follow."));
        }
    }

    // A registry that knows no ranges sends what we have once more.
    private async Task CopyAsync(RegistryAnswer answer, long skip, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var read = await answer.ReadAsync(buffer.AsMemory(0, BufferSize), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                var skipped = (int)Math.Min(skip, read);
                skip -= skipped;
                await TakeAsync(buffer.AsMemory(skipped, read - skipped), cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (_have < descriptor.Size)
        {
            throw new RegistryFaultException(Mismatch(string.Create(CultureInfo.InvariantCulture, $"it ends after {_have} of {descriptor.Size} bytes.")));
        }
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (bytes.Length > descriptor.Size - _have)
        {
            throw Mismatch(string.Create(CultureInfo.InvariantCulture, $"it goes on after its {descriptor.Size} bytes."));
        }

        _hash.AppendData(bytes.Span);
        await target.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        _have += bytes.Length;
        progress?.Report(_have);
    }

    private DiagnosticException Mismatch(string why) => RegistryDiagnostics.DigestMismatch.Error(connection.Options.Subject, _what, why);
}
