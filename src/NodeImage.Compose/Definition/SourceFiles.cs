using NodeImage.Core.Digests;

namespace NodeImage.Compose.Definition;

/// <summary>Describes files of a project.</summary>
public static class SourceFiles
{
    /// <summary>Describes a file.</summary>
    /// <param name="path">Its path: full, or relative to the project's folder.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <returns>The file as a definition names it, or null where there is none.</returns>
    public static SourceFile? Describe(string path, string projectFolder)
    {
        var full = Path.GetFullPath(Path.Combine(projectFolder, path.Replace('\\', Path.DirectorySeparatorChar)));
        var file = new FileInfo(full);
        if (!file.Exists)
        {
            return null;
        }

        // Relative where it lies in the project, so that the definition is the same wherever the project is.
        var relative = Path.GetRelativePath(projectFolder, full);
        var inside = !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        return new SourceFile(inside ? relative.Replace('\\', '/') : full, file.Length, Sha256Digest.OfFile(full).ToString());
    }
}
