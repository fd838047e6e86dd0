using System.Text;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>The folders that ldconfig looks into: those of <c>ld.so.conf</c>, then the system's own, each one once by whatever names it goes.</summary>
/// <param name="tree">The image.</param>
/// <param name="program">The image's ldconfig.</param>
/// <param name="texts">Reads the configuration.</param>
internal sealed class LibraryFolders(FileTree tree, LdconfigProgram program, ContentTexts texts)
{
    private const string Configuration = "/etc/ld.so.conf";
    private const string CapabilitiesFolder = "glibc-hwcaps";

    private readonly List<LibraryFolder> _folders = [];
    private readonly Dictionary<FileNode, LibraryFolder> _byNode = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>The folders in the order in which they are searched. More may be added while they are.</summary>
    public IReadOnlyList<LibraryFolder> All => _folders;

    /// <summary>The names of all folders in <c>glibc-hwcaps</c> folders.</summary>
    public SortedSet<string> Capabilities { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the configuration.</summary>
    public void Read()
    {
        texts.Prefetch([.. tree.Resolve("/etc")?.Children.Where(node => node.Path == Configuration) ?? [], .. tree.Resolve(Configuration + ".d")?.Children ?? []]);
        ReadConfiguration(Configuration);
        foreach (var folder in program.SystemFolders)
        {
            AddConfigured(folder);
        }
    }

    /// <summary>Adds a folder unless it is there already.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Add(LibraryFolder folder)
    {
        if (_byNode.TryGetValue(folder.Node, out var known))
        {
            known.Type = folder.Type;
            return false;
        }

        _byNode.Add(folder.Node, folder);
        _folders.Add(folder);
        return true;
    }

    /// <summary>The same folders, for a search that leaves these as they are.</summary>
    public LibraryFolders Copy()
    {
        var copy = new LibraryFolders(tree, program, texts);
        _folders.ForEach(folder => copy.Add(folder with { }));
        return copy;
    }

    private void ReadConfiguration(string path)
    {
        // The tool would read a file that includes itself until it has no more files to open; to the same end.
        if (!ImagePath.TryNormalize(path, out var canonical)
            || tree.Resolve(canonical) is not { } node
            || texts.Read(node) is not { } content
            || !_open.Add(node.Path))
        {
            return;
        }

        foreach (var line in Encoding.UTF8.GetString(content.Span).Split('\n'))
        {
            var text = line.Split('#', '\0')[0].TrimStart(Blanks);
            if (text.StartsWith("include", StringComparison.Ordinal) && text.Length > 7 && text[7] is ' ' or '\t')
            {
                foreach (var pattern in text[8..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                {
                    var absolute = pattern.StartsWith('/') ? pattern : $"{ImagePath.Parent(path)}/{pattern}";
                    foreach (var included in TreeGlob.Find(tree, absolute).ToList())
                    {
                        ReadConfiguration(included);
                    }
                }
            }
            else if (!(text.StartsWith("hwcap", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is ' ' or '\t'))
            {
                AddConfigured(text);
            }
        }

        _open.Remove(node.Path);
    }

    // What isspace(3) takes for one.
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r'];

    private void AddConfigured(string line)
    {
        var (path, type) = (line, program.HasLegacyFolders ? LibraryType.Any : LibraryType.Libc6);
        if (program.HasLegacyFolders && line.Split('=', 2) is [var before, var after])
        {
            (path, type) = (before, TypeOf(after));
        }

        path = path.TrimEnd(Blanks).TrimEnd('/');
        if (path.Length == 0 || !ImagePath.TryNormalize(path, out var canonical) || tree.Resolve(canonical) is not { } node)
        {
            return;
        }

        if (Add(new LibraryFolder(path, node) { Type = type }))
        {
            AddCapabilities(path, node, type);
        }
    }

    private void AddCapabilities(string path, FileNode folder, LibraryType type)
    {
        if (tree.Resolve(ImagePath.Join(folder.Path, CapabilitiesFolder)) is not { } parent)
        {
            return;
        }

        foreach (var child in parent.Children)
        {
            if (child.Name[0] != '.' && !child.Name.Contains(':', StringComparison.Ordinal) && tree.Resolve(child.Path) is { Inode.IsDirectory: true } node)
            {
                Capabilities.Add(child.Name);
                Add(new LibraryFolder($"{path}/{CapabilitiesFolder}/{child.Name}", node, child.Name) { Type = type });
            }
        }
    }

    private static LibraryType TypeOf(string name) => name switch
    {
        "libc4" => LibraryType.Libc4,
        "libc5" => LibraryType.Libc5,
        "libc6" or "glibc2" => LibraryType.Libc6,
        _ => LibraryType.Any,
    };
}
