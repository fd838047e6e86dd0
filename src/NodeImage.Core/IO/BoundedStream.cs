namespace NodeImage.Core.IO;

/// <summary>
/// Reads another stream and refuses to yield more than a given number of bytes: the guard between
/// hostile compressed data and memory or disk.
/// </summary>
/// <param name="inner">The stream that is read.</param>
/// <param name="limit">The most bytes that it may yield.</param>
/// <param name="leaveOpen">Whether <paramref name="inner"/> outlives this stream.</param>
public sealed class BoundedStream(Stream inner, long limit, bool leaveOpen = false) : ReadOnlyForwardStream
{
    private long _read;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The inner stream holds more than the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        return _read <= limit
            ? read
            : throw new InvalidDataException($"More than the {limit} bytes that were announced.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
