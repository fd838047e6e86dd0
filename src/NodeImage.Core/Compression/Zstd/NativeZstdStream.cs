using System.Buffers;
using NodeImage.Core.IO;

namespace NodeImage.Core.Compression.Zstd;

/// <summary>Decodes zstd (RFC 8878) with the system's library: any number of frames, one behind the other.</summary>
internal sealed class NativeZstdStream : ReadOnlyForwardStream
{
    // ZSTD_d_windowLogMax.
    private const int WindowLogMaxParameter = 100;
    private const int InputSize = 1 << 16;

    private readonly Stream _compressed;
    private readonly NativeZstd.DecoderHandle _decoder = NativeZstd.CreateDecoder();
    private byte[]? _input = ArrayPool<byte>.Shared.Rent(InputSize);
    private int _position;
    private int _end;
    private bool _isInFrame = true;
    private bool _mayHoldMore;

    /// <summary>Begins to decode.</summary>
    /// <param name="compressed">The compressed data; it is closed with this.</param>
    /// <param name="windowLogMax">The binary logarithm of the largest window that is accepted.</param>
    public NativeZstdStream(Stream compressed, int windowLogMax)
    {
        _compressed = compressed;
        Check(NativeZstd.SetParameter(_decoder, WindowLogMaxParameter, windowLogMax));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged, ends too early, or asks for too large a window.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_position == _end && !_mayHoldMore && !Refill())
            {
                return _isInFrame ? throw new InvalidDataException("The compressed data ends too early.") : 0;
            }

            var written = Decode(buffer);
            if (written > 0)
            {
                return written;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _compressed.Dispose();
            if (_input is { } input)
            {
                _input = null;
                ArrayPool<byte>.Shared.Return(input);
            }
        }

        base.Dispose(disposing);
    }

    private static void Check(nuint code)
    {
        if (NativeZstd.IsError(code) != 0)
        {
            throw new InvalidDataException("The compressed data is damaged.");
        }
    }

    private bool Refill()
    {
        _position = 0;
        _end = _compressed.Read(_input.AsSpan(0, InputSize));
        return _end > 0;
    }

    private unsafe int Decode(Span<byte> buffer)
    {
        fixed (byte* from = _input)
        fixed (byte* to = buffer)
        {
            var input = new NativeZstd.Buffer { Bytes = from, Size = (nuint)_end, Position = (nuint)_position };
            var output = new NativeZstd.Buffer { Bytes = to, Size = (nuint)buffer.Length };
            var left = NativeZstd.Decompress(_decoder, ref output, ref input);
            Check(left);
            _position = (int)input.Position;
            _isInFrame = left != 0;
            _mayHoldMore = _isInFrame && output.Position == output.Size;
            return (int)output.Position;
        }
    }
}
