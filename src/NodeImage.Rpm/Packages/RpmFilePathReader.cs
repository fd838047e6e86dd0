using System.Text.Unicode;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// Decodes the paths of a file list: a folder and a name for each file, or whole paths in packages older than rpm 3.0.5.
/// </summary>
internal static class RpmFilePathReader
{
    // What Linux takes for a path, and of all paths together some thirty times what the largest packages have: a header stores a
    // folder once however many files lie in it, so that a small one could ask for any amount of memory.
    private const int MaxPathSize = 4096;
    private const int MaxTotalSize = 128 * 1024 * 1024;

    /// <summary>Decodes the paths of a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="source">The file that it comes from, for messages.</param>
    /// <returns>The paths in the header's order, and the folders that they lie in.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2304: folders and names do not belong together, or a path leads
    /// upwards or is too long.</exception>
    public static RpmFilePaths Read(RpmHeader header, string source)
    {
        var paths = header.Contains(RpmTag.BaseNames) ? ReadSplit(header, source) : ReadWhole(header);
        foreach (var (path, _, _) in paths.Files)
        {
            if (LeadsUpwards(path))
            {
                throw PackageDiagnostics.MalformedFileList.Error(null, source, $"the path '{path}' leads upwards");
            }
        }

        return paths;
    }

    private static RpmFilePaths ReadSplit(RpmHeader header, string source)
    {
        var folders = header.GetStrings(RpmTag.DirNames);
        var indexes = header.GetUInt32s(RpmTag.DirIndexes);
        var names = header.GetStringData(RpmTag.BaseNames);
        if (folders.Length == 0 || indexes.Length != names.Count || Array.Exists(indexes, index => index >= folders.Length))
        {
            throw PackageDiagnostics.MalformedFileList.Error(null, source, "folders and names do not belong together");
        }

        var foldersAreUtf8 = AreUtf8(header.GetStringData(RpmTag.DirNames));
        var paths = new RpmFilePath[names.Count];
        var total = 0;
        for (var i = 0; names.MoveNext(); i++)
        {
            var folder = (int)indexes[i];
            var size = folders[folder].Length + names.Current.Length;
            total += size;
            if (size > MaxPathSize || total > MaxTotalSize)
            {
                throw PackageDiagnostics.MalformedFileList.Error(null, source, $"a path has more than {MaxPathSize} bytes, or all have more than {MaxTotalSize}");
            }

            var isUtf8 = Utf8.IsValid(names.Current) && foldersAreUtf8[folder];
            paths[i] = new RpmFilePath(folders[folder] + RpmText.Decode(names.Current), folder, isUtf8);
        }

        return new RpmFilePaths(paths, folders);
    }

    private static RpmFilePaths ReadWhole(RpmHeader header)
    {
        var texts = header.GetStringData(RpmTag.OldFileNames);
        var paths = new RpmFilePath[texts.Count];
        var folders = new List<string>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; texts.MoveNext(); i++)
        {
            var path = RpmText.DecodePath(texts.Current);
            var folder = path[..(path.LastIndexOf('/') + 1)];
            if (!indexes.TryGetValue(folder, out var index))
            {
                indexes[folder] = index = folders.Count;
                folders.Add(folder);
            }

            paths[i] = new RpmFilePath(path, index, Utf8.IsValid(texts.Current));
        }

        return new RpmFilePaths(paths, folders);
    }

    private static bool[] AreUtf8(RpmStringData texts)
    {
        var results = new bool[texts.Count];
        for (var i = 0; texts.MoveNext(); i++)
        {
            results[i] = Utf8.IsValid(texts.Current);
        }

        return results;
    }

    private static bool LeadsUpwards(string path)
    {
        if (!path.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan()[range] is "..")
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The path of a file.</summary>
/// <param name="Path">The path.</param>
/// <param name="Directory">The place of its folder in the list of folders.</param>
/// <param name="IsUtf8">Whether it is UTF-8 in the package.</param>
internal readonly record struct RpmFilePath(string Path, int Directory, bool IsUtf8);

/// <summary>The paths of a package.</summary>
/// <param name="Files">The paths of its files, in the header's order.</param>
/// <param name="Directories">The folders that they lie in, each ended by a slash.</param>
internal sealed record RpmFilePaths(RpmFilePath[] Files, IReadOnlyList<string> Directories);
