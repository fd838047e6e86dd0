using System.Buffers.Binary;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// Checks a header as rpm does before it trusts one (<c>hdrblobVerifyRegion</c>, <c>hdrblobVerifyInfo</c> and
/// <c>regionSwab</c> in <c>lib/header.c</c>), and indexes it. Nothing is read outside the bytes that are given.
/// </summary>
internal ref struct RpmHeaderParser
{
    private const int FirstOrdinaryTag = (int)RpmTag.HeaderI18NTable;

    private readonly ReadOnlySpan<byte> _index;
    private readonly ReadOnlySpan<byte> _data;
    private readonly RpmHeaderKind _kind;
    private readonly int _count;

    /// <summary>Splits a header whose announced sizes have been checked.</summary>
    /// <param name="blob">The two counts, the index and the data.</param>
    /// <param name="kind">Where it comes from.</param>
    public RpmHeaderParser(ReadOnlySpan<byte> blob, RpmHeaderKind kind)
    {
        _kind = kind;
        _count = BinaryPrimitives.ReadInt32BigEndian(blob);
        _index = blob.Slice(RpmHeaderLimits.IntroSize, _count * RpmHeaderLimits.EntrySize);
        _data = blob[(RpmHeaderLimits.IntroSize + _index.Length)..];
        Entries = new RpmHeaderEntry[_count];
    }

    /// <summary>The entries in the order of the index.</summary>
    public RpmHeaderEntry[] Entries { get; }

    /// <summary>The tag of the region that the header begins with, 0 where there is none.</summary>
    public RpmTag Region { get; private set; }

    /// <summary>The number of entries in the region, its own included; all of them where there is no region.</summary>
    public int RegionCount { get; private set; }

    /// <summary>The bytes of data in the region, its trailer included; all of them where there is no region.</summary>
    public int RegionLength { get; private set; }

    /// <summary>Checks everything.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Check()
    {
        for (var i = 0; i < _count; i++)
        {
            Entries[i] = ReadEntry(_index[(i * RpmHeaderLimits.EntrySize)..]);
        }

        return CheckRegion() ?? CheckEntries() ?? CheckLayout();
    }

    private static RpmHeaderEntry ReadEntry(ReadOnlySpan<byte> bytes) => new(
        (RpmTag)BinaryPrimitives.ReadInt32BigEndian(bytes),
        (RpmTagType)BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
        0);

    private string? CheckRegion()
    {
        RegionCount = _count;
        RegionLength = _data.Length;
        var first = Entries[0];
        var expected = _kind switch
        {
            RpmHeaderKind.Signature => first.Tag == RpmTag.HeaderSignatures,
            RpmHeaderKind.Package => first.Tag == RpmTag.HeaderImmutable,
            _ => first.Tag is RpmTag.HeaderImage or RpmTag.HeaderSignatures or RpmTag.HeaderImmutable,
        };
        if (!expected)
        {
            return null;
        }

        if (first.Type != RpmTagType.Bin || first.Count != RpmHeaderLimits.TrailerSize
            || first.Offset < 0 || first.Offset > _data.Length - RpmHeaderLimits.TrailerSize)
        {
            return $"its region {first.Tag} is not one";
        }

        var trailer = ReadEntry(_data.Slice(first.Offset, RpmHeaderLimits.TrailerSize));

        // Some very old packages end the region of their signature header with another tag.
        var named = trailer.Tag == first.Tag || (first.Tag == RpmTag.HeaderSignatures && trailer.Tag == RpmTag.HeaderImage);
        var size = -(long)trailer.Offset;
        if (!named || trailer.Type != RpmTagType.Bin || trailer.Count != RpmHeaderLimits.TrailerSize
            || size % RpmHeaderLimits.EntrySize != 0 || size < RpmHeaderLimits.EntrySize || size > _index.Length)
        {
            return $"the trailer of its region {first.Tag} does not fit it";
        }

        Region = first.Tag;
        RegionCount = (int)(size / RpmHeaderLimits.EntrySize);
        RegionLength = first.Offset + RpmHeaderLimits.TrailerSize;
        return _kind == RpmHeaderKind.Package && (RegionCount != _count || RegionLength != _data.Length)
            ? "entries or data lie outside its immutable region"
            : null;
    }

    private readonly string? CheckEntries()
    {
        var typed = Region is RpmTag.HeaderImmutable or RpmTag.HeaderImage;
        var end = 0;
        for (var i = Region == 0 ? 0 : 1; i < _count; i++)
        {
            ref var entry = ref Entries[i];
            var length = LengthOf(entry);
            if (entry.Offset < end || (int)entry.Tag < FirstOrdinaryTag || length <= 0
                || (typed && !RpmTagTypes.IsAllowed((int)entry.Tag, entry.Type)))
            {
                return Describe(i, entry);
            }

            end = entry.Offset + length;
            var trailer = RegionLength - RpmHeaderLimits.TrailerSize;
            if (Region != 0 && end > trailer && entry.Offset < RegionLength)
            {
                return Describe(i, entry);
            }

            entry = entry with { Length = length };
        }

        return null;
    }

    private static string Describe(int i, RpmHeaderEntry entry) =>
        $"entry {i} (tag {(int)entry.Tag}, type {(int)entry.Type}, offset {entry.Offset}, count {entry.Count}) is out of bounds or out of place";

    // The bytes that an entry's data takes, or -1 where it does not lie within the data.
    private readonly int LengthOf(in RpmHeaderEntry entry)
    {
        if (entry.Offset < 0 || entry.Offset >= _data.Length || entry.Count < 1 || entry.Count > _data.Length)
        {
            return -1;
        }

        var width = WidthOf(entry.Type);
        if (entry.Type != RpmTagType.Bin && entry.Count > RpmHeaderLimits.MaxItems)
        {
            return -1;
        }

        if (width == 0)
        {
            return entry.Type == RpmTagType.String && entry.Count != 1 ? -1 : LengthOfStrings(_data[entry.Offset..], entry.Count);
        }

        var length = (long)width * entry.Count;
        return width < 0 || entry.Offset % width != 0 || length > _data.Length - entry.Offset ? -1 : (int)length;
    }

    private static int LengthOfStrings(ReadOnlySpan<byte> data, int count)
    {
        var length = 0;
        while (count-- > 0)
        {
            var end = data[length..].IndexOf((byte)0);
            if (end < 0)
            {
                return -1;
            }

            length += end + 1;
        }

        return length;
    }

    // Apart from alignment there are no gaps in the data of a header that rpm can load.
    private readonly string? CheckLayout()
    {
        var length = 0L;
        for (var i = Region == 0 ? 0 : 1; i < _count; i++)
        {
            var width = Math.Max(1, WidthOf(Entries[i].Type));
            length += ((width - (length % width)) % width) + Entries[i].Length;
        }

        length += Region == 0 ? 0 : RpmHeaderLimits.TrailerSize;
        return length == _data.Length ? null : "there are gaps in its data";
    }

    // The bytes of an item, 0 for strings, -1 for what is no type.
    private static int WidthOf(RpmTagType type) => type switch
    {
        RpmTagType.Char or RpmTagType.Int8 or RpmTagType.Bin => 1,
        RpmTagType.Int16 => 2,
        RpmTagType.Int32 => 4,
        RpmTagType.Int64 => 8,
        RpmTagType.String or RpmTagType.StringArray or RpmTagType.I18NString => 0,
        _ => -1,
    };
}
