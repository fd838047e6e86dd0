namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>A line of the cache: a library that programs may ask for, and where it is.</summary>
/// <param name="Name">The name that it is asked for by.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Flags">What it is for, in the numbers of <c>sysdeps/generic/ldconfig.h</c>.</param>
internal sealed record LibraryCacheEntry(string Name, string Path, int Flags)
{
    /// <summary>The folder in <c>glibc-hwcaps</c> that it is in, or null.</summary>
    public string? Capabilities { get; init; }

    /// <summary>The features that older versions of glibc want for it.</summary>
    public ulong LegacyCapabilities { get; init; }

    /// <summary>The oldest kernel that it runs on, where that is recorded.</summary>
    public uint KernelVersion { get; init; }

    /// <summary>The level of the instruction set that it needs.</summary>
    public int IsaLevel { get; init; }
}
