using NodeImage.Core.Concurrency;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>Reads many contents with as little decoding as can be: each archive once, several archives side by side.</summary>
internal static class ContentPass
{
    /// <summary>Reads contents.</summary>
    /// <param name="contents">The contents, each once.</param>
    /// <param name="visit">Receives a content and a stream of it, on any thread, several at a time.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static void Read(IEnumerable<FileContent> contents, Action<FileContent, Stream> visit, CancellationToken cancellation)
    {
        var archives = new Dictionary<ContentArchive, SortedDictionary<int, FileContent>>(ReferenceEqualityComparer.Instance);
        var alone = new List<FileContent>();
        foreach (var content in contents)
        {
            if (content.Archive is not { } archive)
            {
                alone.Add(content);
                continue;
            }

            if (!archives.TryGetValue(archive, out var wanted))
            {
                archives.Add(archive, wanted = []);
            }

            wanted[content.ArchiveIndex] = content;
        }

        // The archive with the most to read first, lest it be begun when all others are done.
        var work = archives.OrderByDescending(pair => pair.Value.Values.Sum(content => content.Length)).Select(pair => (Action)(() => ReadArchive(pair.Key, pair.Value, visit, cancellation)))
            .Concat(alone.Select(content => (Action)(() => ReadOne(content, visit))));
        AllCores.ForEach(work, action => action(), cancellation);
    }

    private static void ReadArchive(ContentArchive archive, SortedDictionary<int, FileContent> wanted, Action<FileContent, Stream> visit, CancellationToken cancellation) =>
        archive.Read([.. wanted.Keys], (index, stream) => visit(wanted[index], stream), cancellation);

    private static void ReadOne(FileContent content, Action<FileContent, Stream> visit)
    {
        using var stream = content.OpenRead();
        visit(content, stream);
    }
}
