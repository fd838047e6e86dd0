using System.Buffers.Binary;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// A header: entries of numbers, strings and bytes under numbered tags. It keeps the bytes that it was read from and
/// decodes an entry when it is asked for. The format is described in rpm's <c>docs/manual/format_header.md</c>.
/// </summary>
public sealed class RpmHeader
{
    private readonly RpmHeaderEntry[] _entries;
    private readonly int _dataStart;

    private RpmHeader(ReadOnlyMemory<byte> blob, in RpmHeaderParser parsed)
    {
        Blob = blob;
        Region = parsed.Region;
        RegionCount = parsed.RegionCount;
        RegionLength = parsed.RegionLength;
        IndexEntries = parsed.Entries;
        _dataStart = RpmHeaderLimits.IntroSize + (parsed.Entries.Length * RpmHeaderLimits.EntrySize);
        _entries = SortForLookup(parsed.Entries, parsed.RegionCount, parsed.Region != 0);
    }

    /// <summary>The bytes of the header, from the two counts to the end of the data, without the magic number before them.</summary>
    public ReadOnlyMemory<byte> Blob { get; }

    /// <summary>The tag of the region that the header begins with, 0 for a header older than regions.</summary>
    public RpmTag Region { get; }

    /// <summary>The entries that can be looked up, by ascending tag; the region itself is not one of them.</summary>
    public IReadOnlyList<RpmHeaderEntry> Entries => _entries;

    /// <summary>How many index entries belong to the region, its own included.</summary>
    internal int RegionCount { get; }

    /// <summary>How many bytes of data belong to the region, its trailer included.</summary>
    internal int RegionLength { get; }

    /// <summary>All entries in the order of the index, the region's own included.</summary>
    internal IReadOnlyList<RpmHeaderEntry> IndexEntries { get; }

    /// <summary>The bytes after the index.</summary>
    internal ReadOnlySpan<byte> Data => Blob.Span[_dataStart..];

    /// <summary>Reads a header.</summary>
    /// <param name="blob">Its bytes, from the two counts to the end of the data; they are kept, not copied.</param>
    /// <param name="kind">Where it comes from.</param>
    /// <param name="source">The file it comes from, for messages.</param>
    /// <returns>The header, whose every entry has been found to lie within the bytes.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2302: the header is malformed.</exception>
    public static RpmHeader Parse(ReadOnlyMemory<byte> blob, RpmHeaderKind kind, string source)
    {
        var defect = CheckSize(blob.Span, kind);
        if (defect is null)
        {
            var parser = new RpmHeaderParser(blob.Span, kind);
            defect = parser.Check();
            if (defect is null)
            {
                return new RpmHeader(blob, parser);
            }
        }

        var part = kind == RpmHeaderKind.Signature ? "signature header" : "header";
        throw PackageDiagnostics.MalformedHeader.Error(null, source, part, defect);
    }

    /// <summary>Whether there is an entry.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>True when there is.</returns>
    public bool Contains(RpmTag tag) => TryFind(tag, out _);

    /// <summary>Finds an entry.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <param name="entry">The entry, when the result is true.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(RpmTag tag, out RpmHeaderEntry entry)
    {
        var low = 0;
        var high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_entries[middle].Tag == tag)
            {
                entry = _entries[middle];
                return true;
            }

