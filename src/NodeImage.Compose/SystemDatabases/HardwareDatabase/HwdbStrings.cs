using System.IO.Hashing;

namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>
/// The texts of a hardware database, each of them once: one that another ends in shares its place. Which of several places
/// a text gets is that of <c>src/basic/strbuf.c</c> of systemd.
/// </summary>
internal sealed class HwdbStrings
{
    // A tree over texts read from their ends; each node holds the text that first came as far.
    private readonly List<(int Offset, int Length)> _nodes = [(0, 0)];
    private readonly Dictionary<long, int> _children = new(1 << 18);

    // Names of properties and files come again and again; where a text has its place, it keeps it.
    private readonly Dictionary<UInt128, int> _known = new(1 << 16);
    private byte[] _bytes = new byte[1 << 20];

    /// <summary>How many bytes there are; the first is a zero, for the empty text.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>The text at a place.</summary>
    public ReadOnlySpan<byte> this[int offset]
    {
        get
        {
            var rest = Bytes[offset..];
            return rest[..rest.IndexOf((byte)0)];
        }
    }

    /// <summary>Adds a text.</summary>
    /// <returns>Its place.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var hash = XxHash128.HashToUInt128(text);
        if (_known.TryGetValue(hash, out var known) && this[known].SequenceEqual(text))
        {
            return known;
        }

        return _known[hash] = Place(text);
    }

    private int Place(ReadOnlySpan<byte> text)
    {
        var node = 0;
        for (var depth = 0; ; depth++)
        {
            var (offset, length) = _nodes[node];
            var tail = offset + length - text.Length;
            if (depth == text.Length || (length >= text.Length && _bytes.AsSpan(tail, text.Length).SequenceEqual(text)))
            {
                return tail;
            }

            var key = ((long)node << 8) | text[text.Length - 1 - depth];
            if (!_children.TryGetValue(key, out var child))
            {
                _children.Add(key, _nodes.Count);
                _nodes.Add((Length, text.Length));
                return Append(text);
            }

            node = child;
        }
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        var offset = Length;
        var end = checked(offset + text.Length + 1);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, checked(2 * _bytes.Length)));
        }

        text.CopyTo(_bytes.AsSpan(offset));
        _bytes[end - 1] = 0;
        Length = end;
        return offset;
    }
}
