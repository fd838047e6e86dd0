using System.Buffers;
using NodeImage.Core.IO;

namespace NodeImage.Rpm.Payloads;

/// <summary>
/// The compressed payload on its way to the decoder: read in large pieces, each of which is shown to an observer (which
/// digests it) before anything is decoded from it.
/// </summary>
internal sealed class PayloadSource(Stream file, Action<ReadOnlySpan<byte>>? observe) : ReadOnlyForwardStream
{
    private const int BufferSize = 128 * 1024;

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;
    private long _position;

    /// <summary>How many bytes have been handed out. Some decoders ask for it.</summary>
    public override long Position
    {
        get => _position;
        set => base.Position = value;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !Fill())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _position += count;
        return count;
    }

    /// <summary>The first bytes, which stay to be read.</summary>
    /// <returns>At least six bytes unless the payload is shorter.</returns>
    public ReadOnlySpan<byte> Peek()
    {
        if (_start == _end)
        {
            Fill();
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    /// <summary>Shows the observer what the decoder had no use for.</summary>
    public void Drain()
    {
        do
        {
            _position += _end - _start;
            _start = _end;
        }
        while (Fill());
    }

    /// <summary>Closes the file. Closing the stream does not: some decoders do that when they have seen enough.</summary>
    public void Release()
    {
        if (_buffer is not null)
        {
            file.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    private bool Fill()
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        _start = 0;
        _end = file.ReadAtLeast(_buffer.AsSpan(0, BufferSize), BufferSize, throwOnEndOfStream: false);
        observe?.Invoke(_buffer.AsSpan(0, _end));
        return _end > 0;
    }
}
