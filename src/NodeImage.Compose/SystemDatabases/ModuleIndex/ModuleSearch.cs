using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>A module of a kernel. Texts have one character for each byte.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its path, relative to the kernel's folder, or absolute outside it.</param>
/// <param name="Node">The file.</param>
internal sealed record ModuleFile(string Name, string Path, FileNode Node)
{
    /// <summary>The path that <c>modules.order</c> has, whatever the file is compressed with.</summary>
    public string ListedPath => Path[..Math.Min(Path.Length, Path.LastIndexOf('/') + 1 + Name.Length + ".ko".Length)];

    /// <summary>The path without any ending.</summary>
    public string BarePath => BareOf(Path, Name);

    /// <summary>A path without any ending.</summary>
    public static string BareOf(string path, string name) => path[..(path.LastIndexOf('/') + 1 + name.Length)];
}

/// <summary>Finds a kernel's modules, each name once: <c>depmod_modules_search</c> in <c>tools/depmod.c</c> of kmod.</summary>
/// <param name="tree">The image.</param>
/// <param name="program">The image's depmod.</param>
/// <param name="configuration">Where it looks.</param>
internal sealed class ModuleSearch(FileTree tree, KmodProgram program, DepmodConfiguration configuration)
{
    private readonly Dictionary<string, ModuleFile> _modules = new(StringComparer.Ordinal);

    /// <summary>Finds the modules.</summary>
    /// <param name="folder">The kernel's folder, without links.</param>
    /// <returns>The modules, in the order of kmod's own table.</returns>
    public ModuleFile[] Run(FileNode folder)
    {
        Search(folder, "", []);
        foreach (var external in configuration.Externals)
        {
            if (ImagePath.TryNormalize(external, out var path) && external.StartsWith('/') && tree.Resolve(path) is { Inode.IsDirectory: true } node)
            {
                Search(node, external.TrimEnd('/') + "/", []);
            }
        }

        return new KmodHash(512, program.IsBigEndian).Sort(_modules.Values, module => module.Name);
    }

    private void Search(FileNode folder, string prefix, HashSet<FileNode> above)
    {
        // A link to a folder above would be followed until the path is too long; there is nothing new behind it.
        if (!above.Add(folder))
        {
            return;
        }

        foreach (var child in folder.Children)
        {
            if (configuration.IsExcluded(child.Name) || tree.Resolve(child.Path) is not { } node)
            {
                continue;
            }

            var path = prefix + ByteText.Of(child.Name);
            if (node.Inode.IsDirectory)
            {
                Search(node, path + "/", above);
            }
            else if (node.Inode.IsRegular && program.Extensions.Any(extension => child.Name.Length > extension.Length && child.Name.EndsWith(extension, StringComparison.Ordinal)))
            {
                Add(path, node);
            }
        }

        above.Remove(folder);
    }

    private void Add(string path, FileNode node)
    {
        var name = ModuleNames.OfPath(path);
        if (!_modules.TryGetValue(name, out var known) || !configuration.IsPreferred(known.BarePath, ModuleFile.BareOf(path, name)))
        {
            _modules[name] = new ModuleFile(name, path, node);
        }
    }
}
