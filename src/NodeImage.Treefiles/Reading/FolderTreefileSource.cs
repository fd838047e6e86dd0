using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>Reads treefiles from disk, and only below a root folder, or folders that stand in for some of it.</summary>
public sealed class FolderTreefileSource : ITreefileSource
{
    private readonly string _root;
    private readonly IReadOnlyList<(string Name, string Folder)> _folders;

    /// <summary>Looks into a folder.</summary>
    /// <param name="root">The root's full path.</param>
    /// <param name="folders">Folders that lie elsewhere: paths below the root, each with the full path of the folder that is meant; git submodules that are checked out elsewhere, for one.</param>
    public FolderTreefileSource(string root, IReadOnlyDictionary<string, string>? folders = null)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _folders = [.. (folders ?? new Dictionary<string, string>())
            .Select(pair => (Name: Full(_root, pair.Key), Folder: Path.TrimEndingDirectorySeparator(Path.GetFullPath(pair.Value))))
            .OrderByDescending(pair => pair.Name.Length)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)];
    }

    /// <summary>The root.</summary>
    public string Root => _root;

    /// <inheritdoc/>
    public string Locate(string folder, string path)
    {
        var full = Map(Full(folder, path));
        return IsInside(full) ? full : throw new DiagnosticException(TreefileDiagnostics.OutsideRoot.In(null, path, _root));
    }

    /// <inheritdoc/>
    public TreefileContent? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var real = RealPath(path);
        if (!IsInside(real) && !IsWithin(real, RealPath(_root)) && !_folders.Any(pair => IsWithin(real, RealPath(pair.Folder))))
        {
            throw new DiagnosticException(TreefileDiagnostics.OutsideRoot.In(null, path, _root));
        }

        if (new FileInfo(real).Length > DocumentLimits.MaxBytes)
        {
            throw new DiagnosticException(TreefileDiagnostics.TooLarge.In(new SourcePlace(path), path, $"it has more than {DocumentLimits.MaxBytes >> 20} MiB"));
        }

        return new TreefileContent(File.ReadAllBytes(real), real);
    }

    private bool IsInside(string path) => IsWithin(path, _root) || _folders.Any(pair => IsWithin(path, pair.Folder));

    private string Map(string path) =>
        _folders.FirstOrDefault(pair => IsWithin(path, pair.Name)) is { Name: { } name, Folder: { } folder } ? folder + path[name.Length..] : path;

    private static string Full(string folder, string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar))));

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == Path.DirectorySeparatorChar || folder.EndsWith(Path.DirectorySeparatorChar));

    // Links anywhere in a path are followed: one file may have several names, as in a repository with a submodule.
    private static string RealPath(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var pending = new Stack<string>(path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = root;
        for (var links = 0; pending.TryPop(out var name);)
        {
            if (name is "." or "..")
            {
                real = name == "." ? real : Path.GetDirectoryName(real) ?? root;
                continue;
            }

            var next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target || ++links > 40)
            {
                real = next;
                continue;
            }

            if (Path.IsPathRooted(target))
            {
                real = root;
            }

            foreach (var part in target.Split('/', Path.DirectorySeparatorChar).Where(part => part.Length > 0).Reverse())
            {
                pending.Push(part);
            }
        }

        return real;
    }
}
