using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;
using NodeImage.Rpm.Database;

namespace NodeImage.Compose.Engines;

/// <summary>What a base image says of itself.</summary>
public static class BaseImage
{
    // Where distributions have had it, the newest place first.
    private static readonly string[] Folders = ["/usr/share/rpm", "/usr/lib/sysimage/rpm", "/var/lib/rpm"];

    private static readonly string[] Names = [RpmDatabase.SqliteFileName, RpmDatabase.NdbFileName];

    /// <summary>The image has no database of packages. Arguments: where was looked.</summary>
    private static readonly DiagnosticDescriptor NoDatabase = new(
        "NI3601",
        "The base has no rpm database",
        "The base image has no rpm database in any of {0}, so it cannot be told which packages it has. Use an image that is made of RPM packages.");

    /// <summary>Reads the packages of an image.</summary>
    /// <param name="tree">The image's files.</param>
    /// <param name="scratch">A folder for the database while it is read.</param>
    /// <returns>The packages.</returns>
    /// <exception cref="DiagnosticException">There is no database, or it is damaged.</exception>
    public static RpmDatabase ReadDatabase(FileTree tree, string scratch)
    {
        var content = Folders.SelectMany(folder => Names.Select(name => tree.Resolve($"{folder}/{name}")))
            .FirstOrDefault(node => node?.Inode.Content is not null)?.Inode.Content
            ?? throw NoDatabase.Error(null, string.Join(", ", Folders));
        Directory.CreateDirectory(scratch);
        var path = Path.Combine(scratch, Path.GetRandomFileName() + ".sqlite");
        try
        {
            using (var file = File.Create(path))
            using (var stream = content.OpenRead())
            {
                stream.CopyTo(file);
            }

            return RpmDatabase.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
