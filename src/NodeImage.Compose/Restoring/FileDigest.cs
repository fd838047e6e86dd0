using NodeImage.Rpm.Digests;

namespace NodeImage.Compose.Restoring;

/// <summary>Digests of files by any algorithm that repositories use.</summary>
internal static class FileDigest
{
    /// <summary>Digests a file.</summary>
    /// <returns>Lower-case hexadecimal digits; empty for an algorithm that is not known.</returns>
    public static string Of(string path, DigestAlgorithm algorithm)
    {
        using var digest = RunningDigest.TryCreate(algorithm);
        if (digest is null)
        {
            return "";
        }

        var buffer = new byte[1 << 16];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            digest.Append(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(digest.Finish());
    }
}
