namespace NodeImage.Compose.SystemDatabases.Elf;

/// <summary>A note in an ELF file.</summary>
/// <param name="Type">What it says, in the words of whoever it is from.</param>
/// <param name="NameOffset">Where the name of whoever it is from begins.</param>
/// <param name="NameSize">The size of that name, its zero included.</param>
/// <param name="ContentOffset">Where its content begins.</param>
/// <param name="ContentSize">The size of its content.</param>
internal readonly record struct ElfNote(uint Type, ulong NameOffset, uint NameSize, ulong ContentOffset, ulong ContentSize)
{
    private const uint HeaderSize = 12;

    /// <summary>Reads the notes of a segment.</summary>
    /// <returns>The notes, as far as they lie within the segment and the file.</returns>
    public static IEnumerable<ElfNote> Read(ElfFile elf, ElfSegment segment)
    {
        var alignment = Math.Max(segment.Alignment, 4) == 8 ? 8ul : 4ul;
        for (ulong at = 0; segment.FileSize - at >= HeaderSize;)
        {
            var start = unchecked(segment.Offset + at);
            if (elf.UInt32(start) is not { } nameSize || elf.UInt32(start + 4) is not { } contentSize || elf.UInt32(start + 8) is not { } type)
            {
                yield break;
            }

            var content = Align(HeaderSize + (ulong)nameSize, alignment);
            var next = at + Align(content + contentSize, alignment);
            if (at + content + contentSize > segment.FileSize)
            {
                yield break;
            }

            yield return new ElfNote(type, start + HeaderSize, nameSize, start + content, contentSize);
            at = Math.Min(next, segment.FileSize);
        }
    }

    /// <summary>Whether the note is one of the GNU tools'.</summary>
    public bool IsGnu(ElfFile elf) => NameSize == 4 && elf.TryGet(NameOffset, 4, out var name) && name.SequenceEqual("GNU\0"u8);

    private static ulong Align(ulong value, ulong alignment) => (value + alignment - 1) & ~(alignment - 1);
}
