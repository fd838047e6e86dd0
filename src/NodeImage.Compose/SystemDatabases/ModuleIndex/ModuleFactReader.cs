using NodeImage.Compose.SystemDatabases.Elf;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Compression;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>Learns what depmod reads from a module: <c>libkmod/libkmod-elf.c</c> and <c>libkmod/libkmod-file.c</c> of kmod.</summary>
internal sealed class ModuleFactReader : IContentFact<ModuleFact>
{
    // The largest modules have some ten megabytes in the clear.
    private const int MaxSize = 256 << 20;
    private const int MaxCompressedSize = 64 << 20;

    // Of any kind; the most talkative modules have some thousand.
    private const int MaxTexts = 1 << 16;

    /// <inheritdoc/>
    public string Kind => "module-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Inode inode) =>
        inode.IsRegular && path.Contains("/modules/", StringComparison.Ordinal) && KmodProgram.AllExtensions.Any(extension => path.EndsWith(extension, StringComparison.Ordinal));

    /// <inheritdoc/>
    public ModuleFact Read(Stream content, long length)
    {
        using var file = new ForwardBuffer(content, length > MaxCompressedSize ? MaxSize : (int)Math.Max(length, 64));
        var format = file.TryGet(0, 6, out var head) ? Decompressor.Detect(head) : CompressionFormat.None;
        if (format is not (CompressionFormat.Gzip or CompressionFormat.Xz or CompressionFormat.Zstd))
        {
            return Read(file);
        }

        if (length > MaxCompressedSize)
        {
            return ModuleFact.None;
        }

        try
        {
            using var decompressed = Decompressor.Open(new MemoryStream(file.ReadAll().ToArray()), format);
            using var buffer = new ForwardBuffer(decompressed, MaxSize);
            return Read(buffer);
        }
        catch (InvalidDataException)
        {
            return ModuleFact.None;
        }
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, ModuleFact fact)
    {
        writer.Write(fact.IsModule);
        foreach (var list in (ReadOnlySpan<IReadOnlyList<string>>)[fact.Aliases, fact.SoftDependencies, fact.WeakDependencies, fact.Exports, fact.Needs])
        {
            writer.Write7BitEncodedInt(list.Count);
            foreach (var text in list)
            {
                writer.Write7BitEncodedInt(text.Length);
                writer.Write(ByteText.ToBytes(text));
            }
        }
    }

    /// <inheritdoc/>
    public ModuleFact Read(BinaryReader reader) => new()
    {
        IsModule = reader.ReadBoolean(),
        Aliases = ReadList(reader),
        SoftDependencies = ReadList(reader),
        WeakDependencies = ReadList(reader),
        Exports = ReadList(reader),
        Needs = ReadList(reader),
    };

    private static string[] ReadList(BinaryReader reader)
    {
        var list = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = ByteText.Of(reader.ReadBytes(reader.Read7BitEncodedInt()));
        }

        return list;
    }

    private static ModuleFact Read(ForwardBuffer buffer)
    {
        buffer.ReadAll();
        if (buffer.IsTooLarge || ElfFile.Open(buffer) is not { } elf || elf.ReadSections() is not { } sections)
        {
            return ModuleFact.None;
        }

        var module = new ModuleElf(elf, sections);
        var information = module.ReadInformation();
        var fact = new ModuleFact
        {
            IsModule = true,
            Aliases = Values(information, "alias"),
            SoftDependencies = Values(information, "softdep"),
            WeakDependencies = Values(information, "weakdep"),
            Exports = module.ReadExports(),
            Needs = module.ReadNeeds(),
        };
        return Math.Max(information.Count, Math.Max(fact.Exports.Count, fact.Needs.Count)) > MaxTexts ? ModuleFact.None : fact;
    }

    private static string[] Values(List<(string Key, string Value)> information, string key) =>
        [.. information.Where(entry => entry.Key == key).Select(entry => entry.Value)];
}
