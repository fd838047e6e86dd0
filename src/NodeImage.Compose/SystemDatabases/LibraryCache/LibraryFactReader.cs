using System.Text;
using NodeImage.Compose.SystemDatabases.Elf;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>Learns what ldconfig reads from a library: <c>elf/readelflib.c</c> of glibc.</summary>
internal sealed class LibraryFactReader : IContentFact<LibraryFact>
{
    // No library of an operating system is as large; a hostile one must not fill the memory.
    private const int MaxSize = 256 << 20;
    private const int MaxNameLength = 4095;
    private const int MaxDynamicEntries = 1 << 16;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // The dynamic linkers of all the architectures at hand. A program that names one is for the GNU C library.
    private static readonly HashSet<string> Interpreters = new(StringComparer.Ordinal)
    {
        "/lib/ld-linux.so.2", "/lib/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2", "/libx32/ld-linux-x32.so.2",
        "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux.so.3", "/lib/ld-linux-armhf.so.3",
        "/lib/ld.so.1", "/lib/ld64.so.1", "/lib64/ld64.so.1", "/lib64/ld64.so.2",
    };

    /// <inheritdoc/>
    public string Kind => "library-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Inode inode) =>
        inode.IsRegular && LibraryNames.IsLibrary(ImagePath.Name(path)) && path.Contains("/lib", StringComparison.Ordinal);

    /// <inheritdoc/>
    public LibraryFact Read(Stream content, long length)
    {
        using var buffer = new ForwardBuffer(content, MaxSize);
        var fact = ElfFile.Open(buffer) is { Type: ElfConstants.TypeShared } elf ? ReadLibrary(elf) : null;
        return fact ?? (buffer.IsTooLarge && length > MaxSize ? LibraryFact.TooLarge : LibraryFact.None);
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, LibraryFact fact)
    {
        writer.Write(fact.IsLibrary);
        writer.Write(fact.IsTooLarge);
        writer.Write(fact.Machine);
        writer.Write(fact.MachineFlags);
        writer.Write(fact.Is64);
        writer.Write(fact.IsBigEndian);
        writer.Write(fact.Soname is not null);
        writer.Write(fact.Soname ?? "");
        writer.Write(fact.NeedsGlibc);
        writer.Write(fact.KernelVersion);
        writer.Write(fact.IsaLevel);
    }

    /// <inheritdoc/>
    public LibraryFact Read(BinaryReader reader)
    {
        var fact = new LibraryFact
        {
            IsLibrary = reader.ReadBoolean(),
            IsTooLarge = reader.ReadBoolean(),
            Machine = reader.ReadUInt16(),
            MachineFlags = reader.ReadUInt32(),
            Is64 = reader.ReadBoolean(),
            IsBigEndian = reader.ReadBoolean(),
        };
        var hasSoname = reader.ReadBoolean();
        var soname = reader.ReadString();
        return fact with
        {
            Soname = hasSoname ? soname : null,
            NeedsGlibc = reader.ReadBoolean(),
            KernelVersion = reader.ReadUInt32(),
            IsaLevel = reader.ReadInt32(),
        };
    }

    private static LibraryFact? ReadLibrary(ElfFile elf)
    {
        if (elf.ReadSegments() is not { } segments)
        {
            return null;
        }

        ElfSegment? dynamic = null;
        var (needsGlibc, kernelVersion, isaLevel) = (false, 0u, 0);
        foreach (var segment in segments)
        {
            switch (segment.Type)
            {
                case ElfConstants.SegmentDynamic:
                    dynamic = segment;
                    break;
                case ElfConstants.SegmentInterpreter:
                    needsGlibc |= elf.TryGetText(segment.Offset, MaxNameLength, out var name) && Interpreters.Contains(Encoding.Latin1.GetString(name));
                    break;
                case ElfConstants.SegmentNote when kernelVersion == 0:
                    kernelVersion = ReadKernelVersion(elf, segment);
                    break;
                case ElfConstants.SegmentGnuProperty when segment.Alignment == elf.WordSize:
                    isaLevel = ReadIsaLevel(elf, segment) ?? isaLevel;
                    break;
                default:
                    break;
            }
        }

        if (dynamic is not { FileSize: > 0 } found || !TryReadDynamic(elf, segments, found, out var soname, ref needsGlibc))
        {
            return null;
        }

        return new LibraryFact
        {
            IsLibrary = true,
            Machine = elf.Machine,
            MachineFlags = elf.Flags,
            Is64 = elf.Is64,
            IsBigEndian = elf.IsBigEndian,
            Soname = soname,
            NeedsGlibc = needsGlibc,
            KernelVersion = kernelVersion,
            IsaLevel = isaLevel,
        };
    }

