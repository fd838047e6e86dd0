using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>A folder that libraries are looked for in.</summary>
/// <param name="Path">The folder as it was named: this is how the cache names what is in it.</param>
/// <param name="Node">The folder itself.</param>
/// <param name="Capabilities">The folder's name in <c>glibc-hwcaps</c>, or null where it stands anywhere else.</param>
internal sealed record LibraryFolder(string Path, FileNode Node, string? Capabilities = null)
{
    /// <summary>What C library its libraries are for, where the configuration says so.</summary>
    public LibraryType Type { get; set; }
}

/// <summary>What C library a library is for. The numbers are those of <c>sysdeps/generic/ldconfig.h</c>.</summary>
internal enum LibraryType
{
    /// <summary>Not said.</summary>
    Any = -1,

    /// <summary>Linux's first.</summary>
    Libc4,

    /// <summary>Not known.</summary>
    Elf,

    /// <summary>Linux's last before glibc.</summary>
    Libc5,

    /// <summary>The GNU C library.</summary>
    Libc6,
}
