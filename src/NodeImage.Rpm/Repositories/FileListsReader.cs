using System.Xml;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Finds in <c>filelists.xml</c> who owns given paths. The file is many times larger than <c>primary.xml</c> and is
/// needed only for dependencies on files outside the well-known folders, so that nothing of it is kept but the answers.
/// </summary>
public static class FileListsReader
{
    private const int LongestPath = 16 * 1024;

    /// <summary>Finds the owners of paths.</summary>
    /// <param name="stream">The file in the clear.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="paths">The absolute paths.</param>
    /// <returns>For each path that some package owns, the checksums of these packages, as
    /// <see cref="RepositoryPackage.Checksum"/>, in the file's order.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2003: the file is malformed.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> FindOwners(Stream stream, string source, IReadOnlySet<string> paths)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var wanted = new HashSet<string>(paths, StringComparer.Ordinal);
        return MetadataXml.Read(stream, source, reader =>
        {
            Walk(reader, wanted.GetAlternateLookup<ReadOnlySpan<char>>(), found);
            return found;
        });
    }

    private static void Walk(
        XmlReader reader,
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> wanted,
        Dictionary<string, IReadOnlyList<string>> found)
    {
        MetadataXml.EnterRoot(reader, "filelists");
        var package = reader.NameTable.Add("package");
        var file = reader.NameTable.Add("file");
        var buffer = new char[LongestPath];
        var owner = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (ReferenceEquals(reader.LocalName, package))
            {
                owner = reader.GetAttribute("pkgid")?.ToLowerInvariant() ?? throw new XmlException("a package has no pkgid");
            }
            else if (ReferenceEquals(reader.LocalName, file) && !reader.IsEmptyElement && reader.Read() && reader.NodeType == XmlNodeType.Text
                && ReadPath(reader, buffer, out var length) && wanted.TryGetValue(buffer.AsSpan(0, length), out var path))
            {
                Add(found, path, owner);
            }
        }
    }

    // Reading in pieces makes no string of each of a million paths. One that does not fit is none that is asked for.
    private static bool ReadPath(XmlReader reader, char[] buffer, out int length)
    {
        length = 0;
        int read;
        while (length < buffer.Length && (read = reader.ReadValueChunk(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;
        }

        return length < buffer.Length;
    }

    private static void Add(Dictionary<string, IReadOnlyList<string>> found, string path, string owner)
    {
        if (!found.TryGetValue(path, out var owners))
        {
            found[path] = owners = new List<string>();
        }

        var list = (List<string>)owners;
        if (list.Count == 0 || list[^1] != owner)
        {
            list.Add(owner);
        }
    }
}
