using System.Collections.Immutable;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Definition;

/// <summary>Puts a published program into an image.</summary>
public static class ProgramLayout
{
    private static readonly HashSet<string> Symbols = new(StringComparer.OrdinalIgnoreCase) { ".pdb", ".dbg" };

    /// <summary>Lists what a published program puts into an image: the program itself where it is a single file, else a folder of that name.</summary>
    /// <param name="folder">The folder that it was published to.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="imagePath">Where it goes in the image.</param>
    /// <returns>The entries, sorted by path; none where nothing was published.</returns>
    public static ImmutableArray<OverlayEntry> Describe(string folder, string projectFolder, string imagePath)
    {
        var options = new OverlayOptions(imagePath);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories).Where(file => !Symbols.Contains(file.Extension) && !IsDocumentation(file)).ToList();
        if (files is [var single])
        {
            return [OverlayScanner.DescribeFile(single, imagePath, projectFolder, options with { Mode = 0b111_101_101 })];
        }

        return [.. files
            .Select(file => OverlayScanner.DescribeFile(file, ImagePath.Join(imagePath, Path.GetRelativePath(folder, file.FullName).Replace('\\', '/')), projectFolder, options))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    // The compiler writes it beside what it documents; any other XML is the program's own.
    private static bool IsDocumentation(FileInfo file) =>
        file.Extension.Equals(".xml", StringComparison.OrdinalIgnoreCase)
        && Path.Combine(file.DirectoryName!, Path.GetFileNameWithoutExtension(file.Name)) is var documented
        && (File.Exists(documented + ".dll") || File.Exists(documented));
}
