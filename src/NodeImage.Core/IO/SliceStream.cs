namespace NodeImage.Core.IO;

/// <summary>The next given number of bytes of another stream, which stays open and is read no further.</summary>
public sealed class SliceStream : ReadOnlyForwardStream
{
    private readonly Stream _inner;

    /// <summary>Begins a slice at the inner stream's current position.</summary>
    /// <param name="inner">The stream that is read.</param>
    /// <param name="length">The slice's length in bytes.</param>
    public SliceStream(Stream inner, long length)
    {
        _inner = inner;
        Length = length;
        Remaining = length;
    }

    /// <summary>The slice's length in bytes.</summary>
    public override long Length { get; }

    /// <summary>How many bytes of the slice have not been read yet.</summary>
    public long Remaining { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">The inner stream ends before the slice does.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (Remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var read = _inner.Read(buffer[..(int)Math.Min(buffer.Length, Remaining)]);
        Remaining -= read;
        return read > 0 ? read : throw new EndOfStreamException($"The data ends {Remaining} bytes too early.");
    }

    /// <summary>Reads what is left of the slice and throws it away.</summary>
    /// <exception cref="EndOfStreamException">The inner stream ends before the slice does.</exception>
    public void Drain()
    {
        Span<byte> scratch = stackalloc byte[4096];
        while (Remaining > 0)
        {
            _ = Read(scratch);
        }
    }
}
