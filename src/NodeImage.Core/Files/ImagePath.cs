namespace NodeImage.Core.Files;

/// <summary>Paths inside an image: absolute, with <c>/</c> between names, the same on every host.</summary>
public static class ImagePath
{
    /// <summary>The longest path in bytes, as Linux has it, without the final zero.</summary>
    public const int MaxLength = 4095;

    /// <summary>The longest name in bytes.</summary>
    public const int MaxNameLength = 255;

    /// <summary>
    /// Makes a path canonical: a leading slash, single slashes, no trailing one, no <c>.</c> and no <c>..</c>.
    /// A <c>..</c> is refused rather than resolved, for no honest package or archive needs one.
    /// </summary>
    /// <param name="path">The path as it was written, with or without a leading slash or <c>./</c>.</param>
    /// <param name="canonical">The canonical path, when the result is true; <c>/</c> for the root.</param>
    /// <returns>Whether the path may stand in an image.</returns>
    public static bool TryNormalize(string path, out string canonical)
    {
        canonical = "/";
        if (path.Length > MaxLength || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        if (IsCanonical(path))
        {
            canonical = path;
            return true;
        }

        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (names.Any(name => name is ".." || name.Length > MaxNameLength))
        {
            return false;
        }

        canonical = "/" + string.Join('/', names.Where(name => name is not "."));
        return true;
    }

    /// <summary>The folder that a path stands in.</summary>
    /// <param name="path">A canonical path.</param>
    /// <returns>The parent's canonical path; <c>/</c> for the root itself.</returns>
    public static string Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }

    /// <summary>The last name of a path.</summary>
    /// <param name="path">A canonical path.</param>
    /// <returns>The name, empty for the root.</returns>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Joins a folder and a name or a relative path.</summary>
    /// <param name="folder">A canonical path.</param>
    /// <param name="name">What stands in it.</param>
    /// <returns>The canonical path.</returns>
    public static string Join(string folder, string name) => folder.Length == 1 ? "/" + name : $"{folder}/{name}";

    /// <summary>Whether a path is a folder or lies somewhere below it.</summary>
    /// <param name="path">A canonical path.</param>
    /// <param name="folder">A canonical path.</param>
    /// <returns>True for the folder itself and for everything in it.</returns>
    public static bool IsWithin(string path, string folder) =>
        folder.Length == 1
        || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));

    private static bool IsCanonical(string path)
    {
        if (path.Length == 0 || path[0] != '/' || (path.Length > 1 && path[^1] == '/'))
        {
            return false;
        }

        var start = 1;
        for (var i = 1; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] != '/')
            {
                continue;
            }

            var name = path.AsSpan(start, i - start);
            if ((name.IsEmpty && path.Length > 1) || name is "." or ".." || name.Length > MaxNameLength)
            {
                return false;
            }

            start = i + 1;
        }

        return true;
    }
}
