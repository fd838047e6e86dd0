using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases;

/// <summary>Finds files by patterns: <c>glob(3)</c> over an image.</summary>
internal static class TreeGlob
{
    /// <summary>Finds what matches a pattern.</summary>
    /// <param name="tree">The image.</param>
    /// <param name="pattern">An absolute path with wildcards, of which none matches a slash or a leading dot.</param>
    /// <returns>The paths as the pattern spells them, sorted byte for byte.</returns>
    public static IEnumerable<string> Find(FileTree tree, string pattern)
    {
        IEnumerable<string> found = [""];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = ShellPattern.HasWildcard(part)
                ? found.SelectMany(folder => Matches(tree, folder, part))
                : found.Select(folder => $"{folder}/{ShellPattern.Unescape(part)}");
        }

        return found.Where(path => path.Length > 0 && Exists(tree, path)).Order(StringComparer.Ordinal);
    }

    private static bool Exists(FileTree tree, string path) => ImagePath.TryNormalize(path, out var canonical) && tree.Resolve(canonical, followLast: false) is not null;

    private static IEnumerable<string> Matches(FileTree tree, string folder, string pattern)
    {
        if (!ImagePath.TryNormalize(folder, out var canonical) || tree.Resolve(canonical) is not { } node)
        {
            return [];
        }

        return node.Children
            .Where(child => (pattern[0] == '.' || child.Name[0] != '.') && ShellPattern.IsMatch(pattern, child.Name))
            .Select(child => $"{folder}/{child.Name}");
    }
}
