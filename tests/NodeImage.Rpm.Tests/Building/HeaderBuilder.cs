using System.Buffers.Binary;
using System.Text;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Writes headers, sound ones by its own rules and, where a test says so, others.</summary>
internal sealed class HeaderBuilder
{
    private readonly SortedDictionary<int, (RpmTagType Type, int Count, byte[] Data)> _entries = [];

    public HeaderBuilder Add(RpmTag tag, RpmTagType type, int count, byte[] data)
    {
        _entries[(int)tag] = (type, count, data);
        return this;
    }

    public HeaderBuilder Add(RpmTag tag, string text) => Add(tag, RpmTagType.String, 1, [.. Encoding.UTF8.GetBytes(text), 0]);

    public HeaderBuilder AddTranslated(RpmTag tag, params string[] texts) => Add(tag, RpmTagType.I18NString, texts.Length, Join(texts));

    public HeaderBuilder AddArray(RpmTag tag, params IEnumerable<string> texts)
    {
        var list = texts.ToArray();
        return list.Length == 0 ? this : Add(tag, RpmTagType.StringArray, list.Length, Join(list));
    }

    public HeaderBuilder AddBytes(RpmTag tag, byte[] bytes) => Add(tag, RpmTagType.Bin, bytes.Length, bytes);

    public HeaderBuilder AddInt16(RpmTag tag, params IEnumerable<ushort> numbers) => AddNumbers(tag, RpmTagType.Int16, 2, numbers.Select(number => (ulong)number));

    public HeaderBuilder AddInt32(RpmTag tag, params IEnumerable<uint> numbers) => AddNumbers(tag, RpmTagType.Int32, 4, numbers.Select(number => (ulong)number));

    public HeaderBuilder AddInt64(RpmTag tag, params IEnumerable<ulong> numbers) => AddNumbers(tag, RpmTagType.Int64, 8, numbers);

    public HeaderBuilder Remove(RpmTag tag)
    {
        _entries.Remove((int)tag);
        return this;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="region">The region's tag, 0 for none.</param>
    /// <returns>The two counts, the index and the data.</returns>
    public byte[] Build(RpmTag region = RpmTag.HeaderImmutable)
    {
        var data = new List<byte>();
        var index = new List<byte>();
        foreach (var (tag, (type, count, bytes)) in _entries)
        {
            var width = type switch
            {
                RpmTagType.Int16 => 2,
                RpmTagType.Int32 => 4,
                RpmTagType.Int64 => 8,
                _ => 1,
            };
            data.AddRange(new byte[(width - (data.Count % width)) % width]);
            index.AddRange(Entry(tag, type, data.Count, count));
            data.AddRange(bytes);
        }

        if (region != 0)
        {
            index.InsertRange(0, Entry((int)region, RpmTagType.Bin, data.Count, 16));
            data.AddRange(Entry((int)region, RpmTagType.Bin, -index.Count, 16));
        }

        return [.. Number(index.Count / 16), .. Number(data.Count), .. index, .. data];
    }

    /// <summary>An index entry.</summary>
    public static byte[] Entry(int tag, RpmTagType type, int offset, int count) => [.. Number(tag), .. Number((int)type), .. Number(offset), .. Number(count)];

    /// <summary>Four bytes.</summary>
    public static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Join(string[] texts) => [.. texts.SelectMany(text => Encoding.UTF8.GetBytes(text).Append((byte)0))];

    private HeaderBuilder AddNumbers(RpmTag tag, RpmTagType type, int width, IEnumerable<ulong> numbers)
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
        {
            var whole = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(whole, number);
            bytes.AddRange(whole[(8 - width)..]);
        }

        return bytes.Count == 0 ? this : Add(tag, type, bytes.Count / width, [.. bytes]);
    }
}
