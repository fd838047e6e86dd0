using System.Collections.Immutable;
using Microsoft.Build.Framework;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Reading;
using NodeImage.Treefiles.Values;

namespace NodeImage.Tasks.Treefiles;

/// <summary>With what a <c>Treefile</c> item is read.</summary>
/// <param name="Path">The treefile's full path.</param>
/// <param name="Root">The folder that includes must not lead out of.</param>
/// <param name="Folders">Folders that lie elsewhere: full paths where they are sought, each with the folder that is meant.</param>
/// <param name="Variables">Variables from outside.</param>
internal sealed record TreefileSettings(string Path, string Root, IReadOnlyDictionary<string, string> Folders, ImmutableSortedDictionary<string, TreefileValue> Variables)
{
    /// <summary>Reads an item's metadata.</summary>
    /// <param name="item">The item.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <exception cref="DiagnosticException">Some of it makes no sense.</exception>
    public static TreefileSettings Of(ITaskItem item, string projectFolder)
    {
        var path = System.IO.Path.GetFullPath(item.ItemSpec, projectFolder);
        return new TreefileSettings(path, RootOf(item.GetMetadata("Root"), path, projectFolder), FoldersOf(item, path, projectFolder), TreefileVariables.Parse(item.GetMetadata("Variables")));
    }

    // A manifest may lie in a folder of its repository, and what it includes beside it: the project's folder is the frame where it holds both.
    private static string RootOf(string root, string path, string projectFolder)
    {
        if (root.Length > 0)
        {
            return System.IO.Path.GetFullPath(root, projectFolder);
        }

        var folder = System.IO.Path.TrimEndingDirectorySeparator(projectFolder);
        return path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? folder : System.IO.Path.GetDirectoryName(path)!;
    }

    // The names are paths as the treefile has them, below its own folder.
    private static Dictionary<string, string> FoldersOf(ITaskItem item, string path, string projectFolder)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in item.GetMetadata("Folders").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw TaskDiagnostics.BadMetadata.Error(new ItemReference("Treefile", item.ItemSpec), "Folders", part, "NAME=FOLDER, with semicolons between them");
            }

            folders[System.IO.Path.GetFullPath(part[..equals].Trim(), System.IO.Path.GetDirectoryName(path)!)] = System.IO.Path.GetFullPath(part[(equals + 1)..].Trim(), projectFolder);
        }

        return folders;
    }
}
