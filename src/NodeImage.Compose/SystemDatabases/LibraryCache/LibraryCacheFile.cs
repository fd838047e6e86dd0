using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>Writes <c>/etc/ld.so.cache</c> in the new format with extensions: <c>sysdeps/generic/dl-cache.h</c> and <c>elf/cache.c</c> of glibc.</summary>
internal static class LibraryCacheFile
{
    private const int HeaderSize = 48;
    private const int EntrySize = 24;
    private const uint ExtensionMagic = 0xeaa42174;
    private const int ExtensionHeaderSize = 8;
    private const int ExtensionEntrySize = 16;
    private const uint GeneratorTag = 0;
    private const uint CapabilitiesTag = 1;
    private const byte LittleEndianFlag = 2;
    private const byte BigEndianFlag = 3;
    private const ulong ExtensionBit = 1ul << 62;

    /// <summary>Writes a cache.</summary>
    /// <param name="program">The image's ldconfig.</param>
    /// <param name="entries">The libraries, in the order in which their folders are searched.</param>
    /// <param name="capabilities">The names of all folders for capabilities, used or not.</param>
    public static byte[] Write(LdconfigProgram program, IReadOnlyCollection<LibraryCacheEntry> entries, IEnumerable<string> capabilities)
    {
        var sorted = Sort(program, entries);
        var texts = new SuffixTable([.. capabilities, .. sorted.Select(entry => entry.Name), .. sorted.Select(entry => entry.Path)]);
        var used = sorted.Select(entry => entry.Capabilities).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(used, StringComparer.Ordinal);

        var textsAt = (uint)(HeaderSize + (sorted.Length * EntrySize));
        var extensionAt = (textsAt + (uint)texts.Bytes.Length + 3) & ~3u;
        var generator = Encoding.ASCII.GetBytes(program.Generator);
        var extensionCount = used.Length > 0 ? 2 : 1;
        var capabilitiesAt = extensionAt + ExtensionHeaderSize + (uint)(extensionCount * ExtensionEntrySize);
        var generatorAt = capabilitiesAt + (uint)(used.Length * sizeof(uint));

        var file = new byte[generatorAt + generator.Length];
        var writer = new Writer(file, program.IsBigEndian);
        writer.Bytes("glibc-ld.so.cache1.1"u8);
        writer.UInt32((uint)sorted.Length);
        writer.UInt32((uint)texts.Bytes.Length);
        file[writer.Position] = program.IsBigEndian ? BigEndianFlag : LittleEndianFlag;
        writer.Position += sizeof(uint);
        writer.UInt32(extensionAt);
        writer.Position = HeaderSize;
        foreach (var entry in sorted)
        {
            writer.UInt32((uint)entry.Flags);
            writer.UInt32(textsAt + texts.OffsetOf(entry.Name));
            writer.UInt32(textsAt + texts.OffsetOf(entry.Path));
            writer.UInt32(entry.KernelVersion);
            writer.UInt64(entry.Capabilities is { } name
                ? ExtensionBit | ((ulong)entry.IsaLevel << 32) | (uint)Array.IndexOf(used, name)
                : entry.LegacyCapabilities);
        }

        writer.Bytes(texts.Bytes);
        writer.Position = (int)extensionAt;
        writer.UInt32(ExtensionMagic);
        writer.UInt32((uint)extensionCount);
        writer.Extension(GeneratorTag, generatorAt, generator.Length);
        if (used.Length > 0)
        {
            writer.Extension(CapabilitiesTag, capabilitiesAt, used.Length * sizeof(uint));
        }

        foreach (var name in used)
        {
            writer.UInt32(textsAt + texts.OffsetOf(name));
        }

        writer.Bytes(generator);
        return file;
    }

    // Descending by name, since the loader searches so; then what suits a better processor first. What is equal stays in
    // the order of the folders.
    private static LibraryCacheEntry[] Sort(LdconfigProgram program, IReadOnlyCollection<LibraryCacheEntry> entries)
    {
        var names = entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal).ToDictionary(name => name, Encoding.UTF8.GetBytes, StringComparer.Ordinal);
        return [.. entries.Order(Comparer<LibraryCacheEntry>.Create((a, b) =>
        {
            var result = LibraryNames.Compare(names[b.Name], names[a.Name], program.HasSignedChar);
            return result != 0 ? result : CompareSameName(a, b);
        }))];
    }

    private static int CompareSameName(LibraryCacheEntry a, LibraryCacheEntry b)
    {
        if (a.Flags != b.Flags)
        {
            return b.Flags.CompareTo(a.Flags);
        }

        var result = (a.Capabilities, b.Capabilities) switch
        {
            (not null, null) => -1,
            (null, not null) => 1,
            _ => string.CompareOrdinal(a.Capabilities, b.Capabilities),
        };
        result = result != 0 ? result : CountFeatures(b).CompareTo(CountFeatures(a));
        result = result != 0 ? result : b.LegacyCapabilities.CompareTo(a.LegacyCapabilities);
        return result != 0 ? result : b.KernelVersion.CompareTo(a.KernelVersion);
    }

    private static int CountFeatures(LibraryCacheEntry entry) => BitOperations.PopCount(entry.LegacyCapabilities);

    private ref struct Writer(Span<byte> file, bool isBigEndian)
    {
        private readonly Span<byte> _file = file;

        public int Position { get; set; }

        public void Bytes(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_file[Position..]);
            Position += bytes.Length;
        }

        public void UInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_file[Position..], isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
            Position += sizeof(uint);
        }

        public void UInt64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_file[Position..], isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
            Position += sizeof(ulong);
        }

        public void Extension(uint tag, uint offset, int size)
        {
            UInt32(tag);
            UInt32(0);
            UInt32(offset);
            UInt32((uint)size);
        }
    }
}
