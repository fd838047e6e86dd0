using NodeImage.Compose.SystemDatabases.Elf;
using NodeImage.Compose.SystemDatabases.Facts;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>A kernel module as an ELF file: what is in its sections that depmod looks at.</summary>
/// <param name="elf">The file.</param>
/// <param name="sections">Its sections.</param>
internal sealed class ModuleElf(ElfFile elf, List<ElfSection> sections)
{
    private readonly ElfSection? _names = Find(sections, ".strtab");

    // A record of __versions: a checksum of the word size, then the name.
    private const int VersionSize = 64;
    private const int MaxNameLength = 4095;

    private static ReadOnlySpan<byte> ChecksumPrefix => "__crc_"u8;

    /// <summary>Reads the module's information: <c>key=value</c>, in order.</summary>
    public List<(string Key, string Value)> ReadInformation()
    {
        var information = new List<(string, string)>();
        foreach (var text in Texts(Find(sections, ".modinfo")))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            information.Add(equals < 0 ? (text, "") : (text[..equals], text[(equals + 1)..]));
        }

        return information;
    }

    /// <summary>Reads the names of the symbols that the module has for others.</summary>
    public List<string> ReadExports()
    {
        var exports = new List<string>();
        foreach (var symbol in ReadSymbols() ?? [])
        {
            if (!TryGetName(symbol.NameOffset, out var name))
            {
                exports.Clear();
                break;
            }

            if (name.StartsWith(ChecksumPrefix))
            {
                exports.Add(ByteText.Of(name[ChecksumPrefix.Length..]));
            }
        }

        // Without checksums of symbols there is still the table of their names.
        return exports.Count > 0 ? exports : [.. Texts(Find(sections, "__ksymtab_strings"))];
    }

    /// <summary>Reads the names of the symbols that the module needs: those undefined, then those that only a checksum is kept of.</summary>
    public List<string> ReadNeeds()
    {
        var needs = new List<string>();
        if (ReadSymbols() is not { } symbols)
        {
            return needs;
        }

        foreach (var symbol in symbols)
        {
            if (symbol.Section != ElfConstants.SectionUndefined)
            {
                continue;
            }

            if (!TryGetName(symbol.NameOffset, out var name))
            {
                return [];
            }

            if (name.Length > 0)
            {
                needs.Add(ByteText.Of(name));
            }
        }

        // Of several checksums for one name, only the first counts as seen.
        var seen = needs.ToHashSet(StringComparer.Ordinal);
        needs.AddRange(ReadVersions().Where(name => !seen.Remove(name)));
        return needs;
    }

    private static ElfSection? Find(List<ElfSection> sections, string name)
    {
        var index = sections.FindIndex(section => section.Name == name);
        return index < 0 ? null : sections[index];
    }

    private List<(uint NameOffset, ushort Section)>? ReadSymbols()
    {
        var size = elf.Is64 ? 24u : 16u;
        if (_names is null || Find(sections, ".symtab") is not { } table || table.Size % size != 0)
        {
            return null;
        }

        // The first symbol is none.
        var symbols = new List<(uint, ushort)>((int)(table.Size / size));
        for (var at = table.Offset + size; at < table.Offset + table.Size; at += size)
        {
            symbols.Add((elf.UInt32(at)!.Value, elf.UInt16(at + (elf.Is64 ? 6u : 14u))!.Value));
        }

        return symbols;
    }

    private bool TryGetName(uint offset, out ReadOnlySpan<byte> name)
    {
        name = default;
        return offset < _names!.Value.Size && elf.TryGetText(_names.Value.Offset + offset, MaxNameLength, out name);
    }

    private List<string> ReadVersions()
    {
        var names = new List<string>();
        if (Find(sections, "__versions") is not { } versions || versions.Size % VersionSize != 0)
        {
            return names;
        }

        for (var at = versions.Offset; at < versions.Offset + versions.Size; at += VersionSize)
        {
            if (elf.TryGetText(at + elf.WordSize, VersionSize - (int)elf.WordSize - 1, out var name))
            {
                names.Add(ByteText.Of(name));
            }
        }

        return names;
    }

    // The texts of a section; zeros between them count for nothing, however many.
    private List<string> Texts(ElfSection? section)
    {
        var texts = new List<string>();
        if (section is { } found && elf.TryGet(found.Offset, found.Size, out var bytes))
        {
            foreach (var range in bytes.Split((byte)0))
            {
                if (range.End.Value > range.Start.Value)
                {
                    texts.Add(ByteText.Of(bytes[range]));
                }
            }
        }

        return texts;
    }
}
