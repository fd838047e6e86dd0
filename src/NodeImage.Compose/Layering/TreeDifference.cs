using NodeImage.Core.Files;

namespace NodeImage.Compose.Layering;

/// <summary>What a tree adds to the one below it, changes or takes away.</summary>
/// <param name="Changed">The nodes that are new or other than below, each folder before what is in it.</param>
/// <param name="Removed">The paths below that are gone: the topmost of each folder that is gone as a whole.</param>
internal sealed record TreeDifference(IReadOnlyList<FileNode> Changed, IReadOnlyList<string> Removed)
{
    /// <summary>Compares two trees.</summary>
    /// <param name="below">The lower tree, or null for nothing at all.</param>
    /// <param name="tree">The upper tree.</param>
    public static TreeDifference Between(FileTree? below, FileTree tree)
    {
        var changed = new List<FileNode>();
        var removed = new List<string>();
        Compare(below?.Root, tree.Root, changed, removed);

        // Hard links cannot reach into a layer below: where one name is written, all are.
        var groups = changed.Select(node => node.HardLinks).OfType<IReadOnlyList<FileNode>>().ToHashSet(ReferenceEqualityComparer.Instance);
        if (groups.Count > 0)
        {
            var wanted = changed.ToHashSet();
            wanted.UnionWith(groups.Cast<IReadOnlyList<FileNode>>().SelectMany(group => group));
            changed = [.. tree.Walk().Where(wanted.Contains)];
        }

        return new TreeDifference(changed, removed);
    }

    /// <summary>Whether two files are the same to whoever looks at the image. Where they came from does not matter.</summary>
    public static bool IsSame(Inode one, Inode other) =>
        ReferenceEquals(one, other)
        || (one.Type == other.Type
            && one.Mode == other.Mode
            && one.Owner == other.Owner
            && (one.IsDirectory || one.ModificationTime == other.ModificationTime)
            && one.LinkTarget == other.LinkTarget
            && one.DeviceMajor == other.DeviceMajor
            && one.DeviceMinor == other.DeviceMinor
            && one.Content?.Length == other.Content?.Length
            && (ReferenceEquals(one.Content, other.Content) || one.Content?.Identity == other.Content?.Identity)
            && SameXattrs(one, other));

    private static bool SameXattrs(Inode one, Inode other) =>
        one.Xattrs.Count == other.Xattrs.Count
        && one.Xattrs.All(pair => other.Xattrs.TryGetValue(pair.Key, out var value) && pair.Value.AsSpan().SequenceEqual(value.AsSpan()));

    private static void Compare(FileNode? below, FileNode node, List<FileNode> changed, List<string> removed)
    {
        if (below is null || !IsSame(below.Inode, node.Inode))
        {
            changed.Add(node);
        }

        // Two sorted lists of names, gone through side by side.
        var lower = below?.Inode.IsDirectory == true ? below.Children : [];
        var upper = node.Children;
        var (i, j) = (0, 0);
        while (i < lower.Count || j < upper.Count)
        {
            var order = i == lower.Count ? 1 : j == upper.Count ? -1 : string.CompareOrdinal(lower[i].Name, upper[j].Name);
            if (order < 0)
            {
                // A file over a folder hides all of it; there is nothing left to take away one by one.
                if (node.Inode.IsDirectory)
                {
                    removed.Add(lower[i].Path);
                }

                i++;
            }
            else
            {
                Compare(order == 0 ? lower[i++] : null, upper[j++], changed, removed);
            }
        }
    }
}
