namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>A file's status, as far as it tells whether the file has changed (<c>struct statx</c> in <c>linux/stat.h</c>).</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Uid">The owner's number.</param>
/// <param name="Gid">The group's number.</param>
/// <param name="Inode">The file's number on its file system.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ChangeTime">When anything about it last changed, in nanoseconds: no program can set it.</param>
/// <param name="DeviceMajor">A device's major number.</param>
/// <param name="DeviceMinor">A device's minor number.</param>
internal readonly record struct FileStatus(int Mode, uint Uid, uint Gid, ulong Inode, uint Links, long Size, long ChangeTime, uint DeviceMajor, uint DeviceMinor)
{
    private const int TypeMask = 0xf000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsSymbolicLink => (Mode & TypeMask) == 0xa000;

    public bool IsSocket => (Mode & TypeMask) == 0xc000;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsCharacterDevice => (Mode & TypeMask) == 0x2000;

    /// <summary>Whether a file is other than it was. A folder's times change with what is in it, which is told by that itself.</summary>
    public bool DiffersFrom(FileStatus before) => IsDirectory && before.IsDirectory
        ? Mode != before.Mode || Uid != before.Uid || Gid != before.Gid
        : this with { Links = before.Links } != before;

    public static FileStatus Read(ReadOnlySpan<byte> statx) => new(
        BitConverter.ToUInt16(statx[0x1c..]),
        Number(statx, 0x14),
        Number(statx, 0x18),
        LongNumber(statx, 0x20),
        Number(statx, 0x10),
        (long)LongNumber(statx, 0x28),
        ((long)LongNumber(statx, 0x60) * 1_000_000_000) + Number(statx, 0x68),
        Number(statx, 0x80),
        Number(statx, 0x84));

    // In the machine's own order, which .NET runs in both of.
    private static uint Number(ReadOnlySpan<byte> statx, int offset) => BitConverter.ToUInt32(statx[offset..]);

    private static ulong LongNumber(ReadOnlySpan<byte> statx, int offset) => BitConverter.ToUInt64(statx[offset..]);
}
