using System.Collections.Immutable;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.IO;

namespace NodeImage.Tasks.Treefiles;

/// <summary>Writes a project that takes a treefile's place.</summary>
public sealed class ImportTreefile : TreefileTask
{
    private const string ScriptFolder = "postprocess";

    /// <summary>The treefile, or empty for those of <see cref="TreefileTask.Treefiles"/>.</summary>
    public string? TreefilePath { get; set; }

    /// <summary>Its variables.</summary>
    public string? Variables { get; set; }

    /// <summary>Its root; see the metadata <c>Root</c>.</summary>
    public string? Root { get; set; }

    /// <summary>Folders that stand in for others; see the metadata <c>Folders</c>.</summary>
    public string? Folders { get; set; }

    /// <summary>The architectures that the project is for, in rpm's words; empty for all.</summary>
    public string[] TreefileArchitectures { get; set; } = [];

    /// <summary>The project that is written, or empty for one beside the treefile's project that is called like the treefile.</summary>
    public string? ImportedProjectPath { get; set; }

    /// <summary>Whether a project that exists is overwritten.</summary>
    public bool Overwrite { get; set; }

    /// <summary>The property <c>OSImageKind</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>The target framework.</summary>
    public string? TargetFramework { get; set; }

    /// <summary>The project that was written.</summary>
    [Output]
    public string WrittenProject { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var treefiles = string.IsNullOrEmpty(TreefilePath) ? Treefiles : [Item(TreefilePath)];
        if (treefiles.Length == 0)
        {
            throw TreefileUseDiagnostics.NoTreefilePath.Error(null, nameof(TreefilePath));
        }

        var path = Path.GetFullPath(string.IsNullOrEmpty(ImportedProjectPath) ? Path.GetFileNameWithoutExtension(treefiles[0].ItemSpec) + ".osproj" : ImportedProjectPath, ProjectFolder);
        var folder = Path.GetDirectoryName(path)!;
        var scripts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var contributions = new List<(string, TreefileContribution)>();
        foreach (var architecture in TreefileArchitectures.Length == 0 ? Architectures.All : TreefileArchitectures)
        {
            contributions.Add((architecture, Shared(Map(architecture, treefiles, folder), scripts)));
        }

        var comment = $"Imported from {string.Join(", ", treefiles.Select(item => Path.GetFileName(item.ItemSpec)))}{(string.Concat(treefiles.Select(item => item.GetMetadata("Variables"))) is { Length: > 0 } variables ? $" ({variables})" : "")}.";
        var project = ImportedProject.Join(OwnProperties(folder), contributions, comment);
        Write(path, folder, project, scripts, treefiles);
    }

    private TreefileContribution Map(string architecture, ITaskItem[] treefiles, string folder)
    {
        var (treefile, source) = Read(architecture, treefiles);
        return TreefileMapper.Map(treefile, new TreefileMapping(source, ScriptFolder)
        {
            Root = source.Root,
            IsImport = true,
            PathOf = full => Path.GetRelativePath(folder, full).Replace('\\', '/'),
            Report = ReportOnce,
        });
    }

    // A script that several architectures have is one file, wherever it stands among the scripts of each.
    private static TreefileContribution Shared(TreefileContribution contribution, SortedDictionary<string, string> scripts)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in contribution.Scripts)
        {
            var name = scripts.FirstOrDefault(script => script.Value == text && !names.ContainsValue(script.Key)).Key ?? Free(path, scripts);
            scripts[name] = text;
            names[path] = name;
        }

        return contribution with { Items = [.. contribution.Items.Select(item => item.ItemType == "PostProcessScript" && names.TryGetValue(item.Include, out var name) ? item with { Include = name } : item)] };
    }

    private static string Free(string path, SortedDictionary<string, string> scripts)
    {
        var free = path;
        for (var i = 0; scripts.ContainsKey(free); i++)
        {
            free = $"{path[..^3]}{(char)('a' + (i % 26))}{(i < 26 ? "" : "x")}.sh";
        }

        return free;
    }

    private ImmutableArray<(string, string)> OwnProperties(string folder)
    {
        List<(string, string)> properties = [("OSImageKind", string.IsNullOrEmpty(Kind) ? "Base" : Kind), ("TargetFramework", string.IsNullOrEmpty(TargetFramework) ? "c10s" : TargetFramework)];

        // What lies there by chance is no part of the treefile.
        if (Directory.Exists(Path.Combine(folder, "overlay")) || Directory.Exists(Path.Combine(folder, "units")))
        {
            properties.Add(("EnableDefaultOSItems", "false"));
        }

        return [.. properties];
    }

    private void Write(string path, string folder, ImportedProject project, SortedDictionary<string, string> scripts, ITaskItem[] treefiles)
    {
        foreach (var written in scripts.Keys.Select(name => Path.Combine(folder, name)).Prepend(path).Where(File.Exists))
        {
            if (!Overwrite)
            {
                throw TreefileUseDiagnostics.ProjectExists.Error(null, written);
            }
        }

        var beside = Path.GetDirectoryName(Path.GetFullPath(treefiles[0].ItemSpec, ProjectFolder))!;
        var text = ImportedProjectWriter.Write(project, file => Path.GetRelativePath(beside, file).Replace('\\', '/'));
        foreach (var (name, script) in scripts)
        {
            AtomicFile.WriteWhenDifferent(Path.Combine(folder, name), Encoding.UTF8.GetBytes(script));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(folder, name), (UnixFileMode)0b111_101_101);
            }
        }

        AtomicFile.WriteWhenDifferent(path, Encoding.UTF8.GetBytes(text));
        WrittenProject = path;
        Log.LogMessage(MessageImportance.High, "{0}", $"{Path.GetFileName(treefiles[0].ItemSpec)} -> {path}");
    }

    private TaskItem Item(string path)
    {
        var item = new TaskItem(path);
        item.SetMetadata("Variables", Variables ?? "");
        item.SetMetadata("Root", Root ?? "");
        item.SetMetadata("Folders", Folders ?? "");
        return item;
    }
}
