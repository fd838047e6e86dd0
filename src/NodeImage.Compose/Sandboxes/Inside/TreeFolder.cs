using NodeImage.Core.Files;
using NodeImage.Core.Tar;

namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>A tree on disk: unpacked with its owners and permissions, and watched for what commands change in it.</summary>
/// <param name="root">The tree's folder.</param>
internal sealed class TreeFolder(string root)
{
    private Dictionary<string, FileStatus> _before = new(StringComparer.Ordinal);

    /// <summary>The tree's folder.</summary>
    public string Root => root;

    /// <summary>Takes paths away.</summary>
    public void Remove(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            Delete(OnDisk(path));
        }
    }

    /// <summary>Unpacks an archive over the tree.</summary>
    public void Unpack(Stream archive)
    {
        var tar = new TarReader(archive);
        while (tar.Next() is { } entry)
        {
            Unpack(entry, tar.Content);
        }
    }

    /// <summary>Remembers what everything is like now.</summary>
    public void Remember() => _before = Walk();

    /// <summary>Tells what has changed since <see cref="Remember"/>.</summary>
    /// <returns>The paths that are gone, and those that are new or other, folders first.</returns>
    public (List<string> Removed, List<string> Changed) Compare()
    {
        var now = Walk();
        var changed = now.Where(pair => !pair.Value.IsSocket && (!_before.TryGetValue(pair.Key, out var before) || pair.Value.DiffersFrom(before)))
            .Select(pair => pair.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        var removed = _before.Keys.Where(path => !now.ContainsKey(path)).OrderDescending(StringComparer.Ordinal).ToList();
        return (removed, changed);
    }

    /// <summary>Packs paths of the tree.</summary>
    public void Pack(IEnumerable<string> paths, TarWriter tar)
    {
        var firstNames = new Dictionary<ulong, string>();
        foreach (var path in paths)
        {
            var status = LinuxCalls.ReadStatus(OnDisk(path));
            if (status is { IsRegular: true, Links: > 1 } && !firstNames.TryAdd(status.Inode, path))
            {
                tar.Write(Entry(path, status) with { Type = TarEntryType.HardLink, Size = 0, LinkName = firstNames[status.Inode].TrimStart('/') });
            }
            else if (status.IsRegular)
            {
                using var content = new FileStream(OnDisk(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
                tar.Write(Entry(path, status), content);
            }
            else
            {
                tar.Write(Entry(path, status));
            }
        }

        tar.Finish();
    }

    /// <summary>Removes the tree.</summary>
    public void Delete() => Delete(root);

    private static void Delete(string path)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            // What came and went between two commands has never been here, nor perhaps its folder.
            File.Delete(path);
        }
    }

    private string OnDisk(string path) => path.Length <= 1 ? root : $"{root}/{path.TrimStart('/')}";

    private void Unpack(TarEntry entry, Stream content)
    {
        var path = OnDisk(entry.Name);
        if (entry.Type != TarEntryType.Directory)
        {
            Delete(path);
        }

        switch (entry.Type)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(path);
                break;
            case TarEntryType.Regular:
                using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
                {
                    content.CopyTo(file, 1 << 16);
                }

                break;
            case TarEntryType.SymbolicLink:
                File.CreateSymbolicLink(path, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                LinuxCalls.MakeLink(OnDisk(entry.LinkName), path);
                return;
            case TarEntryType.Fifo:
                LinuxCalls.MakeNode(path, 0x1000 | entry.Mode, 0, 0);
                break;
            default:
                MakeDevice(entry, path);
                return;
        }

        LinuxCalls.ChangeOwner(path, entry.Uid, entry.Gid);
        if (entry.Type != TarEntryType.SymbolicLink)
        {
            // After the owner: changing that takes setuid and capabilities away.
            LinuxCalls.ChangeMode(path, entry.Mode);
            foreach (var (name, value) in entry.Xattrs)
            {
                LinuxCalls.SetXattr(path, name, value.AsSpan());
            }
        }

        LinuxCalls.SetTime(path, entry.ModificationTime);
    }

    // Only the system's own root may make devices; elsewhere an empty file keeps the place.
    private static void MakeDevice(TarEntry entry, string path)
    {
        try
        {
            LinuxCalls.MakeNode(path, (entry.Type == TarEntryType.BlockDevice ? 0x6000 : 0x2000) | entry.Mode, entry.DeviceMajor, entry.DeviceMinor);
        }
        catch (IOException)
        {
            File.WriteAllBytes(path, []);
        }
    }

    private TarEntry Entry(string path, FileStatus status)
    {
        var type = status switch
        {
            { IsDirectory: true } => TarEntryType.Directory,
            { IsSymbolicLink: true } => TarEntryType.SymbolicLink,
            { IsFifo: true } => TarEntryType.Fifo,
            { IsCharacterDevice: true } => TarEntryType.CharacterDevice,
            { IsRegular: true } => TarEntryType.Regular,
            _ => TarEntryType.BlockDevice,
        };
        var xattrs = Inode.NoXattrs;
        if (type is TarEntryType.Regular or TarEntryType.Directory)
        {
            foreach (var (name, value) in LinuxCalls.ReadXattrs(OnDisk(path)))
            {
                xattrs = xattrs.Add(name, [.. value]);
            }
        }

        return new TarEntry
        {
            Name = path.TrimStart('/'),
            Type = type,
            Mode = status.Mode & Inode.PermissionMask,
            Uid = status.Uid,
            Gid = status.Gid,
            Size = type == TarEntryType.Regular ? status.Size : 0,
            LinkName = type == TarEntryType.SymbolicLink ? new FileInfo(OnDisk(path)).LinkTarget! : "",
            DeviceMajor = status.DeviceMajor,
            DeviceMinor = status.DeviceMinor,
            Xattrs = xattrs,
        };
    }

    private Dictionary<string, FileStatus> Walk()
    {
        var found = new Dictionary<string, FileStatus>(StringComparer.Ordinal);
        var pending = new Stack<string>();
        pending.Push("");
        var everything = new EnumerationOptions { AttributesToSkip = 0, ReturnSpecialDirectories = false, IgnoreInaccessible = false };
        while (pending.TryPop(out var folder))
        {
            foreach (var name in Directory.EnumerateFileSystemEntries(root + folder, "*", everything).Select(Path.GetFileName))
            {
                var path = $"{folder}/{name}";
                var status = LinuxCalls.ReadStatus(root + path);
                found[path] = status;
                if (status.IsDirectory)
                {
                    pending.Push(path);
                }
            }
        }

        return found;
    }
}
