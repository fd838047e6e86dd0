using System.Globalization;
using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layers;

namespace NodeImage.Compose.Layering;

/// <summary>Makes pieces of layers out of nodes.</summary>
internal static class TreePiece
{
    // Part of every key: raised when the same nodes come to be written otherwise.
    private const string Version = "tree-piece-1";

    /// <summary>Makes the piece that holds some nodes.</summary>
    /// <param name="nodes">The nodes, sorted by path.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static LayerPiece Of(IReadOnlyList<FileNode> nodes, CancellationToken cancellation)
    {
        var entries = Entries(nodes, owner => owner);
        return new LayerPiece(KeyOf(entries), tar => Write(tar, entries, cancellation));
    }

    /// <summary>Writes nodes to an archive that is no layer.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="nodes">The nodes, sorted by path; of hard links, all or none.</param>
    /// <param name="resolve">Resolves owners that are still known by name.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static void WriteNodes(TarWriter tar, IReadOnlyList<FileNode> nodes, Func<FileOwner, FileOwner> resolve, CancellationToken cancellation) =>
        Write(tar, Entries(nodes, resolve), cancellation);

    /// <summary>Makes the piece that takes paths of lower layers away.</summary>
    /// <param name="removed">The paths, sorted.</param>
    public static LayerPiece Whiteouts(IReadOnlyList<string> removed)
    {
        var entries = removed.Select(path => new TarEntry
        {
            Name = ImagePath.Join(ImagePath.Parent(path), ImageTree.Whiteout + ImagePath.Name(path)).TrimStart('/'),
            Type = TarEntryType.Regular,
        }).ToList();
        var key = Sha256Digest.Of(Encoding.UTF8.GetBytes($"{Version} whiteouts\n{string.Join('\n', removed)}"));
        return new LayerPiece(key, tar => entries.ForEach(tar.Write));
    }

    private static List<Entry> Entries(IReadOnlyList<FileNode> nodes, Func<FileOwner, FileOwner> resolve)
    {
        var firstNames = new Dictionary<IReadOnlyList<FileNode>, string>(ReferenceEqualityComparer.Instance);
        var entries = new List<Entry>(nodes.Count);
        foreach (var node in nodes)
        {
            var path = node.Path;
            var inode = node.Inode.Owner.IsResolved ? node.Inode : node.Inode with { Owner = resolve(node.Inode.Owner) };
            var entry = TarEntry.Of(path, inode);
            if (node.HardLinks is { } group && !firstNames.TryAdd(group, entry.Name))
            {
                entries.Add(new Entry(entry with { Type = TarEntryType.HardLink, Size = 0, LinkName = firstNames[group], Xattrs = Inode.NoXattrs }, null));
            }
            else
            {
                entries.Add(new Entry(entry, node.Inode.Content));
            }
        }

        return entries;
    }

    private static Sha256Digest KeyOf(List<Entry> entries)
    {
        var text = new StringBuilder(Version).Append('\n');
        foreach (var (entry, content) in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Name}\0{(char)entry.Type}\0{entry.Mode}\0{entry.Uid}\0{entry.Gid}\0{entry.Size}\0{entry.ModificationTime}\0{entry.LinkName}\0{entry.DeviceMajor}\0{entry.DeviceMinor}\0");
            foreach (var (name, value) in entry.Xattrs)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}={Convert.ToHexString(value.AsSpan())}\0");
            }

            // The order of entries follows the archive that they are read from, so the archive counts too.
            text.Append(content?.Identity).Append('\0').Append(content?.Archive?.Digest.Hex).Append('\n');
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Write(TarWriter tar, List<Entry> entries, CancellationToken cancellation)
    {
        // Folders first, so that everything else finds its own. Then what an archive holds, in the archive's order, because it
        // is decoded but once; then the rest. Links come last, when their files are there.
        entries.Where(entry => entry.Tar.Type == TarEntryType.Directory).ToList().ForEach(entry => tar.Write(entry.Tar));
        foreach (var group in entries.Where(entry => entry.Content?.Archive is not null).GroupBy(entry => entry.Content!.Archive!).OrderBy(group => group.Key.Digest))
        {
            WriteArchived(tar, group.Key, [.. group], cancellation);
        }

        foreach (var (entry, content) in entries.Where(entry => entry.Content is { Archive: null }))
        {
            cancellation.ThrowIfCancellationRequested();
            using var stream = content!.OpenRead();
            tar.Write(entry, stream, content.Digest);
        }

        entries.Where(entry => entry.Content is null && entry.Tar.Type != TarEntryType.Directory).ToList().ForEach(entry => tar.Write(entry.Tar));
    }

    private static void WriteArchived(TarWriter tar, ContentArchive archive, List<Entry> entries, CancellationToken cancellation)
    {
        // One content may be wanted under several names that are no links of each other.
        var byIndex = entries.GroupBy(entry => entry.Content!.ArchiveIndex).ToDictionary(group => group.Key, group => group.ToList());
        archive.Read([.. byIndex.Keys.Order()], (index, stream) =>
        {
            if (byIndex[index] is [var single])
            {
                tar.Write(single.Tar, stream, single.Content!.Digest);
                return;
            }

            using var spool = Core.IO.SpooledStream.Create(byIndex[index][0].Tar.Size);
            stream.CopyTo(spool);
            foreach (var entry in byIndex[index])
            {
                spool.Position = 0;
                tar.Write(entry.Tar, spool, entry.Content!.Digest);
            }
        }, cancellation);
    }

    private sealed record Entry(TarEntry Tar, FileContent? Content);
}