    private static bool TryReadDynamic(ElfFile elf, List<ElfSegment> segments, ElfSegment dynamic, out string? soname, ref bool needsGlibc)
    {
        soname = null;
        var names = new List<(bool IsSoname, ulong Offset)>();
        ulong? strings = null;
        for (ulong i = 0; ; i++)
        {
            var at = dynamic.Offset + (i * 2 * elf.WordSize);
            if (at < dynamic.Offset || i >= MaxDynamicEntries || elf.Word(at) is not { } tag || elf.Word(at + elf.WordSize) is not { } value)
            {
                return false;
            }

            if (tag == ElfConstants.DynamicNull)
            {
                break;
            }

            if (tag == ElfConstants.DynamicStringTable)
            {
                strings ??= FileOffset(segments, value);
            }
            else if (tag is ElfConstants.DynamicSoname or ElfConstants.DynamicNeeded)
            {
                names.Add((tag == ElfConstants.DynamicSoname, value));
            }
        }

        if (strings is not { } table)
        {
            return false;
        }

        foreach (var (isSoname, offset) in names)
        {
            if (!elf.TryGetText(unchecked(table + offset), MaxNameLength, out var bytes))
            {
                return false;
            }

            if (!isSoname)
            {
                needsGlibc |= bytes.SequenceEqual("libc.so.6"u8) || bytes.SequenceEqual("libm.so.6"u8);
                continue;
            }

            try
            {
                soname ??= StrictUtf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        return true;
    }

    // Addresses are those in memory; the file has the bytes elsewhere.
    private static ulong FileOffset(List<ElfSegment> segments, ulong address)
    {
        foreach (var segment in segments)
        {
            if (segment.Type == ElfConstants.SegmentLoad && address >= segment.Address && address - segment.Address < segment.FileSize)
            {
                return unchecked(address - segment.Address + segment.Offset);
            }
        }

        return address;
    }

    private static uint ReadKernelVersion(ElfFile elf, ElfSegment segment)
    {
        if (segment.Alignment is not (4 or 8) || segment.FileSize < 32)
        {
            return 0;
        }

        foreach (var note in ElfNote.Read(elf, segment))
        {
            if (note is { Type: ElfConstants.NoteAbiTag, ContentSize: 16 } && note.IsGnu(elf) && elf.TryGet(note.ContentOffset, 16, out _))
            {
                return (elf.UInt32(note.ContentOffset)!.Value << 24)
                    | ((elf.UInt32(note.ContentOffset + 4)!.Value & 0xff) << 16)
                    | ((elf.UInt32(note.ContentOffset + 8)!.Value & 0xff) << 8)
                    | (elf.UInt32(note.ContentOffset + 12)!.Value & 0xff);
            }
        }

        return 0;
    }

    // Properties stand in ascending order; the first note that has some is the only one that counts.
    private static int? ReadIsaLevel(ElfFile elf, ElfSegment segment)
    {
        if (elf.Machine is not (ElfConstants.MachineX8664 or ElfConstants.Machine386))
        {
            return null;
        }

        foreach (var note in ElfNote.Read(elf, segment).Where(note => note.Type == ElfConstants.NoteGnuProperty && note.IsGnu(elf)))
        {
            for (ulong at = 0, last = 0; note.ContentSize - at >= 8;)
            {
                if (elf.UInt32(note.ContentOffset + at) is not { } type || elf.UInt32(note.ContentOffset + at + 4) is not { } size
                    || type < last || type > ElfConstants.PropertyX86IsaNeeded || size > note.ContentSize - at - 8)
                {
                    return null;
                }

                if (type == ElfConstants.PropertyX86IsaNeeded)
                {
                    return size == 4 && elf.UInt32(note.ContentOffset + at + 8) is { } needed and > 0 ? System.Numerics.BitOperations.Log2(needed) : null;
                }

                last = type;
                at = Math.Min(note.ContentSize, at + 8 + ((size + (ulong)elf.WordSize - 1) & ~((ulong)elf.WordSize - 1)));
            }

            return null;
        }

        return null;
    }
}
