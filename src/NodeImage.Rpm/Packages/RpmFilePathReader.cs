using System.Text.Unicode;

namespace NodeImage.Rpm.Packages;

/// <summary>
/// Decodes the paths of a file list: a folder and a name for each file, or whole paths in packages older than rpm 3.0.5.
/// </summary>
internal static class RpmFilePathReader
{
    /// <summary>Decodes the paths of a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="source">The file that it comes from, for messages.</param>
    /// <returns>The paths in the header's order, and whether each is UTF-8 there.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2304: folders and names do not belong together, or a path leads upwards.</exception>
    public static (string Path, bool IsUtf8)[] Read(RpmHeader header, string source)
    {
        var paths = header.Contains(RpmTag.BaseNames) ? ReadSplit(header, source) : ReadWhole(header);
        foreach (var (path, _) in paths)
        {
            if (LeadsUpwards(path))
            {
                throw PackageDiagnostics.MalformedFileList.Error(null, source, $"the path '{path}' leads upwards");
            }
        }

        return paths;
    }

    private static (string Path, bool IsUtf8)[] ReadSplit(RpmHeader header, string source)
    {
        var folders = header.GetStrings(RpmTag.DirNames);
        var indexes = header.GetUInt32s(RpmTag.DirIndexes);
        var names = header.GetStringData(RpmTag.BaseNames);
        if (folders.Length == 0 || indexes.Length != names.Count || Array.Exists(indexes, index => index >= folders.Length))
        {
            throw PackageDiagnostics.MalformedFileList.Error(null, source, "folders and names do not belong together");
        }

        var foldersAreUtf8 = AreUtf8(header.GetStringData(RpmTag.DirNames));
        var paths = new (string, bool)[names.Count];
        for (var i = 0; names.MoveNext(); i++)
        {
            var isUtf8 = Utf8.IsValid(names.Current);
            paths[i] = (folders[indexes[i]] + RpmText.Decode(names.Current), isUtf8 && foldersAreUtf8[indexes[i]]);
        }

        return paths;
    }

    private static (string Path, bool IsUtf8)[] ReadWhole(RpmHeader header)
    {
        var texts = header.GetStringData(RpmTag.OldFileNames);
        var paths = new (string, bool)[texts.Count];
        for (var i = 0; texts.MoveNext(); i++)
        {
            paths[i] = (RpmText.Decode(texts.Current), Utf8.IsValid(texts.Current));
        }

        return paths;
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
