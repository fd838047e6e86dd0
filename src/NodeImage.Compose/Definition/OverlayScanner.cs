using System.Collections.Immutable;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Definition;

/// <summary>How an overlay's files are put into the image.</summary>
/// <param name="ImagePath">The folder in the image that the overlay is laid over.</param>
public sealed record OverlayOptions(string ImagePath)
{
    /// <summary>Permissions of all regular files, or null for those that the files call for.</summary>
    public int? Mode { get; init; }

    /// <summary>The owner's name or number.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>The group's name or number.</summary>
    public string Group { get; init; } = "root";
}

/// <summary>
/// Lists what a folder lays over an image. Links are taken as links, empty and dotted folders count, and permissions
/// are made of the one bit that version control keeps: whether a file can be run.
/// </summary>
public static class OverlayScanner
{
    private const int ProgramMode = 0b111_101_101;
    private const int DataMode = 0b110_100_100;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = false, IgnoreInaccessible = false };

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="options">How it is laid.</param>
    /// <returns>The entries, sorted by path.</returns>
    public static ImmutableArray<OverlayEntry> ScanFolder(string folder, string projectFolder, OverlayOptions options)
    {
        var entries = new List<OverlayEntry>();
        Scan(new DirectoryInfo(folder), options.ImagePath, projectFolder, options, entries);
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    /// <summary>Describes one file that is put into an image.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it goes in the image.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="options">How it is put.</param>
    /// <returns>The entry.</returns>
    public static OverlayEntry DescribeFile(FileInfo file, string path, string projectFolder, OverlayOptions options) =>
        new(path, FileType.Regular, options.Mode ?? (IsProgram(file) ? ProgramMode : DataMode))
        {
            File = SourceFiles.Describe(file.FullName, projectFolder),
            Owner = options.Owner,
            Group = options.Group,
        };

    private static void Scan(DirectoryInfo folder, string imagePath, string projectFolder, OverlayOptions options, List<OverlayEntry> entries)
    {
        foreach (var item in folder.EnumerateFileSystemInfos("*", Everything))
        {
            var path = ImagePath.Join(imagePath, item.Name);
            if (item.LinkTarget is { } target)
            {
                entries.Add(new OverlayEntry(path, FileType.SymbolicLink, 0b111_111_111) { LinkTarget = target.Replace('\\', '/'), Owner = options.Owner, Group = options.Group });
            }
            else if (item is DirectoryInfo inner)
            {
                entries.Add(new OverlayEntry(path, FileType.Directory, ProgramMode) { Owner = options.Owner, Group = options.Group });
                Scan(inner, path, projectFolder, options, entries);
            }
            else
            {
                entries.Add(DescribeFile((FileInfo)item, path, projectFolder, options));
            }
        }
    }

    // Where the file system does not keep the bit, what begins as a script does counts as a program.
    private static bool IsProgram(FileInfo file)
    {
        if (!OperatingSystem.IsWindows())
        {
            return (file.UnixFileMode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
        }

        Span<byte> head = stackalloc byte[4];
        using var stream = file.OpenRead();
        var read = stream.Read(head);
        return head[..read].StartsWith("#!"u8) || head[..read].SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F']);
    }
}
