using System.Text;

namespace NodeImage.Compose.Tests.Support;

/// <summary>Writes the smallest ELF files that tools take for libraries.</summary>
internal sealed record TinyLibrary
{
    public bool Is64 { get; init; } = true;

    public bool IsBigEndian { get; init; }

    public ushort Machine { get; init; } = 62;

    public uint Flags { get; init; }

    public ushort Type { get; init; } = 3;

    public string? Soname { get; init; }

    public string[] Needed { get; init; } = [];

    public string? Interpreter { get; init; }

    /// <summary>The oldest kernel: three numbers.</summary>
    public uint[]? Kernel { get; init; }

    /// <summary>The bits of the x86-64 instruction set levels that are needed.</summary>
    public uint? IsaNeeded { get; init; }

    public byte[] Write()
    {
        var strings = new MemoryStream();
        strings.WriteByte(0);
        var dynamic = new List<(ulong Tag, ulong Value)>();
        dynamic.AddRange(Needed.Select(name => (1ul, Add(strings, name))));
        if (Soname is not null)
        {
            dynamic.Add((14, Add(strings, Soname)));
        }

        var (headerSize, segmentSize) = Is64 ? (64u, 56u) : (52u, 32u);
        var segmentCount = 2u + (Interpreter is null ? 0u : 1u) + (Kernel is null ? 0u : 1u) + (IsaNeeded is null ? 0u : 1u);
        var word = Is64 ? 8u : 4u;
        var notes = new ElfBytes(IsBigEndian, Is64);
        var stringsAt = headerSize + (segmentCount * segmentSize);
        var dynamicAt = (stringsAt + (uint)strings.Length + 15) & ~15u;
        var restAt = dynamicAt + ((uint)(dynamic.Count + 2) * 2 * word);
        dynamic.Add((5, stringsAt));
        dynamic.Add((0, 0));

        var segments = new List<(uint Type, uint Offset, uint Size, uint Align)> { (1, 0, restAt, 0x1000), (2, dynamicAt, (uint)dynamic.Count * 2 * word, word) };
        if (Interpreter is not null)
        {
            segments.Add((3, restAt + (uint)notes.Length, (uint)Interpreter.Length + 1, 1));
            notes.Bytes([.. Encoding.ASCII.GetBytes(Interpreter + '\0')]).Align(16);
        }

        if (Kernel is not null)
        {
            segments.Add((4, restAt + (uint)notes.Length, 32, 4));
            notes.UInt32(4).UInt32(16).UInt32(1).Bytes("GNU\0"u8.ToArray()).UInt32(0).UInt32(Kernel[0]).UInt32(Kernel[1]).UInt32(Kernel[2]);
        }

        if (IsaNeeded is { } needed)
        {
            segments.Add((0x6474e553, restAt + (uint)notes.Length, 32, word));
            notes.UInt32(4).UInt32(16).UInt32(5).Bytes("GNU\0"u8.ToArray()).UInt32(0xc0008002).UInt32(4).UInt32(needed).UInt32(0);
        }

        var file = new ElfBytes(IsBigEndian, Is64);
        file.Header(Type, Machine, Flags, segmentCount, 0, 0, 0);
        foreach (var (type, offset, size, align) in segments)
        {
            file.Segment(type, offset, offset, size, align);
        }

        file.Bytes(strings.ToArray()).Align(16);
        dynamic.ForEach(entry => file.Word(entry.Tag).Word(entry.Value));
        return file.Bytes(notes.ToArray()).Bytes(new byte[64]).ToArray();
    }

    private static ulong Add(MemoryStream strings, string text)
    {
        var at = strings.Length;
        strings.Write(Encoding.UTF8.GetBytes(text + '\0'));
        return (ulong)at;
    }
}

/// <summary>Writes numbers of either size and order.</summary>
internal sealed class ElfBytes(bool isBigEndian, bool is64)
{
    private readonly List<byte> _bytes = [];

    public long Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public ElfBytes Bytes(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ElfBytes Number(ulong value, int size)
    {
        for (var i = 0; i < size; i++)
        {
            _bytes.Add((byte)(value >> (8 * (isBigEndian ? size - 1 - i : i))));
        }

        return this;
    }

    public ElfBytes UInt16(ushort value) => Number(value, 2);

    public ElfBytes UInt32(uint value) => Number(value, 4);

    public ElfBytes Word(ulong value) => Number(value, is64 ? 8 : 4);

    public ElfBytes Align(int size)
    {
        while (_bytes.Count % size != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public void Header(ushort type, ushort machine, uint flags, uint segments, ulong sectionsAt, ushort sections, ushort namesIndex)
    {
        Bytes([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(is64 ? 2 : 1), (byte)(isBigEndian ? 2 : 1), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        UInt16(type).UInt16(machine).UInt32(1).Word(0).Word(segments > 0 ? (is64 ? 64u : 52u) : 0u).Word(sectionsAt).UInt32(flags);
        UInt16((ushort)(is64 ? 64 : 52)).UInt16((ushort)(is64 ? 56 : 32)).UInt16((ushort)segments).UInt16((ushort)(is64 ? 64 : 40)).UInt16(sections).UInt16(namesIndex);
    }

    public void Segment(uint type, ulong offset, ulong address, ulong size, ulong align)
    {
        UInt32(type);
        if (is64)
        {
            UInt32(4);
        }

        Word(offset).Word(address).Word(address).Word(size).Word(size);
        if (!is64)
        {
            UInt32(4);
        }

        Word(align);
    }
}
