namespace NodeImage.Core.Tar;

/// <summary>The kinds of entries that an image's layers hold, by their type flags in POSIX.1-2001 (<c>pax</c>, "ustar Interchange Format").</summary>
public enum TarEntryType
{
    /// <summary>A regular file, <c>0</c>.</summary>
    Regular = '0',

    /// <summary>Another name of a file that came earlier, <c>1</c>.</summary>
    HardLink = '1',

    /// <summary>A symbolic link, <c>2</c>.</summary>
    SymbolicLink = '2',

    /// <summary>A character device, <c>3</c>.</summary>
    CharacterDevice = '3',

    /// <summary>A block device, <c>4</c>.</summary>
    BlockDevice = '4',

    /// <summary>A directory, <c>5</c>.</summary>
    Directory = '5',

    /// <summary>A named pipe, <c>6</c>.</summary>
    Fifo = '6',
}
