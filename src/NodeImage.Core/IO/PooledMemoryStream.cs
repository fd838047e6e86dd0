using System.Buffers;

namespace NodeImage.Core.IO;

/// <summary>
/// Scratch space of a known size in a shared buffer. Arrays of this size that come and go would have the whole heap
/// collected again and again.
/// </summary>
internal sealed class PooledMemoryStream : MemoryStream
{
    private readonly byte[] _buffer;
    private bool _isReturned;

    private PooledMemoryStream(byte[] buffer)
        : base(buffer)
    {
        _buffer = buffer;
        SetLength(0);
    }

    /// <summary>Makes an empty stream.</summary>
    /// <param name="capacity">The most bytes that it has to hold.</param>
    public static PooledMemoryStream Create(int capacity) => new(ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1)));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isReturned)
        {
            _isReturned = true;
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        base.Dispose(disposing);
    }
}