            if (_entries[middle].Tag < tag)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        entry = default;
        return false;
    }

    /// <summary>The bytes of an entry as they are stored: numbers most significant byte first, strings ended by zeros.</summary>
    /// <param name="entry">An entry of this header.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> GetData(RpmHeaderEntry entry) => Blob.Span.Slice(_dataStart + entry.Offset, entry.Length);

    /// <summary>The bytes of a binary entry.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The bytes, none where there is no such entry or it is not binary.</returns>
    public ReadOnlyMemory<byte> GetBytes(RpmTag tag) =>
        TryFind(tag, out var entry) && entry.Type is RpmTagType.Bin or RpmTagType.Char or RpmTagType.Int8
            ? Blob.Slice(_dataStart + entry.Offset, entry.Length)
            : default;

    /// <summary>The string of an entry, the first where there are several (in the C locale where they are translations).</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The string, or null where there is no such entry or it holds no strings.</returns>
    public string? GetString(RpmTag tag)
    {
        var strings = GetStringData(tag);
        return strings.MoveNext() ? RpmText.Decode(strings.Current) : null;
    }

    /// <summary>All strings of an entry.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The strings, none where there is no such entry or it holds no strings.</returns>
    public string[] GetStrings(RpmTag tag)
    {
        var data = GetStringData(tag);
        if (data.Count == 0)
        {
            return [];
        }

        var decoder = new RpmText.Sequence();
        var strings = new string[data.Count];
        for (var i = 0; data.MoveNext(); i++)
        {
            strings[i] = decoder.Decode(data.Current);
        }

        return strings;
    }

    /// <summary>The strings of an entry as bytes, without a copy.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>An enumerator over them, empty where there is no such entry or it holds no strings.</returns>
    public RpmStringData GetStringData(RpmTag tag) =>
        TryFind(tag, out var entry) && entry.Type is RpmTagType.String or RpmTagType.StringArray or RpmTagType.I18NString
            ? new RpmStringData(GetData(entry), entry.Count)
            : default;

    /// <summary>The number of an entry, the first where there are several.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The number, or null where there is no such entry or it holds no numbers.</returns>
    public ulong? GetNumber(RpmTag tag)
    {
        if (!TryFind(tag, out var entry))
        {
            return null;
        }

        var data = GetData(entry);
        return entry.Type switch
        {
            RpmTagType.Char or RpmTagType.Int8 => data[0],
            RpmTagType.Int16 => BinaryPrimitives.ReadUInt16BigEndian(data),
            RpmTagType.Int32 => BinaryPrimitives.ReadUInt32BigEndian(data),
            RpmTagType.Int64 => BinaryPrimitives.ReadUInt64BigEndian(data),
            _ => null,
        };
    }

    /// <summary>All numbers of an entry of two-byte numbers.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The numbers, none where there is no such entry or its type is another.</returns>
    public ushort[] GetUInt16s(RpmTag tag)
    {
        var entry = OfType(tag, RpmTagType.Int16);
        var numbers = new ushort[entry.Count];
        BinaryPrimitives.ReverseEndianness(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(GetData(entry)), numbers);
        return numbers;
    }

    /// <summary>All numbers of an entry of four-byte numbers.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The numbers, none where there is no such entry or its type is another.</returns>
    public uint[] GetUInt32s(RpmTag tag)
    {
        var entry = OfType(tag, RpmTagType.Int32);
        var numbers = new uint[entry.Count];
        BinaryPrimitives.ReverseEndianness(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(GetData(entry)), numbers);
        return numbers;
    }

    /// <summary>All numbers of an entry of eight-byte numbers.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <returns>The numbers, none where there is no such entry or its type is another.</returns>
    public ulong[] GetUInt64s(RpmTag tag)
    {
        var entry = OfType(tag, RpmTagType.Int64);
        var numbers = new ulong[entry.Count];
        BinaryPrimitives.ReverseEndianness(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(GetData(entry)), numbers);
        return numbers;
    }

    private static string? CheckSize(ReadOnlySpan<byte> blob, RpmHeaderKind kind)
    {
        if (blob.Length < RpmHeaderLimits.IntroSize)
        {
            return "it ends too early";
        }

        var entries = BinaryPrimitives.ReadUInt32BigEndian(blob);
        var data = BinaryPrimitives.ReadUInt32BigEndian(blob[4..]);
        var size = RpmHeaderLimits.IntroSize + (RpmHeaderLimits.EntrySize * (long)entries) + data;
        return RpmHeaderLimits.Check(kind, entries, data)
            ?? (size == blob.Length ? null : $"it announces {size} bytes and has {blob.Length}");
    }

    // What follows a region takes the place of entries of the same tag in it; a compressed file list, of an old one as well.
    private static RpmHeaderEntry[] SortForLookup(RpmHeaderEntry[] index, int regionCount, bool region)
    {
        IEnumerable<RpmHeaderEntry> entries = region ? index.Skip(1) : index;
        if (regionCount < index.Length)
        {
            var later = index.Skip(regionCount).Select(entry => entry.Tag).ToHashSet();
            if (later.Contains(RpmTag.BaseNames))
            {
                later.Add(RpmTag.OldFileNames);
            }

            entries = index.Take(regionCount).Skip(1).Where(entry => !later.Contains(entry.Tag)).Concat(index.Skip(regionCount));
        }

        var sorted = entries.ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Tag < sorted[i - 1].Tag)
            {
                return [.. sorted.OrderBy(entry => entry.Tag)];
            }
        }

        return sorted;
    }

    private RpmHeaderEntry OfType(RpmTag tag, RpmTagType type) =>
        TryFind(tag, out var entry) && entry.Type == type ? entry : default;
}
