using System.Collections.Immutable;
using NodeImage.Core.Files;

namespace NodeImage.Core.Tar;

/// <summary>What a tar archive says of one file, its content apart.</summary>
public sealed record TarEntry
{
    /// <summary>The name as the archive has it: relative, without a leading <c>./</c> where we write it; folders without the final slash.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of entry it is.</summary>
    public required TarEntryType Type { get; init; }

    /// <summary>Permissions, setuid, setgid and sticky.</summary>
    public int Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public uint Uid { get; init; }

    /// <summary>The group's number.</summary>
    public uint Gid { get; init; }

    /// <summary>The content's length in bytes; 0 for everything but regular files.</summary>
    public long Size { get; init; }

    /// <summary>When the content last changed, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>The target of a symbolic or hard link, else empty.</summary>
    public string LinkName { get; init; } = "";

    /// <summary>A device's major number.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>A device's minor number.</summary>
    public uint DeviceMinor { get; init; }

    /// <summary>Extended attributes by full name, in <c>SCHILY.xattr.</c> records of the extended header.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<byte>> Xattrs { get; init; } = Inode.NoXattrs;

    /// <summary>Makes the entry that describes an inode under a name.</summary>
    /// <param name="path">The canonical path in the image.</param>
    /// <param name="inode">What stands there; its owner must be resolved.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="InvalidOperationException">The owner is still known by name only.</exception>
    public static TarEntry Of(string path, Inode inode)
    {
        if (!inode.Owner.IsResolved)
        {
            throw new InvalidOperationException($"The owner of '{path}' has not been resolved.");
        }

        return new TarEntry
        {
            Name = path.TrimStart('/'),
            Type = TypeOf(inode.Type),
            Mode = inode.Mode,
            Uid = inode.Owner.Uid,
            Gid = inode.Owner.Gid,
            Size = inode.Content?.Length ?? 0,
            ModificationTime = inode.ModificationTime,
            LinkName = inode.LinkTarget ?? "",
            DeviceMajor = inode.DeviceMajor,
            DeviceMinor = inode.DeviceMinor,
            Xattrs = inode.Xattrs,
        };
    }

    private static TarEntryType TypeOf(FileType type) => type switch
    {
        FileType.Regular => TarEntryType.Regular,
        FileType.Directory => TarEntryType.Directory,
        FileType.SymbolicLink => TarEntryType.SymbolicLink,
        FileType.CharacterDevice => TarEntryType.CharacterDevice,
        FileType.BlockDevice => TarEntryType.BlockDevice,
        FileType.Fifo => TarEntryType.Fifo,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
