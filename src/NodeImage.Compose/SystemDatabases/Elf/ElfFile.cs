using System.Buffers.Binary;
using NodeImage.Compose.SystemDatabases.Facts;

namespace NodeImage.Compose.SystemDatabases.Elf;

/// <summary>An ELF file of either word size and byte order, looked at number by number. Every place is checked before it is read.</summary>
internal sealed class ElfFile
{
    private const int IdentitySize = 16;
    private const int MaxSectionNameLength = 255;

    private readonly ForwardBuffer _buffer;

    private ElfFile(ForwardBuffer buffer, bool is64, bool isBigEndian)
    {
        _buffer = buffer;
        Is64 = is64;
        IsBigEndian = isBigEndian;
    }

    /// <summary>Whether its words have 64 bits.</summary>
    public bool Is64 { get; }

    /// <summary>Whether its numbers begin with the most significant byte.</summary>
    public bool IsBigEndian { get; }

    /// <summary>The size of a word in bytes.</summary>
    public uint WordSize => Is64 ? 8u : 4u;

    /// <summary>The size of the header at the front.</summary>
    public uint HeaderSize => Is64 ? 64u : 52u;

    /// <summary>What kind of object it is.</summary>
    public ushort Type => UInt16(16) ?? 0;

    /// <summary>What machine it is for.</summary>
    public ushort Machine => UInt16(18) ?? 0;

    /// <summary>The machine's own flags.</summary>
    public uint Flags => UInt32(Is64 ? 48u : 36u) ?? 0;

    /// <summary>Opens a file.</summary>
    /// <returns>The file, or null where it does not begin as an ELF file does or ends within its header.</returns>
    public static ElfFile? Open(ForwardBuffer buffer)
    {
        if (!buffer.TryGet(0, IdentitySize, out var identity)
            || !identity.StartsWith("\u007fELF"u8)
            || identity[4] is not (1 or 2)
            || identity[5] is not (1 or 2))
        {
            return null;
        }

        var file = new ElfFile(buffer, identity[4] == 2, identity[5] == 2);
        return buffer.TryGet(0, file.HeaderSize, out _) ? file : null;
    }

    /// <summary>Reads two bytes, or null behind the file's end.</summary>
    public ushort? UInt16(ulong offset) =>
        !_buffer.TryGet(offset, 2, out var bytes) ? null
        : IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Reads four bytes, or null behind the file's end.</summary>
    public uint? UInt32(ulong offset) =>
        !_buffer.TryGet(offset, 4, out var bytes) ? null
        : IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Reads a word of the file's own size, or null behind the file's end.</summary>
    public ulong? Word(ulong offset) =>
        !Is64 ? UInt32(offset)
        : !_buffer.TryGet(offset, 8, out var bytes) ? null
        : IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Reads bytes; see <see cref="ForwardBuffer.TryGet"/>.</summary>
    public bool TryGet(ulong offset, ulong count, out ReadOnlySpan<byte> bytes) => _buffer.TryGet(offset, count, out bytes);

    /// <summary>Reads a text that ends in a zero; see <see cref="ForwardBuffer.TryGetText"/>.</summary>
    public bool TryGetText(ulong offset, int maxLength, out ReadOnlySpan<byte> text) => _buffer.TryGetText(offset, maxLength, out text);

    /// <summary>Reads the program headers.</summary>
    /// <returns>The segments in order, or null where the file ends before them.</returns>
    public List<ElfSegment>? ReadSegments()
    {
        // e_phoff, e_phnum; the size of an entry is the format's own, as glibc has it.
        var offset = Word(Is64 ? 32u : 28u) ?? 0;
        var count = UInt16(Is64 ? 56u : 44u) ?? 0;
        var size = Is64 ? 56u : 32u;
        var segments = new List<ElfSegment>(count);
        for (ulong i = 0; i < count; i++)
        {
            var at = offset + (i * size);
            if (at < offset || !TryGet(at, size, out _))
            {
                return null;
            }

            segments.Add(Is64
                ? new ElfSegment(UInt32(at)!.Value, Word(at + 8)!.Value, Word(at + 16)!.Value, Word(at + 32)!.Value, Word(at + 48)!.Value)
                : new ElfSegment(UInt32(at)!.Value, Word(at + 4)!.Value, Word(at + 8)!.Value, Word(at + 16)!.Value, Word(at + 28)!.Value));
        }

        return segments;
    }

    /// <summary>Reads the section headers.</summary>
    /// <returns>The named sections that lie within the file, in order; null where the headers make no sense.</returns>
    public List<ElfSection>? ReadSections()
    {
        // e_shoff, e_shentsize, e_shnum, e_shstrndx.
        var offset = Word(Is64 ? 40u : 32u) ?? 0;
        var size = UInt16(Is64 ? 58u : 46u) ?? 0;
        var count = UInt16(Is64 ? 60u : 48u) ?? 0;
        var namesIndex = UInt16(Is64 ? 62u : 50u) ?? 0;
        if (size != (Is64 ? 64 : 40) || namesIndex == 0 || namesIndex >= count || !TryGet(offset, (ulong)count * size, out _)
            || ReadSectionPlace(offset + ((ulong)namesIndex * size)) is not { Size: > 0 } names
            || !TryGet(names.Offset + names.Size - 1, 1, out var last) || last[0] != 0)
        {
            return null;
        }

        var sections = new List<ElfSection>(count);
        for (ulong i = 1; i < count; i++)
        {
            var at = offset + (i * size);
            var name = UInt32(at)!.Value;
            if (name < names.Size && ReadSectionPlace(at) is { } place && TryGetText(names.Offset + name, MaxSectionNameLength, out var text))
            {
                sections.Add(new ElfSection(ByteText.Of(text), place.Offset, place.Size));
            }
        }

        return sections;
    }

    private (ulong Offset, ulong Size)? ReadSectionPlace(ulong header)
    {
        // sh_offset, sh_size.
        var offset = Word(header + (Is64 ? 24u : 16u))!.Value;
        var size = Word(header + (Is64 ? 32u : 20u))!.Value;
        return TryGet(offset, size, out _) ? (offset, size) : null;
    }
}

/// <summary>A part of an ELF file that is loaded, or that says how.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Offset">Where it is in the file.</param>
/// <param name="Address">Where it is in memory.</param>
/// <param name="FileSize">How much of it is in the file.</param>
/// <param name="Alignment">What its place in memory is a multiple of.</param>
internal readonly record struct ElfSegment(uint Type, ulong Offset, ulong Address, ulong FileSize, ulong Alignment);

/// <summary>A part of an ELF file that has a name.</summary>
/// <param name="Name">Its name, one character for each byte.</param>
/// <param name="Offset">Where it is in the file.</param>
/// <param name="Size">Its size.</param>
internal readonly record struct ElfSection(string Name, ulong Offset, ulong Size);
