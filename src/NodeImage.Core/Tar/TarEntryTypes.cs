using NodeImage.Core.Files;

namespace NodeImage.Core.Tar;

/// <summary>What kinds of archive entries are in a tree.</summary>
public static class TarEntryTypes
{
    /// <summary>The type of the file that an entry makes.</summary>
    /// <param name="type">The entry's kind.</param>
    /// <returns>The type; that of a hard link is a regular file's.</returns>
    public static FileType ToFileType(this TarEntryType type) => type switch
    {
        TarEntryType.Directory => FileType.Directory,
        TarEntryType.SymbolicLink => FileType.SymbolicLink,
        TarEntryType.CharacterDevice => FileType.CharacterDevice,
        TarEntryType.BlockDevice => FileType.BlockDevice,
        TarEntryType.Fifo => FileType.Fifo,
        _ => FileType.Regular,
    };
}
