using System.Buffers.Binary;
using System.Text;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>Entries that are added to a header behind its region, by ascending tag.</summary>
internal sealed class HeaderAdditions
{
    private readonly SortedDictionary<RpmTag, (RpmTagType Type, int Count, ReadOnlyMemory<byte> Data)> _entries = [];

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds an entry as it is stored elsewhere.</summary>
    public void Add(RpmTag tag, RpmTagType type, int count, ReadOnlyMemory<byte> data) => _entries[tag] = (type, count, data);

    /// <summary>Adds a four-byte number.</summary>
    public void Add(RpmTag tag, uint number) => Add(tag, [number]);

    /// <summary>Adds four-byte numbers.</summary>
    public void Add(RpmTag tag, ReadOnlySpan<uint> numbers)
    {
        var data = new byte[numbers.Length * sizeof(uint)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(i * sizeof(uint)), numbers[i]);
        }

        Add(tag, RpmTagType.Int32, numbers.Length, data);
    }

    /// <summary>Adds a string.</summary>
    public void Add(RpmTag tag, string text) => Add(tag, RpmTagType.String, 1, [Encoding.UTF8.GetBytes(text)]);

    /// <summary>Adds strings.</summary>
    public void AddArray(RpmTag tag, IReadOnlyList<byte[]> texts) => Add(tag, RpmTagType.StringArray, texts.Count, texts);

    /// <summary>Writes a header: a region, and what is added behind it (<c>doExport</c> in rpm's <c>lib/header.c</c>).</summary>
    /// <param name="regionIndex">The region's index entries.</param>
    /// <param name="regionData">The region's data, its trailer included.</param>
    /// <returns>The header, from the two counts to the end of the data.</returns>
    public byte[] Write(ReadOnlySpan<byte> regionIndex, ReadOnlySpan<byte> regionData)
    {
        var dataLength = regionData.Length;
        foreach (var (type, _, data) in _entries.Values)
        {
            dataLength = Align(dataLength, type) + data.Length;
        }

        var indexLength = regionIndex.Length + (_entries.Count * RpmHeaderLimits.EntrySize);
        var header = new byte[RpmHeaderLimits.IntroSize + indexLength + dataLength];
        BinaryPrimitives.WriteInt32BigEndian(header, indexLength / RpmHeaderLimits.EntrySize);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), dataLength);
        regionIndex.CopyTo(header.AsSpan(RpmHeaderLimits.IntroSize));
        regionData.CopyTo(header.AsSpan(RpmHeaderLimits.IntroSize + indexLength));
        WriteEntries(header, RpmHeaderLimits.IntroSize + regionIndex.Length, RpmHeaderLimits.IntroSize + indexLength, regionData.Length);
        return header;
    }

    private static int Align(int offset, RpmTagType type)
    {
        var width = type switch
        {
            RpmTagType.Int16 => 2,
            RpmTagType.Int32 => 4,
            RpmTagType.Int64 => 8,
            _ => 1,
        };
        return (offset + width - 1) / width * width;
    }

    private void Add(RpmTag tag, RpmTagType type, int count, IReadOnlyList<byte[]> texts)
    {
        var data = new byte[texts.Sum(text => text.Length + 1)];
        var end = 0;
        foreach (var text in texts)
        {
            text.CopyTo(data.AsSpan(end));
            end += text.Length + 1;
        }

        Add(tag, type, count, data);
    }

    private void WriteEntries(byte[] header, int indexPosition, int dataStart, int offset)
    {
        foreach (var (tag, (type, count, data)) in _entries)
        {
            offset = Align(offset, type);
            var entry = header.AsSpan(indexPosition, RpmHeaderLimits.EntrySize);
            BinaryPrimitives.WriteInt32BigEndian(entry, (int)tag);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], (int)type);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], count);
            data.Span.CopyTo(header.AsSpan(dataStart + offset));
            offset += data.Length;
            indexPosition += RpmHeaderLimits.EntrySize;
        }
    }
}
