using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Files;

namespace NodeImage.Oci.Tests.Support;

/// <summary>Trees of all kinds of files, made up and compared.</summary>
internal static class Trees
{
    private static readonly string[] Names = ["a", "b", "etc", "ünïcode", "with space", "n" + new string('n', 130), "usr", "new\nline"];

    private static readonly Gen<string> Paths = from names in Gen.ListOf(Gen.Elements(Names)) where names.Count is > 0 and < 5 select "/" + string.Join('/', names);

    private static readonly Gen<FileContent> Contents =
        from length in Gen.Elements(0, 1, 511, 512, 513, 70_000)
        from fill in Gen.Choose(0, 3)
        select FileContent.Of(Enumerable.Repeat((byte)fill, length).ToArray());

    private static readonly Gen<Inode> Inodes =
        from type in Gen.Elements(FileType.Regular, FileType.Regular, FileType.Regular, FileType.Directory, FileType.Directory, FileType.SymbolicLink, FileType.CharacterDevice, FileType.BlockDevice, FileType.Fifo)
        from content in Contents
        from mode in Gen.Elements(0, 420, 493, 2541, 1023, Inode.PermissionMask)
        from uid in Gen.Elements(0u, 997u, 2_097_152u, 4_000_000_000u)
        from time in Gen.Elements(0L, 1_700_000_000L, 1L << 34)
        from target in Gen.Elements("a", "/usr/../etc", new string('t', 150), "ü")
        from xattr in Gen.Choose(0, 2)
        select new Inode
        {
            Type = type,
            Mode = type == FileType.SymbolicLink ? 511 : mode,
            Owner = new FileOwner(uid, uid / 3),
            ModificationTime = time,
            Content = type == FileType.Regular ? content : null,
            LinkTarget = type == FileType.SymbolicLink ? target : null,
            DeviceMajor = type is FileType.CharacterDevice or FileType.BlockDevice ? 8u : 0,
            DeviceMinor = type is FileType.CharacterDevice or FileType.BlockDevice ? 255u : 0,
            Xattrs = xattr == 0 ? Inode.NoXattrs : Inode.NoXattrs.Add("security.capability", [1, 0, 0, 2, 61, 10, 0]).Add("user.x", [(byte)xattr]),
        };

    /// <summary>Changes to a tree: what is put, linked and removed, in order.</summary>
    public static Gen<IReadOnlyList<Change>> Changes { get; } =
        from changes in Gen.ListOf(
            from kind in Gen.Choose(0, 7)
            from path in Paths
            from other in Paths
            from inode in Inodes
            select new Change(kind, path, other, inode))
        select (IReadOnlyList<Change>)changes;

    /// <summary>Carries out changes as far as they can be.</summary>
    public static FileTree Apply(this FileTree tree, IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind == 0)
            {
                tree.Remove(change.Path);
            }
            else if (ParentIsFolder(tree, change.Path))
            {
                if (change.Kind > 1)
                {
                    tree.Put(change.Path, change.Inode);
                }
                else if (tree.Find(change.Other) is { Inode.IsDirectory: false } target && tree.Find(change.Path)?.Inode.IsDirectory != true)
                {
                    tree.Link(change.Path, target);
                }
            }
        }

        return tree;
    }

    /// <summary>Every file of a tree in words.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="exact">Whether hard links and folders' times count, of which a difference takes no notice.</param>
    public static IReadOnlyList<string> Describe(FileTree tree, bool exact = true) => [.. tree.Walk().Select(node => Describe(node, exact))];

    private static string Describe(FileNode node, bool exact)
    {
        var inode = node.Inode;
        var xattrs = string.Join(',', inode.Xattrs.Select(pair => $"{pair.Key}={Convert.ToHexString(pair.Value.AsSpan())}"));
        var group = exact && node.HardLinks is { } names ? string.Join(',', names.Select(name => name.Path).Order(StringComparer.Ordinal)) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{node.Path} {inode.Type} {Convert.ToString(inode.Mode, 8)} {inode.Owner.Uid}:{inode.Owner.Gid} {(exact || !inode.IsDirectory ? inode.ModificationTime : 0)} {inode.Content?.Length} {inode.Content?.Identity} {inode.LinkTarget} {inode.DeviceMajor},{inode.DeviceMinor} [{xattrs}] {group}");
    }

    private static bool ParentIsFolder(FileTree tree, string path)
    {
        for (var parent = ImagePath.Parent(path); parent.Length > 1; parent = ImagePath.Parent(parent))
        {
            if (tree.Find(parent) is { Inode.IsDirectory: false })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A change of a tree.</summary>
    internal sealed record Change(int Kind, string Path, string Other, Inode Inode);
}
