using System.Text;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>Texts, each ended by a zero, of which one that another ends in takes no room of its own: <c>elf/stringtable.c</c> of glibc.</summary>
internal sealed class SuffixTable
{
    private readonly Dictionary<string, uint> _offsets = new(StringComparer.Ordinal);
    private readonly byte[] _bytes;

    /// <summary>Makes a table.</summary>
    /// <param name="texts">The texts; several that are the same count as one.</param>
    public SuffixTable(IEnumerable<string> texts)
    {
        // By their ends, backwards, so that what a text ends in follows it.
        var sorted = texts.Distinct(StringComparer.Ordinal).Select(text => (Text: text, Bytes: Encoding.UTF8.GetBytes(text))).ToArray();
        Array.Sort(sorted, static (a, b) => CompareEnds(a.Bytes, b.Bytes));
        using var table = new MemoryStream();
        var previous = Array.Empty<byte>();
        var start = 0u;
        foreach (var (text, bytes) in sorted)
        {
            if (table.Length > 0 && previous.AsSpan().EndsWith(bytes))
            {
                // The offset counts from the text before, which may itself be the end of another.
                start += (uint)(previous.Length - bytes.Length);
            }
            else
            {
                start = (uint)table.Length;
                table.Write(bytes);
                table.WriteByte(0);
            }

            _offsets.Add(text, start);
            previous = bytes;
        }

        _bytes = table.ToArray();
    }

    /// <summary>All the bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Where a text begins.</summary>
    public uint OffsetOf(string text) => _offsets[text];

    private static int CompareEnds(byte[] a, byte[] b)
    {
        for (var i = 1; i <= a.Length && i <= b.Length; i++)
        {
            if (a[^i] != b[^i])
            {
                return b[^i] - a[^i];
            }
        }

        return b.Length - a.Length;
    }
}
