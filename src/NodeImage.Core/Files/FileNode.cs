namespace NodeImage.Core.Files;

/// <summary>A name in a <see cref="FileTree"/> with the inode that it stands for.</summary>
public sealed class FileNode
{
    private static readonly FileNode[] NoChildren = [];
    private Dictionary<string, FileNode>? _children;
    private FileNode[]? _sorted;

    internal FileNode(string name, FileNode? parent, Inode inode)
    {
        Name = name;
        Parent = parent;
        Inode = inode;
    }

    /// <summary>The name in the parent's folder; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The folder it stands in; null for the root, and for a node that has been removed.</summary>
    public FileNode? Parent { get; internal set; }

    /// <summary>What stands there.</summary>
    public Inode Inode { get; internal set; }

    /// <summary>The names that share this inode, this one included, in the order in which they were made; null where it has one name only.</summary>
    public IReadOnlyList<FileNode>? HardLinks => LinkGroup;

    /// <summary>The canonical path.</summary>
    public string Path => Parent is null ? "/" : ImagePath.Join(Parent.Path, Name);

    /// <summary>What stands in a folder, sorted by name byte for byte; empty for everything else.</summary>
    public IReadOnlyList<FileNode> Children => _sorted ??= Sort();

    /// <summary>When it was last changed, in the tree's own count of changes.</summary>
    internal long Stamp { get; set; }

    internal List<FileNode>? LinkGroup { get; set; }

    /// <summary>Finds what stands in this folder under a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The node, or null.</returns>
    public FileNode? Child(string name) => Child(name.AsSpan());

    /// <inheritdoc cref="Child(string)"/>
    public FileNode? Child(ReadOnlySpan<char> name) =>
        _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var child) ? child : null;

    /// <inheritdoc/>
    public override string ToString() => Path;

    internal void Attach(FileNode child)
    {
        (_children ??= new Dictionary<string, FileNode>(StringComparer.Ordinal)).Add(child.Name, child);
        child.Parent = this;
        _sorted = null;
    }

    internal void Detach(FileNode child)
    {
        _children!.Remove(child.Name);
        child.Parent = null;
        _sorted = null;
    }

    private FileNode[] Sort()
    {
        if (_children is null)
        {
            return NoChildren;
        }

        var sorted = _children.Values.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return sorted;
    }
}
