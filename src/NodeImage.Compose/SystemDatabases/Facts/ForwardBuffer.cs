using System.Buffers;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>
/// The beginning of a content that is read forward only, as far as anybody has asked for: places in it may then be looked
/// at in any order.
/// </summary>
/// <param name="stream">The content.</param>
/// <param name="limit">The most bytes that are held; what lies behind them counts as unreadable.</param>
internal sealed class ForwardBuffer(Stream stream, int limit) : IDisposable
{
    // Enough for the headers and tables at the front of most files.
    private const int FirstSize = 64 << 10;

    private byte[] _bytes = [];
    private int _count;
    private bool _atEnd;

    /// <summary>Whether something was asked for that lies behind the limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>All that has been read so far.</summary>
    public ReadOnlySpan<byte> Read => _bytes.AsSpan(0, _count);

    /// <summary>Reads everything, up to the limit.</summary>
    public ReadOnlySpan<byte> ReadAll()
    {
        Fill(limit);
        IsTooLarge |= !_atEnd && stream.ReadByte() >= 0;
        return Read;
    }

    /// <summary>Looks at a place.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How long it is.</param>
    /// <param name="bytes">The bytes, valid until more is asked for.</param>
    /// <returns>False where the content does not reach that far.</returns>
    public bool TryGet(ulong offset, ulong count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (offset > (ulong)limit || count > (ulong)limit - offset)
        {
            IsTooLarge = true;
            return false;
        }

        var end = (int)(offset + count);
        Fill(end);
        if (_count < end)
        {
            return false;
        }

        bytes = _bytes.AsSpan((int)offset, (int)count);
        return true;
    }

    /// <summary>Looks at a text that ends in a zero.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="maxLength">The longest that is looked for.</param>
    /// <param name="text">The bytes before the zero.</param>
    /// <returns>False where there is no such text.</returns>
    public bool TryGetText(ulong offset, int maxLength, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (offset > (ulong)limit)
        {
            IsTooLarge = true;
            return false;
        }

        Fill((int)Math.Min((long)offset + maxLength + 1, limit));
        if (offset >= (ulong)_count)
        {
            return false;
        }

        var rest = _bytes.AsSpan((int)offset, Math.Min(_count - (int)offset, maxLength + 1));
        var end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            return false;
        }

        text = rest[..end];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _count) = ([], 0);
        }
    }

    private void Fill(int wanted)
    {
        while (_count < wanted && !_atEnd)
        {
            if (_count == _bytes.Length)
            {
                Grow(wanted);
            }

            var read = stream.Read(_bytes, _count, Math.Min(_bytes.Length, limit) - _count);
            _count += read;
            _atEnd = read == 0;
        }
    }

    private void Grow(int wanted)
    {
        // By doubling, so that a size that a file only claims to have costs nothing.
        var size = (int)Math.Min(limit, Math.Max(Math.Min(wanted, FirstSize), 2L * _bytes.Length));
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, FirstSize));
        Read.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
