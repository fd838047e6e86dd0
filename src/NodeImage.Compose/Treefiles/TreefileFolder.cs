using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;
using NodeImage.Treefiles.Locking;
using NodeImage.Treefiles.Repositories;
using NodeImage.Treefiles.Writing;

namespace NodeImage.Compose.Treefiles;

/// <summary>
/// Writes a folder with which rpm-ostree composes what the project says: the treefile, the repositories and their keys, the
/// lock, and all files that the treefile names. It needs nothing else of the project.
/// </summary>
public static class TreefileFolder
{
    /// <summary>What the treefile is called.</summary>
    public const string TreefileName = "treefile.yaml";

    /// <summary>What the file with the repositories is called.</summary>
    public const string RepositoriesName = "nodeimage.repo";

    private const string Comment = "Written by NodeImage.Sdk of a project; changes are lost when it is written anew.";

    /// <summary>Makes the treefile of a definition, without any of its files.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="projectFolder">The folder that its files are relative to.</param>
    /// <returns>The treefile.</returns>
    /// <exception cref="DiagnosticException">The definition says what no treefile can say.</exception>
    public static NodeImage.Treefiles.Treefile Describe(ImageDefinition definition, string projectFolder) => TreefileExport.Of(definition, projectFolder).Treefile;

    /// <summary>Writes the folder.</summary>
    /// <param name="definition">What the project says.</param>
    /// <param name="packages">The packages that were chosen for it, or null where the treefile is to have no lock beside it.</param>
    /// <param name="options">Where the folder goes.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="DiagnosticException">The definition says what no treefile can say. Nothing has been written then.</exception>
    public static TreefileFolderResult Write(ImageDefinition definition, RpmLock? packages, TreefileFolderOptions options)
    {
        var export = TreefileExport.Of(definition, options.ProjectFolder);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.OutputFolder));
        var aside = folder + ".new";
        Remove(aside);
        Directory.CreateDirectory(aside);
        File.WriteAllText(Path.Combine(aside, TreefileName), TreefileWriter.Write(export.Treefile, Comment));
        WriteRepositories(definition, aside, Path.Combine(options.SeenAs ?? folder), options);
        WriteFiles(definition, export, aside, options.ProjectFolder);
        var lockName = packages is null ? null : WriteLock(definition, packages, aside, options.Report);
        Remove(folder);
        Directory.Move(aside, folder);
        return new TreefileFolderResult(
            folder,
            Path.Combine(folder, TreefileName),
            lockName is null ? null : Path.Combine(folder, lockName),
            [.. export.Layers.Select(layer => (layer.Name, Path.Combine(folder, layer.Folder)))]);
    }

    private static void WriteRepositories(ImageDefinition definition, string aside, string seenAs, TreefileFolderOptions options)
    {
        var sections = new List<RepoSection>();
        foreach (var repository in definition.Repositories)
        {
            if (repository is { BaseUrl: null, MetaLink: null, MirrorList: null })
            {
                options.Report(TreefileUseDiagnostics.RepositoryToFill.At(new ItemReference("RpmRepository", repository.Id), repository.Id, options.ProjectFolder));
                continue;
            }

            // Keys of this machine come along, be they named by an address.
            var local = repository.KeyAddresses.Select(LocalFile).OfType<SourceFile>();
            var keys = repository.Keys.Concat(local).Select((key, i) => WriteKey(repository, key, i, aside, seenAs, options.ProjectFolder))
                .Concat(repository.KeyAddresses.Where(address => LocalFile(address) is null))
                .ToList();
            sections.Add(RepositorySections.Of(repository, keys));
        }

        if (sections.Count > 0)
        {
            File.WriteAllText(Path.Combine(aside, RepositoriesName), RepoFile.Write(sections));
        }
    }

    private static SourceFile? LocalFile(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile ? SourceFiles.Describe(uri.LocalPath, Path.GetPathRoot(uri.LocalPath)!) is { } file ? file with { Path = uri.LocalPath } : null : null;

    private static string WriteKey(RepositoryDefinition repository, SourceFile key, int number, string aside, string seenAs, string projectFolder)
    {
        var safe = new string([.. repository.Id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).TrimStart('.');
        var name = number == 0 ? $"keys/{safe}.asc" : $"keys/{safe}-{number + 1}.asc";
        Copy(key, projectFolder, Path.Combine(aside, name));

        // dnf takes addresses only.
        return new Uri(Path.Combine(seenAs, name)).AbsoluteUri;
    }

    private static void WriteFiles(ImageDefinition definition, TreefileExport export, string aside, string projectFolder)
    {
        foreach (var layer in export.Layers)
        {
            var root = Path.Combine(aside, layer.Folder);
            Directory.CreateDirectory(root);
            foreach (var entry in layer.Entries)
            {
                WriteEntry(entry, layer, Path.Combine(root, entry.Path[1..]), projectFolder);
            }

            if (StatOverride.Write(layer.Entries) is { Length: > 0 } modes)
            {
                File.WriteAllText(Path.Combine(root, StatOverride.FileName), modes);
            }
        }

        foreach (var (name, entry) in export.AddedFiles)
        {
            var path = Path.Combine(aside, name);
            Copy(entry.File!, projectFolder, path);
            SetMode(path, entry.Mode);
        }

        foreach (var (file, name) in new[] { (definition.Tree.Pins.PasswdFile, TreefileExport.PasswdName), (definition.Tree.Pins.GroupFile, TreefileExport.GroupName) })
        {
            if (file is not null)
            {
                Copy(file, projectFolder, Path.Combine(aside, name));
            }
        }
    }

    private static void WriteEntry(OverlayEntry entry, ExportedLayer layer, string path, string projectFolder)
    {
        switch (entry.Type)
        {
            case FileType.Directory:
                Directory.CreateDirectory(path);
                break;
            case FileType.SymbolicLink:
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.CreateSymbolicLink(path, entry.LinkTarget!);
                break;
            default:
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (entry.File is { } file)
                {
                    Copy(file, projectFolder, path);
                }
                else
                {
                    File.WriteAllText(path, layer.Texts[entry.Path]);
                }

                SetMode(path, (entry.Mode & 0b001_001_001) != 0 ? 0b111_101_101 : 0b110_100_100);
                break;
        }
    }

    private static string WriteLock(ImageDefinition definition, RpmLock packages, string aside, Action<Diagnostic> report)
    {
        var name = $"manifest-lock.{definition.Architecture}.json";
        File.WriteAllBytes(Path.Combine(aside, name), TreefileLockWriter.Write(TreefileLocks.Of(packages, definition.Architecture, report)));
        return name;
    }

    private static void Copy(SourceFile file, string projectFolder, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var from = file.Open(projectFolder).OpenRead();
        using var to = File.Create(path);
        from.CopyTo(to);
    }

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
