using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>All the bytes of a small file.</summary>
/// <param name="Bytes">The bytes; none where the file is too large.</param>
/// <param name="IsTooLarge">Whether the file is too large to be held.</param>
internal sealed record WholeContent(ReadOnlyMemory<byte> Bytes, bool IsTooLarge);

/// <summary>
/// Learns all of a small file: of settings and lists that databases are made from. The files of the hardware database are
/// no part of it, for what is made of them is no larger than they are.
/// </summary>
internal sealed class WholeContentReader : IContentFact<WholeContent>
{
    // The largest of them, a kernel's modules.builtin.modinfo, has some hundred kilobytes.
    private const int MaxSize = 16 << 20;

    /// <inheritdoc/>
    public string Kind => "content-1";

    /// <inheritdoc/>
    public bool AppliesTo(string path, Inode inode) =>
        inode.IsRegular
        && (path.StartsWith("/etc/ld.so.conf", StringComparison.Ordinal)
            || path.Contains("/depmod.d/", StringComparison.Ordinal)
            || (path.Contains("/modules/", StringComparison.Ordinal) && ImagePath.Name(path) is "modules.order" or "modules.builtin" or "modules.builtin.modinfo"));

    /// <inheritdoc/>
    public WholeContent Read(Stream content, long length)
    {
        using var buffer = new ForwardBuffer(content, MaxSize);
        var bytes = buffer.ReadAll();
        return buffer.IsTooLarge ? new WholeContent(default, true) : new WholeContent(bytes.ToArray(), false);
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer, WholeContent fact)
    {
        writer.Write(fact.IsTooLarge);
        writer.Write(fact.Bytes.Length);
        writer.Write(fact.Bytes.Span);
    }

    /// <inheritdoc/>
    public WholeContent Read(BinaryReader reader)
    {
        var isTooLarge = reader.ReadBoolean();
        return new WholeContent(reader.ReadBytes(reader.ReadInt32()), isTooLarge);
    }
}

/// <summary>Reads small files of an image, many at once where they are known beforehand.</summary>
/// <param name="facts">Reads contents.</param>
/// <param name="cancellation">Stops reading.</param>
internal sealed class ContentTexts(IContentFacts facts, CancellationToken cancellation)
{
    private static readonly WholeContentReader Reader = new();

    private readonly Dictionary<FileContent, WholeContent> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads files that are going to be asked for.</summary>
    public void Prefetch(IEnumerable<FileNode> nodes)
    {
        foreach (var (content, fact) in facts.Learn(Reader, nodes, cancellation))
        {
            _known[content] = fact;
        }
    }

    /// <summary>All the bytes of a file, or null where it has none or too many.</summary>
    public ReadOnlyMemory<byte>? Read(FileNode? node)
    {
        if (node?.Inode.Content is not { } content)
        {
            return null;
        }

        if (!_known.ContainsKey(content))
        {
            Prefetch([node]);
        }

        return _known[content] is { IsTooLarge: false } known ? known.Bytes : null;
    }
}
