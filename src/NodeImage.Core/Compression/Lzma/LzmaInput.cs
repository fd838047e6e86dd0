using NodeImage.Core.IO;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>
/// The compressed bytes as the LZMA decoder asks for them: mostly one by one. Their end is an exception, as the
/// decoder itself would go on with bytes that are not there; and they are counted, as the xz container is laid out by sizes.
/// </summary>
internal sealed class LzmaInput(Stream inner) : ReadOnlyForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>How many bytes were taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => _start == _end && !Fill();

    /// <summary>The next byte, which is left in place.</summary>
    /// <exception cref="EndOfStreamException">Nothing is left.</exception>
    public byte Peek() => AtEnd ? throw new EndOfStreamException("The compressed data ends too early.") : _buffer[_start];

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">Nothing is left.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (AtEnd)
        {
            throw new EndOfStreamException("The compressed data ends too early.");
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        Taken += count;
        return count;
    }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">Nothing is left.</exception>
    public override int ReadByte()
    {
        if (AtEnd)
        {
            throw new EndOfStreamException("The compressed data ends too early.");
        }

        Taken++;
        return _buffer[_start++];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        _start = 0;
        _end = inner.Read(_buffer);
        return _end > 0;
    }
}
