namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>What the cache of shared libraries wants to know of a file.</summary>
internal sealed record LibraryFact
{
    /// <summary>A file that is no shared library.</summary>
    public static readonly LibraryFact None = new();

    /// <summary>A file that may be a library, but is larger than is looked at.</summary>
    public static readonly LibraryFact TooLarge = new() { IsTooLarge = true };

    /// <summary>Whether it is a shared library that can be made sense of.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>Whether it was too large to be looked at.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>What machine it is for: <c>e_machine</c>.</summary>
    public ushort Machine { get; init; }

    /// <summary>The machine's own flags: <c>e_flags</c>.</summary>
    public uint MachineFlags { get; init; }

    /// <summary>Whether it is for words of 64 bits.</summary>
    public bool Is64 { get; init; }

    /// <summary>Whether its numbers begin with the most significant byte.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The name that programs know it by (<c>DT_SONAME</c>), or null where it says none.</summary>
    public string? Soname { get; init; }

    /// <summary>Whether it says that it needs the GNU C library, which older versions of ldconfig tell libraries apart by.</summary>
    public bool NeedsGlibc { get; init; }

    /// <summary>The oldest kernel that it runs on, as the ABI note has it; 0 where it has none. Of use to glibc up to 2.35.</summary>
    public uint KernelVersion { get; init; }

    /// <summary>The level of the x86-64 instruction set that it needs, counted from 0.</summary>
    public int IsaLevel { get; init; }
}
