using NodeImage.Core.Cache;
using NodeImage.Core.Concurrency;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Layers;

/// <summary>
/// Reads an image's layers into one file tree: OCI image specification, "Image Layer Filesystem Changeset", whiteouts included.
/// </summary>
public static class ImageTree
{
    /// <summary>The prefix of a name that removes the name after it.</summary>
    public const string Whiteout = ".wh.";

    /// <summary>The name that hides all that lower layers put into its folder.</summary>
    public const string OpaqueWhiteout = ".wh..wh..opq";

    internal const string ScanKind = "layer-scan-1";

    /// <summary>Reads an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cache">Keeps what has been read of each layer.</param>
    /// <param name="keep">Chooses the files whose content is kept at hand, because it will be read.</param>
    /// <param name="cancellation">Stops between entries.</param>
    /// <returns>The tree; contents are read from the layers when they are needed.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A layer is missing or damaged.</exception>
    public static FileTree Read(OciImage image, ContentCache cache, Func<TarEntry, bool> keep, CancellationToken cancellation)
    {
        // A base of many layers is read on all cores; the tree is then built in their order.
        var archives = image.Manifest.Layers.Select(layer => new LayerArchive(image.Layout, layer)).ToArray();
        var scans = new LayerScan[archives.Length];
        AllCores.ForEach(Enumerable.Range(0, archives.Length), i => scans[i] = Scan(image, i, archives[i], cache, keep, cancellation), cancellation);
        var tree = new FileTree();
        for (var i = 0; i < archives.Length; i++)
        {
            Apply(tree, archives[i], scans[i]);
        }

        return tree;
    }

    private static LayerScan Scan(OciImage image, int number, LayerArchive archive, ContentCache cache, Func<TarEntry, bool> keep, CancellationToken cancellation)
    {
        var layer = image.Manifest.Layers[number];
        if (cache.FindDocument(ScanKind, layer.Digest) is { } known)
        {
            return Verified(LayerScan.Read(known), image, number, archive);
        }

        try
        {
            using var stream = archive.Open();
            var scan = Verified(LayerScan.Take(stream, keep, cancellation), image, number, archive);
            cache.AddDocument(ScanKind, layer.Digest, scan.Write());
            return scan;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw archive.Damaged(e, e.Message);
        }
    }

    private static LayerScan Verified(LayerScan scan, OciImage image, int number, LayerArchive archive) => scan.DiffId == image.Config.DiffIds[number]
        ? scan
        : throw archive.Damaged(null, $"its content has the diff ID {scan.DiffId}, where the configuration says {image.Config.DiffIds[number]}.");

    private static void Apply(FileTree tree, LayerArchive archive, LayerScan scan)
    {
        ApplyWhiteouts(tree, archive, scan);
        for (var index = 0; index < scan.Entries.Count; index++)
        {
            var scanned = scan.Entries[index];
            var path = Normalize(archive, scanned.Entry.Name);
            if (ImagePath.Name(path).StartsWith(Whiteout, StringComparison.Ordinal))
            {
                continue;
            }

            ClearWay(tree, path);
            Put(tree, archive, scanned, index, path);
        }
    }

    // Whiteouts speak of lower layers only, wherever in the archive they stand, so they are applied first.
    private static void ApplyWhiteouts(FileTree tree, LayerArchive archive, LayerScan scan)
    {
        foreach (var scanned in scan.Entries)
        {
            var path = Normalize(archive, scanned.Entry.Name);
            var name = ImagePath.Name(path);
            if (name == OpaqueWhiteout)
            {
                foreach (var child in tree.Find(ImagePath.Parent(path))?.Children.ToArray() ?? [])
                {
                    tree.Remove(child);
                }
            }
            else if (name.StartsWith(Whiteout, StringComparison.Ordinal))
            {
                // Without a name after it, it would take away the folder that it stands in.
                var hidden = name[Whiteout.Length..];
                tree.Remove(hidden is "" or "." or ".." ? throw archive.Damaged(null, $"'{path}' removes no name.") : ImagePath.Join(ImagePath.Parent(path), hidden));
            }
        }
    }

    // A folder in an upper layer hides whatever else a lower layer has at its place.
    private static void ClearWay(FileTree tree, string path)
    {
        for (var parent = ImagePath.Parent(path); parent.Length > 1; parent = ImagePath.Parent(parent))
        {
            if (tree.Find(parent) is { Inode.IsDirectory: false } obstacle)
            {
                tree.Remove(obstacle);
            }
        }
    }

    private static void Put(FileTree tree, LayerArchive archive, ScannedEntry scanned, int index, string path)
    {
        var entry = scanned.Entry;
        if (path.Length == 1 && entry.Type != TarEntryType.Directory)
        {
            throw archive.Damaged(null, "its root is not a folder.");
        }

        if (entry.Type == TarEntryType.HardLink)
        {
            PutLink(tree, archive, entry, path);
            return;
        }

        tree.Put(path, new Inode
        {
            Type = entry.Type.ToFileType(),
            Mode = entry.Mode,
            Owner = new FileOwner(entry.Uid, entry.Gid),
            ModificationTime = entry.ModificationTime,
            Content = entry.Type == TarEntryType.Regular ? ContentOf(archive, scanned, index) : null,
            LinkTarget = entry.Type == TarEntryType.SymbolicLink ? entry.LinkName : null,
            DeviceMajor = entry.DeviceMajor,
            DeviceMinor = entry.DeviceMinor,
            Xattrs = entry.Xattrs,
        });
    }

    private static void PutLink(FileTree tree, LayerArchive archive, TarEntry entry, string path)
    {
        var place = Normalize(archive, entry.LinkName);
        if (tree.Find(place) is not { Inode.IsDirectory: false } target || (place != path && ImagePath.IsWithin(place, path)))
        {
            throw archive.Damaged(null, $"'{path}' is a hard link to '{entry.LinkName}', which is no file that is there.");
        }

        tree.Link(path, target);
    }

    private static FileContent ContentOf(LayerArchive archive, ScannedEntry scanned, int index) =>
        scanned.Content is { } bytes ? FileContent.Of(bytes) : new LayerContent(archive, index, scanned.Entry.Size, scanned.Digest);

    private static string Normalize(LayerArchive archive, string name) =>
        ImagePath.TryNormalize(name, out var path) ? path : throw archive.Damaged(null, $"'{name}' is no path inside an image.");
}
