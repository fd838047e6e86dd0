namespace NodeImage.Judges.Rpm;

/// <summary>A folder of the data with a <c>repomd.xml</c>; what that names may lie beside it or below it.</summary>
/// <param name="index">The path of <c>repomd.xml</c>.</param>
internal sealed class RepositoryFolder(string index)
{
    /// <summary>The path of <c>repomd.xml</c>.</summary>
    public string Index { get; } = index;

    /// <summary>All such folders of the data.</summary>
    public static IEnumerable<RepositoryFolder> All(JudgeContext context) =>
        Directory.EnumerateFiles(context.Data, "repomd.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => new RepositoryFolder(path));

    /// <summary>Finds a file of the repository.</summary>
    /// <param name="location">Its location.</param>
    /// <returns>Its path, or null where it is not among the data.</returns>
    public string? Find(string location)
    {
        var folder = Path.GetDirectoryName(Index)!;
        return new[] { Path.Combine(Path.GetDirectoryName(folder)!, location), Path.Combine(folder, Path.GetFileName(location)) }.FirstOrDefault(File.Exists);
    }

    /// <summary>Decompresses a file with the tools of its format.</summary>
    /// <param name="context">Where scratch files may go.</param>
    /// <param name="path">The file.</param>
    /// <returns>The file in the clear, or null where the tool refuses it.</returns>
    public static byte[]? Decompress(JudgeContext context, string path)
    {
        var tool = Path.GetExtension(path) switch
        {
            ".gz" => "gzip",
            ".xz" => "xz",
            ".bz2" => "bzip2",
            ".zst" => "zstd",
            _ => null,
        };
        if (tool is null)
        {
            return File.ReadAllBytes(path);
        }

        var result = Peer.Run(context.Scratch, File.ReadAllBytes(path), tool, "-dc");
        return result.Succeeded ? result.Output : null;
    }
}
