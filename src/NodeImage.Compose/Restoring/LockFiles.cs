using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Restoring;

/// <summary>Reads lock files from disk.</summary>
public static class LockFiles
{
    /// <summary>Reads a lock file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The locks; none where there is no such file yet.</returns>
    /// <exception cref="DiagnosticException">NI2012: it is malformed.</exception>
    public static RpmLockFile Read(string path) => File.Exists(path) ? Read(path, file => file) : new RpmLockFile();

    /// <summary>Reads the packages that a lock file has for an image.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="definition">The image.</param>
    /// <returns>The packages.</returns>
    /// <exception cref="DiagnosticException">NI2012: it is malformed, or has nothing for the image.</exception>
    public static RpmLock ReadTarget(string path, ImageDefinition definition) =>
        Read(path, file => file.Require(RpmLockFile.TargetName(definition.TargetFramework, definition.Architecture)));

    private static T Read<T>(string path, Func<RpmLockFile, T> select)
    {
        try
        {
            return select(RpmLockFile.Read(File.ReadAllBytes(path)));
        }
        catch (InvalidDataException e)
        {
            throw RestoreDiagnostics.LockMalformed.Wrap(e, null, path, e.Message);
        }
    }
}
