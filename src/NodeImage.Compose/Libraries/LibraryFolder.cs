using NodeImage.Compose.Definition;

namespace NodeImage.Compose.Libraries;

/// <summary>
/// Puts what a library brings into a folder, as it will lie in a NuGet package: units, scripts and packages as files, overlays as
/// lists with their content beside them.
/// </summary>
/// <param name="folder">The folder; it must be empty.</param>
/// <param name="projectFolder">The library project's folder.</param>
public sealed class LibraryFolder(string folder, string projectFolder)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an item; its files are copied.</summary>
    /// <param name="kind">Its type.</param>
    /// <param name="item">The item.</param>
    /// <param name="overlay">What it lays over an image, where it is an overlay.</param>
    /// <returns>The item as the package has it: a file's path is relative to the folder.</returns>
    public LibraryItem Add(LibraryItemKind kind, LibraryItem item, OverlayDefinition? overlay)
    {
        if (overlay is not null)
        {
            var list = Reserve(kind.Folder!, Path.GetFileName(Path.TrimEndingDirectorySeparator(item.Identity)) + OverlayManifest.Extension);
            OverlayManifest.Write(overlay.Entries, projectFolder, Path.Combine(folder, list));
            return item with { Identity = list };
        }

        if (!kind.IsFile(item.Identity))
        {
            return item;
        }

        var path = Reserve(kind.Folder!, Path.GetFileName(item.Identity));
        File.Copy(item.Identity, Path.Combine(folder, path));
        return item with { Identity = path };
    }

    // A file's name is the unit's, so what has the same name gets a folder of its own.
    private string Reserve(string place, string name)
    {
        var path = $"{place}/{name}";
        for (var n = 2; !_taken.Add(path); n++)
        {
            path = $"{place}/{n}/{name}";
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
        return path;
    }
}
