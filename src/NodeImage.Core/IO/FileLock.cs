namespace NodeImage.Core.IO;

/// <summary>Keeps other processes and threads out while a file that several of them write is read, changed and written.</summary>
public sealed class FileLock : IDisposable
{
    // EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION on Windows.
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else has a lock, and takes it.</summary>
    /// <param name="path">The file that stands for the lock; it is made when it is missing, and stays.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The lock, which is given up when it is disposed of, or when the process ends.</returns>
    /// <exception cref="OperationCanceledException">Waiting was stopped.</exception>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
            }
            catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
