using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Payloads;

/// <summary>
/// Finds the file that a name in the archive stands for. Archives keep nearly to the order of the file list, so that the
/// next file is almost always the one.
/// </summary>
internal sealed class PayloadFileIndex(RpmFileList files)
{
    private Dictionary<string, int>? _byName;
    private int _next;

    /// <summary>Finds a file.</summary>
    /// <param name="name">The name in the archive: a path with or without a leading dot or slash, a bare name in source packages.</param>
    /// <returns>The file's place in the list, or -1.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        var path = RpmText.DecodePath(Trim(name));
        for (var i = _next; i < Math.Min(_next + 4, files.Count); i++)
        {
            if (Trim(files[i].Path).SequenceEqual(path))
            {
                _next = i + 1;
                return i;
            }
        }

        _byName ??= IndexByName();
        var found = _byName.TryGetValue(path, out var index) ? index : -1;
        _next = found + 1;
        return found;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> path) => path is ['/', ..] ? path[1..] : path;

    // rpmfnFindFN in lib/rpmfi.c: one "./", then one "/".
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> name)
    {
        name = name.StartsWith("./"u8) ? name[2..] : name;
        return name.StartsWith("/"u8) ? name[1..] : name;
    }

    private Dictionary<string, int> IndexByName()
    {
        var byName = new Dictionary<string, int>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            byName.TryAdd(Trim(files[i].Path).ToString(), i);
        }

        return byName;
    }
}
