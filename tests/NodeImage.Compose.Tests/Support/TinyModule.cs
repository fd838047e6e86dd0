using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace NodeImage.Compose.Tests.Support;

/// <summary>Writes the smallest ELF files that tools take for kernel modules.</summary>
internal sealed record TinyModule
{
    public bool Is64 { get; init; } = true;

    public bool IsBigEndian { get; init; }

    /// <summary>Lines of <c>.modinfo</c>.</summary>
    public string[] Information { get; init; } = [];

    public string[] Exports { get; init; } = [];

    /// <summary>Whether exports have checksums in the symbol table, as with <c>CONFIG_MODVERSIONS</c>.</summary>
    public bool HasChecksums { get; init; }

    public string[] Needs { get; init; } = [];

    /// <summary>Names in <c>__versions</c>.</summary>
    public string[] Versions { get; init; } = [];

    public byte[] Write()
    {
        var strings = new List<byte> { 0 };
        var symbols = new ElfBytes(IsBigEndian, Is64);
        AddSymbol(symbols, 0, 0);
        foreach (var name in Needs)
        {
            AddSymbol(symbols, Add(strings, name), 0);
        }

        foreach (var name in HasChecksums ? Exports : [])
        {
            AddSymbol(symbols, Add(strings, "__crc_" + name), 0xfff1);
        }

        var versions = new ElfBytes(IsBigEndian, Is64);
        foreach (var name in Versions)
        {
            versions.Word(1).Bytes(Encoding.ASCII.GetBytes(name)).Align(64);
        }

        List<(string Name, byte[] Content)> sections =
        [
            ("", []),
            (".modinfo", Texts(Information)),
            ("__ksymtab_strings", Texts(Exports)),
            ("__versions", versions.ToArray()),
            (".symtab", symbols.ToArray()),
            (".strtab", [.. strings]),
        ];
        var names = new List<byte>();
        var nameOffsets = sections.Append((Name: ".shstrtab", Content: [])).Select(section => Add(names, section.Name)).ToList();
        sections.Add((".shstrtab", [.. names]));

        var headerSize = Is64 ? 64 : 52;
        var content = new ElfBytes(IsBigEndian, Is64);
        var places = sections.Select(section =>
        {
            content.Align(8);
            var at = headerSize + content.Length;
            content.Bytes(section.Content);
            return at;
        }).ToList();
        content.Align(8);
        var file = new ElfBytes(IsBigEndian, Is64);
        file.Header(1, 62, 0, 0, (ulong)(headerSize + content.Length), (ushort)sections.Count, (ushort)(sections.Count - 1));
        file.Bytes(content.ToArray());
        for (var i = 0; i < sections.Count; i++)
        {
            file.UInt32(nameOffsets[i]).UInt32(i == 0 ? 0u : 1u).Word(0).Word(0).Word((ulong)places[i]).Word((ulong)sections[i].Content.Length).UInt32(0).UInt32(0).Word(1).Word(0);
        }

        return file.ToArray();
    }

    /// <summary>Compresses as a file's name says.</summary>
    public static byte[] Compress(byte[] bytes, string extension)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = extension switch
        {
            ".ko.gz" => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            ".ko.zst" => new CompressionStream(compressed, leaveOpen: true),
            _ => compressed,
        })
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    private void AddSymbol(ElfBytes symbols, uint name, ushort section)
    {
        // st_name, st_info (global), st_other, st_shndx in the order of each word size.
        symbols.UInt32(name);
        if (Is64)
        {
            symbols.Bytes([0x10, 0]).UInt16(section).Word(1).Word(0);
        }
        else
        {
            symbols.UInt32(1).UInt32(0).Bytes([0x10, 0]).UInt16(section);
        }
    }

    private static byte[] Texts(string[] texts) => [.. texts.SelectMany(text => Encoding.Latin1.GetBytes(text + '\0'))];

    private static uint Add(List<byte> strings, string text)
    {
        var at = strings.Count;
        strings.AddRange(Encoding.ASCII.GetBytes(text + '\0'));
        return (uint)at;
    }
}
