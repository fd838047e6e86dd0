using System.Globalization;
using NodeImage.Compose.SystemDatabases.Facts;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>What the image's own depmod does: kmod's version, its machine, and what it was built with.</summary>
internal sealed record KmodProgram
{
    /// <summary>A file that is no kmod.</summary>
    public static readonly KmodProgram Unknown = new();

    /// <summary>What the names of modules end in, compressed or not.</summary>
    public static readonly IReadOnlyList<string> AllExtensions = [".ko", ".ko.gz", ".ko.xz", ".ko.zst"];

    private static readonly (string Feature, string Extension)[] Features = [("ZLIB", ".ko.gz"), ("XZ", ".ko.xz"), ("ZSTD", ".ko.zst")];

    /// <summary>The version; 0 where the program is not known.</summary>
    public int Version { get; init; }

    /// <summary>Whether its machine's numbers begin with the most significant byte, which decides the order in which it lists symbols.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The endings of names that it takes for modules'.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = AllExtensions;

    /// <summary>Whether <c>/run/depmod.d</c> goes before <c>/etc/depmod.d</c>: up to 28.</summary>
    public bool RunGoesFirst => Version <= 28;

    /// <summary>Whether folders may be left out by the configuration: from 30 on.</summary>
    public bool HasExclude => Version >= 30;

    /// <summary>Whether modules built into the kernel stand under their own names in the index of aliases: up to 29.</summary>
    public bool ListsBuiltinNames => Version <= 29;

    /// <summary>Whether weak dependencies are listed: from 33 on.</summary>
    public bool HasWeakDependencies => Version >= 33;

    /// <summary>Whether indexes are written from the root on, rather than towards it; and the first of several lines in
    /// <c>modules.order</c> counts, rather than the last: from 34 on.</summary>
    public bool WritesRootFirst => Version >= 34;

    /// <summary>Finds out about a program.</summary>
    /// <param name="program">The program's bytes.</param>
    public static KmodProgram Inspect(ReadOnlySpan<byte> program)
    {
        const string Beginning = "kmod version ";
        var version = ProgramText.Find(program, "kmod version "u8, 40).Select(found => VersionOf(found.Text[Beginning.Length..])).FirstOrDefault();
        if (version == 0 || program.Length < 6)
        {
            return Unknown;
        }

        // One literal: "+ZSTD +XZ -ZLIB ...".
        var features = ProgramText.Find(program, "+ZSTD"u8, 200).Concat(ProgramText.Find(program, "-ZSTD"u8, 200)).Select(found => found.Text.Split(' ')).FirstOrDefault();
        return new KmodProgram
        {
            Version = version,
            IsBigEndian = program[5] == 2,
            Extensions = features is null ? AllExtensions : [".ko", .. Features.Where(feature => features.Contains("+" + feature.Feature)).Select(feature => feature.Extension)],
        };
    }

    // "34.2" is 34.
    private static int VersionOf(string text) =>
        int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}

/// <summary>Learns what an image's depmod does.</summary>
internal sealed class KmodProgramReader : IContentFact<KmodProgram>
{
    private const int MaxSize = 16 << 20;

    /// <inheritdoc/>
    public string Kind => "kmod-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Core.Files.Inode inode) => inode.IsRegular && Core.Files.ImagePath.Name(path) == "kmod" && path.Contains("bin/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public KmodProgram Read(Stream content, long length)
    {
        using var buffer = new ForwardBuffer(content, MaxSize);
        return KmodProgram.Inspect(buffer.ReadAll());
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, KmodProgram fact)
    {
        writer.Write(fact.Version);
        writer.Write(fact.IsBigEndian);
        writer.Write(string.Join(' ', fact.Extensions));
    }

    /// <inheritdoc/>
    public KmodProgram Read(BinaryReader reader) => new()
    {
        Version = reader.ReadInt32(),
        IsBigEndian = reader.ReadBoolean(),
        Extensions = reader.ReadString().Split(' '),
    };
}
