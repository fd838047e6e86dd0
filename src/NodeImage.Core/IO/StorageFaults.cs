namespace NodeImage.Core.IO;

/// <summary>Faults of the disk, as the platform reports them.</summary>
public static class StorageFaults
{
    // ENOSPC and EDQUOT on Unix; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether a failure says that the disk, or what one may use of it, is full.</summary>
    /// <param name="e">The failure, or one that wraps it.</param>
    /// <returns>True when there is no space left.</returns>
    public static bool IsDiskFull(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is IOException { HResult: NoSpaceLeft or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull })
            {
                return true;
            }
        }

        return false;
    }
}
