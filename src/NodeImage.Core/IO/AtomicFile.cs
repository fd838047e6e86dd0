namespace NodeImage.Core.IO;

/// <summary>Files that are written aside and renamed, so that nobody ever sees half of one.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a neighbour that is renamed over it once it is complete.</summary>
    /// <param name="path">Where the file goes; its folder is made when it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <remarks>When <paramref name="write"/> throws, the neighbour is removed and the file is as it was.</remarks>
    public static void Write(string path, Action<FileStream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var aside = NameAside(folder, Path.GetFileName(path));
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Writes bytes as <see cref="Write"/> does.</summary>
    /// <param name="path">Where the file goes.</param>
    /// <param name="content">Its content.</param>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> content) =>
        Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes bytes only when the file does not hold them already, so that its time tells when it changed.</summary>
    /// <param name="path">Where the file goes.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Whether the file was written.</returns>
    public static bool WriteWhenDifferent(string path, ReadOnlyMemory<byte> content)
    {
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content.Span))
        {
            return false;
        }

        WriteAllBytes(path, content);
        return true;
    }

    /// <summary>A name beside a file that no other writer, in this process or another, takes.</summary>
    /// <param name="folder">The folder that the file goes to.</param>
    /// <param name="name">The file's name.</param>
    /// <returns>A full path; nothing exists there.</returns>
    public static string NameAside(string folder, string name) =>
        Path.Combine(folder, $".{name}.{Path.GetRandomFileName()}");
}
