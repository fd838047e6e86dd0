using System.Collections.Immutable;

namespace NodeImage.Core.Files;

/// <summary>
/// Everything about a file but its name: immutable, so that a change is a new inode put in its place. Several names
/// may share one (hard links).
/// </summary>
public sealed record Inode
{
    /// <summary>Extended attributes of a file that has none.</summary>
    public static readonly ImmutableSortedDictionary<string, ImmutableArray<byte>> NoXattrs =
        ImmutableSortedDictionary.Create<string, ImmutableArray<byte>>(StringComparer.Ordinal);

    /// <summary>The bits of <see cref="Mode"/> that say what may be done, setuid, setgid and sticky included.</summary>
    public const int PermissionMask = 0b111_111_111_111;

    /// <summary>What kind of file it is.</summary>
    public required FileType Type { get; init; }

    /// <summary>Permissions, setuid, setgid and sticky: the lower twelve bits of <c>st_mode</c>.</summary>
    public required int Mode { get; init; }

    /// <summary>Who owns it.</summary>
    public FileOwner Owner { get; init; }

    /// <summary>When the content last changed, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>The content of a regular file, else null.</summary>
    public FileContent? Content { get; init; }

    /// <summary>Where a symbolic link points, else null.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>A device's major number.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>A device's minor number.</summary>
    public uint DeviceMinor { get; init; }

    /// <summary>Extended attributes by full name, such as <c>security.capability</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<byte>> Xattrs { get; init; } = NoXattrs;

    /// <summary>What brought the file, such as a package's NEVRA; null for what was made while composing.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Type == FileType.Directory;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsRegular => Type == FileType.Regular;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsSymbolicLink => Type == FileType.SymbolicLink;

    /// <summary>Makes a directory's inode.</summary>
    /// <param name="mode">Its permissions.</param>
    /// <returns>An inode owned by root.</returns>
    public static Inode Directory(int mode = 0b111_101_101) => new() { Type = FileType.Directory, Mode = mode };

    /// <summary>Makes a regular file's inode.</summary>
    /// <param name="content">Its content.</param>
    /// <param name="mode">Its permissions.</param>
    /// <returns>An inode owned by root.</returns>
    public static Inode Regular(FileContent content, int mode = 0b110_100_100) => new() { Type = FileType.Regular, Mode = mode, Content = content };

    /// <summary>Makes a symbolic link's inode.</summary>
    /// <param name="target">Where it points.</param>
    /// <returns>An inode owned by root.</returns>
    public static Inode SymbolicLink(string target) => new() { Type = FileType.SymbolicLink, Mode = 0b111_111_111, LinkTarget = target };

    /// <summary>The same file with other content, which then is nobody's but the image's.</summary>
    /// <param name="content">The new content.</param>
    /// <returns>The changed inode, without an <see cref="Origin"/>.</returns>
    public Inode WithContent(FileContent content) => this with { Content = content, Origin = null };
}
