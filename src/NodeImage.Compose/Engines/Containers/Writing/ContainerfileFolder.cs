using NodeImage.Core.IO;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Writes the files of a container build into a folder, with modes and times that are always the same.</summary>
internal static class ContainerfileFolder
{
    private const string Containerfile = "Containerfile";
    private const UnixFileMode DataMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ProgramMode = DataMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes a folder anew. It is written aside, so that what is there is whole at all times.</summary>
    /// <param name="folder">The folder. What an earlier call has written there goes.</param>
    /// <param name="files">The files, by their paths in it.</param>
    /// <param name="time">The time of all files, in seconds since 1970.</param>
    /// <param name="share">Whether large files of the cache get second names instead of being copied.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI3707: the folder holds something else.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, ContextFile> files, long time, bool share, CancellationToken cancellation)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !IsOurs(folder))
        {
            throw ContainerDiagnostics.FolderInUse.Error(null, folder);
        }

        var aside = AtomicFile.NameAside(Path.GetDirectoryName(folder)!, Path.GetFileName(folder));
        try
        {
            var when = DateTimeOffset.FromUnixTimeSeconds(time).UtcDateTime;
            foreach (var (path, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                Write(Path.Combine(aside, path), file, when, share);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(aside, folder);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void Write(string path, ContextFile file, DateTime when, bool share)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (share && file.Original is { } original && HardLinks.TryCreate(original, path))
        {
            return;
        }

        using (var target = new FileStream(path, FileMode.CreateNew))
        using (var source = file.Content.OpenRead())
        {
            source.CopyTo(target);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, file.IsProgram ? ProgramMode : DataMode);
        }

        File.SetLastWriteTimeUtc(path, when);
    }

    private static bool IsOurs(string folder)
    {
        var path = Path.Combine(folder, Containerfile);
        return File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith(Sections.FromSection.Mark, StringComparison.Ordinal) == true;
    }
}
