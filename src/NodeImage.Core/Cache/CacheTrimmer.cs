namespace NodeImage.Core.Cache;

/// <summary>Makes a cache smaller while other builds use it: files may vanish at any time, and what is being written must stay.</summary>
/// <param name="root">The cache's folder.</param>
/// <param name="incoming">The name of the folder in it for what is being fetched.</param>
/// <param name="locks">The name of the folder in it for locks, which are empty files that builds may hold just now.</param>
/// <param name="now">The time.</param>
internal sealed class CacheTrimmer(string root, string incoming, string locks, DateTime now)
{
    // No build takes that long: what is unfinished and older was left by one that was killed.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(2);

    private readonly record struct Entry(string Path, long Length, DateTime LastUse, bool IsUnfinished);

    /// <summary>Deletes what builds have abandoned, and then what has gone unused the longest until the rest fits.</summary>
    /// <returns>How many bytes were freed.</returns>
    public long Trim(long maxBytes)
    {
        var entries = List(root, isUnfinished: false).ToList();
        var total = entries.Sum(entry => entry.Length);
        var freed = entries.Where(entry => entry.IsUnfinished && now - entry.LastUse > AbandonedAfter).Sum(Delete);
        foreach (var entry in entries.Where(entry => !entry.IsUnfinished).OrderBy(entry => entry.LastUse).ThenBy(entry => entry.Path, StringComparer.Ordinal))
        {
            if (total - freed <= maxBytes)
            {
                break;
            }

            freed += Delete(entry);
        }

        return freed;
    }

    private IEnumerable<Entry> List(string folder, bool isUnfinished)
    {
        foreach (var path in Children(folder))
        {
            // Entries are written aside, under names that begin with a dot, and renamed.
            var name = Path.GetFileName(path);
            if (name == locks && folder == root)
            {
                continue;
            }

            var unfinished = isUnfinished || name.StartsWith('.') || (name == incoming && folder == root);
            if (Directory.Exists(path))
            {
                foreach (var entry in List(path, unfinished))
                {
                    yield return entry;
                }
            }
            else if (Measure(path, unfinished) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static string[] Children(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static Entry? Measure(string path, bool isUnfinished)
    {
        try
        {
            var file = new FileInfo(path);
            return new Entry(path, file.Length, isUnfinished ? file.LastWriteTimeUtc : file.LastAccessTimeUtc, isUnfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Delete(Entry entry)
    {
        try
        {
            File.Delete(entry.Path);
            return entry.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody reads it just now, or has deleted its folder.
            return 0;
        }
    }
}
