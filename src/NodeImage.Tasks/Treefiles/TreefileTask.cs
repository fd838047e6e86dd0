using Microsoft.Build.Framework;
using NodeImage.Compose.Engines;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Tasks.Treefiles;

/// <summary>What the tasks that read treefiles share.</summary>
public abstract class TreefileTask : ImageTask
{
    /// <summary><c>Treefile</c> items.</summary>
    public ITaskItem[] Treefiles { get; set; } = [];

    /// <summary>Reads the treefiles.</summary>
    /// <param name="architecture">The architecture, in rpm's words.</param>
    /// <param name="treefiles">The items.</param>
    /// <returns>The treefile, flat, and where its files are looked for.</returns>
    private protected (Treefile Treefile, FolderTreefileSource Source) Read(string architecture, IReadOnlyList<ITaskItem> treefiles)
    {
        var first = treefiles[0];
        var paths = treefiles.Select(item => Path.GetFullPath(item.ItemSpec, ProjectFolder)).ToList();
        var subject = new ItemReference("Treefile", first.ItemSpec);
        try
        {
            var source = new FolderTreefileSource(RootOf(first, paths[0]), Folders(first));
            foreach (var path in paths.Where(path => !File.Exists(path)))
            {
                throw TaskDiagnostics.FileNotFound.Error(subject, "Treefile", path);
            }

            var variables = treefiles.Select(item => item.GetMetadata("Variables")).Where(text => text.Length > 0);
            return (TreefileReader.Read(paths, source, new TreefileOptions(architecture) { Variables = TreefileVariables.Parse(string.Join(';', variables)), Report = ReportOnce }), source);
        }
        catch (DiagnosticException e)
        {
            // What has a place of its own is shown there.
            throw new DiagnosticException([.. e.Diagnostics.Select(diagnostic => diagnostic.Place is null ? diagnostic with { Subject = diagnostic.Subject ?? subject } : diagnostic)], e);
        }
    }

    /// <summary>The architecture of a runtime identifier.</summary>
    private protected static string ArchitectureOf(string? runtimeIdentifier) => Architectures.FromRuntimeIdentifier(runtimeIdentifier ?? "")
        ?? throw TaskDiagnostics.UnknownRuntime.Error(new ItemReference("RuntimeIdentifier", runtimeIdentifier ?? ""), runtimeIdentifier, string.Join(", ", Architectures.RuntimeIdentifiers));

    private readonly HashSet<Diagnostic> _reported = [];

    /// <summary>Shows a diagnostic, unless it has been shown for another architecture.</summary>
    private protected void ReportOnce(Diagnostic diagnostic)
    {
        if (_reported.Add(diagnostic))
        {
            Report(diagnostic);
        }
    }

    // A manifest may lie in a folder of its repository, and what it includes beside it: the project's folder is the frame where it holds both.
    private string RootOf(ITaskItem item, string path)
    {
        if (item.GetMetadata("Root") is { Length: > 0 } root)
        {
            return Path.GetFullPath(root, ProjectFolder);
        }

        var folder = Path.TrimEndingDirectorySeparator(ProjectFolder);
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? folder : Path.GetDirectoryName(path)!;
    }

    // The names are paths as the treefile has them, below its own folder.
    private Dictionary<string, string> Folders(ITaskItem item)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in item.GetMetadata("Folders").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw TaskDiagnostics.BadMetadata.Error(new ItemReference("Treefile", item.ItemSpec), "Folders", part, "NAME=FOLDER, with semicolons between them");
            }

            var beside = Path.GetDirectoryName(Path.GetFullPath(item.ItemSpec, ProjectFolder))!;
            folders[Path.GetFullPath(part[..equals].Trim(), beside)] = Path.GetFullPath(part[(equals + 1)..].Trim(), ProjectFolder);
        }

        return folders;
    }
}
