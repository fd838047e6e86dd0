namespace NodeImage.Core.IO;

/// <summary>Scratch space for content that must be read again: memory for what is small, a nameless file for the rest.</summary>
public static class SpooledStream
{
    private const int MemoryLimit = 8 << 20;

    /// <summary>Makes scratch space.</summary>
    /// <param name="expectedLength">How many bytes are to be written.</param>
    /// <returns>A stream that can be written, rewound and read; what it holds goes with it.</returns>
    public static Stream Create(long expectedLength)
    {
        if (expectedLength <= MemoryLimit)
        {
            return PooledMemoryStream.Create((int)expectedLength);
        }

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }
}
