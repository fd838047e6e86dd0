using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Support;

/// <summary>A tree on disk, for the real tools to work in. It is gone when it is disposed of.</summary>
internal sealed class DiskTree : IDisposable
{
    private const string Memory = "/dev/shm";

    // In memory where that can be had: the tools flush what they write to disk.
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), "nodeimage-" + Path.GetRandomFileName()));

    /// <summary>Puts a tree on disk.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="isWanted">Which files and links are put there; folders all are that hold any.</param>
    public DiskTree(FileTree tree, Func<FileNode, bool> isWanted)
    {
        var contents = new Dictionary<FileContent, List<string>>(ReferenceEqualityComparer.Instance);
        foreach (var node in tree.Walk().Where(node => !node.Inode.IsDirectory && isWanted(node)))
        {
            var path = PathOf(node.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (node.Inode.LinkTarget is { } target)
            {
                File.CreateSymbolicLink(path, target);
            }
            else if (node.Inode.Content is { } content)
            {
                if (!contents.TryGetValue(content, out var paths))
                {
                    contents.Add(content, paths = []);
                }

                paths.Add(path);
            }
        }

        ContentPass.Read(contents.Keys, (content, stream) => Write(contents[content], stream), TestContext.Current.CancellationToken);
        foreach (var node in tree.Walk().Where(node => node.Inode.IsRegular && isWanted(node)))
        {
            SetMode(PathOf(node.Path), node.Inode.Mode);
        }
    }

    /// <summary>The folder on disk.</summary>
    public string Root => _folder.FullName;

    /// <summary>Where a path of the tree is on disk.</summary>
    public string PathOf(string path) => _folder.FullName + path;

    /// <summary>The symbolic links below a folder, each as <c>path -> target</c>, sorted.</summary>
    public List<string> Links(string folder)
    {
        var links = new List<string>();
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(PathOf(folder))]);
        while (pending.TryPop(out var next))
        {
            foreach (var entry in next.Exists ? next.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }) : [])
            {
                if (entry.LinkTarget is { } target)
                {
                    links.Add($"{entry.FullName[Root.Length..]} -> {target}");
                }
                else if (entry is DirectoryInfo inner)
                {
                    pending.Push(inner);
                }
            }
        }

        links.Sort(StringComparer.Ordinal);
        return links;
    }

    /// <summary>The symbolic links below a folder of a tree in memory, in the same form.</summary>
    public static List<string> Links(FileTree tree, string folder, Func<FileNode, bool> isWanted)
    {
        var nodes = tree.Find(folder) is { } start ? FileTree.Walk(start).Where(node => node.Inode.IsSymbolicLink && isWanted(node)) : [];
        return [.. nodes.Select(node => $"{node.Path} -> {node.Inode.LinkTarget}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Asserts that two lists are the same; says what only one of them has.</summary>
    public static void AssertSame(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> actual, string context = "")
    {
        var missing = expected.Except(actual, StringComparer.Ordinal).Select(line => $"missing: {line}");
        var excess = actual.Except(expected, StringComparer.Ordinal).Select(line => $"too many: {line}");
        var difference = string.Join('\n', missing.Concat(excess).Take(60));
        Assert.True(difference.Length == 0, $"{difference}\n{context}");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Write(List<string> paths, Stream content)
    {
        using (var file = File.Create(paths[0]))
        {
            content.CopyTo(file);
        }

        paths.Skip(1).ToList().ForEach(path => File.Copy(paths[0], path));
    }
}
