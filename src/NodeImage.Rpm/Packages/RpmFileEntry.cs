namespace NodeImage.Rpm.Packages;

/// <summary>A file of a package, as its header describes it.</summary>
public sealed record RpmFileEntry
{
    private const int TypeMask = 0xf000;

    /// <summary>Its place in the package's file list.</summary>
    public required int Index { get; init; }

    /// <summary>Its absolute path; a bare name in a source package.</summary>
    public required string Path { get; init; }

    /// <summary>The place of its folder in <see cref="RpmFileList.Directories"/>.</summary>
    public int DirectoryIndex { get; init; }

    /// <summary>Whether <see cref="Path"/> is UTF-8 in the package. One that is not was read as Latin-1.</summary>
    public bool IsPathUtf8 { get; init; } = true;

    /// <summary>Type and permissions, as in <c>st_mode</c>.</summary>
    public int Mode { get; init; }

    /// <summary>The owner's name.</summary>
    public string User { get; init; } = "";

    /// <summary>The group's name.</summary>
    public string Group { get; init; } = "";

    /// <summary>Its size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>When it was last changed, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Where a symbolic link points, else an empty string.</summary>
    public string LinkTarget { get; init; } = "";

    /// <summary>What the package says about it.</summary>
    public RpmFileFlags Flags { get; init; }

    /// <summary>The digest of its content, by the list's <see cref="RpmFileList.DigestAlgorithm"/>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>The device number of a device node: eight bits major, eight bits minor.</summary>
    public int DeviceNumber { get; init; }

    /// <summary>File capabilities as <c>cap_from_text</c> reads them, such as <c>cap_net_raw=ep</c>, else an empty string.</summary>
    public string Capabilities { get; init; } = "";

    /// <summary>The locales that it belongs to, joined by <c>|</c>, else an empty string.</summary>
    public string Languages { get; init; } = "";

    /// <summary>1 for a 32-bit and 2 for a 64-bit binary, else 0.</summary>
    public int Color { get; init; }

    /// <summary>What is compared when the file is verified, as <c>rpmVerifyAttrs</c> in rpm's <c>rpmfiles.h</c>.</summary>
    public uint VerifyFlags { get; init; }

    /// <summary>What became of it, in an installed package.</summary>
    public RpmFileState State { get; init; }

    /// <summary>All files of the package that are hard links of one another, itself included, in the list's order;
    /// empty where it is the only one. The payload has the content with the last of them.</summary>
    public IReadOnlyList<int> HardLinks { get; init; } = [];

    /// <summary>Whether it is a regular file.</summary>
    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsSymbolicLink => (Mode & TypeMask) == 0xa000;

    /// <summary>Whether it is owned but not in the payload.</summary>
    public bool IsGhost => (Flags & RpmFileFlags.Ghost) != 0;

    /// <summary>Whether the payload has its content: it is regular and the last of its hard links.</summary>
    public bool HasContent => IsRegular && (HardLinks.Count == 0 || HardLinks[^1] == Index);

    /// <summary>The upper half of <see cref="DeviceNumber"/>.</summary>
    public int DeviceMajor => (DeviceNumber >> 8) & 0xff;

    /// <summary>The lower half of <see cref="DeviceNumber"/>.</summary>
    public int DeviceMinor => DeviceNumber & 0xff;
}
