using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>A part of a blob as the body of a request.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferSize = 1 << 17;

    private readonly BlobSource _source;
    private readonly long _offset;
    private readonly long _length;
    private readonly StallGuard _guard;
    private readonly IProgress<long>? _progress;

    /// <summary>Makes the body.</summary>
    /// <param name="source">The blob.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="withRange">Whether the registry is told which part it is.</param>
    /// <param name="guard">Is told that bytes move.</param>
    /// <param name="progress">Hears how much of the blob has been sent, counted from its start.</param>
    public BlobContent(BlobSource source, long offset, long length, bool withRange, StallGuard guard, IProgress<long>? progress)
    {
        (_source, _offset, _length, _guard, _progress) = (source, offset, length, guard, progress);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (withRange)
        {
            // The distribution specification's own form, without the unit that HTTP has.
            Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{offset}-{offset + length - 1}"));
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long sent = 0; sent < _length;)
            {
                var read = _source.Read(_offset + sent, buffer.AsSpan(0, (int)Math.Min(BufferSize, _length - sent)));
                _guard.ExpectBytes();
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                sent += read;
                _progress?.Report(_offset + sent);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _guard.ExpectAnswer();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
