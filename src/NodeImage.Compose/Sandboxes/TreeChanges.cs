using System.Globalization;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;

namespace NodeImage.Compose.Sandboxes;

/// <summary>Takes what commands have changed on disk over into the tree.</summary>
/// <param name="machine">The image.</param>
/// <param name="folder">Where large contents are kept until the image has been written.</param>
internal sealed class TreeChanges(ScriptletMachine machine, string folder)
{
    private const int InlineLimit = 64 << 10;

    private int _count;

    /// <summary>The owner that a file has for commands: names that nobody has yet are root's, as rpm has it.</summary>
    public FileOwner ResolveForNow(FileOwner owner)
    {
        var uid = owner.Uid;
        var gid = owner.Gid;
        if (owner.UserName is { } user && !machine.Accounts.TryResolveUser(user, out uid))
        {
            uid = 0;
        }

        if (owner.GroupName is { } group && !machine.Accounts.TryResolveGroup(group, out gid))
        {
            gid = 0;
        }

        return new FileOwner(uid, gid);
    }

    /// <summary>Takes changes over.</summary>
    /// <param name="removed">Paths that are gone.</param>
    /// <param name="archive">What is new or other.</param>
    public void Apply(IEnumerable<string> removed, Stream archive)
    {
        foreach (var path in removed)
        {
            machine.Tree.Remove(path);
        }

        var tar = new TarReader(archive);
        while (tar.Next() is { } entry)
        {
            Apply(entry, tar.Content);
        }
    }

    private void Apply(TarEntry entry, Stream content)
    {
        var path = "/" + entry.Name;
        if (entry.Type == TarEntryType.HardLink)
        {
            machine.Tree.Link(path, machine.Tree.Find("/" + entry.LinkName)!);
            return;
        }

        var before = machine.Tree.Find(path)?.Inode;
        var inode = new Inode
        {
            Type = entry.Type.ToFileType(),
            Mode = entry.Mode,
            Owner = before is not null && ResolveForNow(before.Owner) == new FileOwner(entry.Uid, entry.Gid) ? before.Owner : new FileOwner(entry.Uid, entry.Gid),
            ModificationTime = entry.Type == TarEntryType.Directory ? 0 : machine.Time,
            LinkTarget = entry.Type == TarEntryType.SymbolicLink ? entry.LinkName : null,
            DeviceMajor = entry.DeviceMajor,
            DeviceMinor = entry.DeviceMinor,
            Xattrs = entry.Xattrs,
        };
        if (entry.Type == TarEntryType.Regular)
        {
            var made = Keep(content, entry.Size);

            // What has only been touched keeps its content, and with it where it came from.
            inode = before?.Content is { } old && old.Length == made.Length && old.Identity == made.Identity
                ? inode with { Content = old, Origin = before.Origin, ModificationTime = before.ModificationTime }
                : inode with { Content = made };
        }

        machine.Tree.Put(path, inode);
    }

    private FileContent Keep(Stream content, long size)
    {
        if (size <= InlineLimit)
        {
            var bytes = new byte[size];
            content.ReadExactly(bytes);
            return FileContent.Of(bytes);
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, (_count++).ToString(CultureInfo.InvariantCulture));
        using (var file = File.Create(path))
        {
            content.CopyTo(file);
        }

        return new DiskContent(path, size, Sha256Digest.OfFile(path));
    }
}
