using System.Diagnostics.CodeAnalysis;

namespace NodeImage.Core.Files;

/// <summary>
/// A whole file system in memory: the one intermediate form between packages and layers. Contents stay where they are
/// until they are read, so a tree of a hundred thousand files is a few tens of megabytes.
/// </summary>
/// <remarks>Not safe for use by several threads at once while it is changed.</remarks>
public sealed class FileTree
{
    // Linux's own limit on links met while a path is resolved.
    private const int MaxLinks = 40;

    private readonly List<(long Stamp, string Path)> _removed = [];
    private Stack<Action>? _undo;
    private long _stamp;

    /// <summary>Makes an empty tree: a root folder, <c>0755</c>, owned by root.</summary>
    public FileTree()
    {
        Root = new FileNode("", null, Inode.Directory());
    }

    /// <summary>The root folder.</summary>
    public FileNode Root { get; }

    /// <summary>The count of changes so far; see <see cref="ChangedSince"/>.</summary>
    public long Stamp => _stamp;

    /// <summary>Finds what stands at a path, following no symbolic link.</summary>
    /// <param name="path">A canonical path.</param>
    /// <returns>The node, or null.</returns>
    public FileNode? Find(string path)
    {
        var node = Root;
        for (var rest = path.AsSpan(1); node is not null && !rest.IsEmpty;)
        {
            node = node.Child(TakeName(ref rest));
        }

        return node;
    }

    /// <summary>Finds what a path leads to, following symbolic links as the image's own kernel would.</summary>
    /// <param name="path">A canonical path.</param>
    /// <param name="followLast">Whether a link at the very end is followed too.</param>
    /// <returns>The node, or null where there is nothing, where a link dangles or where links run in circles.</returns>
    public FileNode? Resolve(string path, bool followLast = true) =>
        TryResolvePath(path, followLast, out var resolved) ? Find(resolved) : null;

    /// <summary>
    /// Follows the symbolic links in a path, as far as it exists, so that what is put at the result lands where the
    /// running system would see it: <c>/lib/modules</c> becomes <c>/usr/lib/modules</c> where <c>/lib</c> is a link.
    /// </summary>
    /// <param name="path">A canonical path; it may name nothing that exists.</param>
    /// <param name="followLast">Whether a link at the very end is followed too.</param>
    /// <param name="resolved">The canonical path without links, when the result is true.</param>
    /// <returns>False where links run in circles.</returns>
    public bool TryResolvePath(string path, bool followLast, [NotNullWhen(true)] out string? resolved)
    {
        if (HasNoLinks(path, followLast))
        {
            resolved = path;
            return true;
        }

        resolved = null;
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var current = new List<string>();
        FileNode? node = Root;
        var links = 0;
        while (pending.TryPop(out var name))
        {
            if (name == ".")
            {
                continue;
            }

            if (name == "..")
            {
                // The root is its own parent.
                if (current.Count > 0)
                {
                    current.RemoveAt(current.Count - 1);
                }

                node = Find("/" + string.Join('/', current));
                continue;
            }

            var child = node?.Child(name);
            if (child is { Inode: { IsSymbolicLink: true, LinkTarget: { } target } } && (pending.Count > 0 || followLast))
            {
                if (++links > MaxLinks)
                {
                    return false;
                }

                if (target.StartsWith('/'))
                {
                    current.Clear();
                    node = Root;
                }

                foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    pending.Push(part);
                }

                continue;
            }

            current.Add(name);
            node = child;
        }

        resolved = "/" + string.Join('/', current);
        return true;
    }

    /// <summary>Puts an inode at a path, in place of what stood there. Missing folders are made, <c>0755</c> and root's.</summary>
    /// <param name="path">A canonical path that leads through no symbolic link.</param>
    /// <param name="inode">What shall stand there.</param>
    /// <returns>The node. A folder put over a folder keeps what is in it.</returns>
    /// <exception cref="InvalidOperationException">Something on the way is not a folder.</exception>
    public FileNode Put(string path, Inode inode)
    {
        if (path.Length == 1)
        {
            SetInode(Root, inode);
            return Root;
        }

        var parent = MakeFolders(ImagePath.Parent(path));
        var name = ImagePath.Name(path);
        var existing = parent.Child(name);
        if (existing is not null)
        {
            if (existing.LinkGroup is null && existing.Inode.IsDirectory == inode.IsDirectory)
            {
                SetInode(existing, inode);
                return existing;
            }

            Remove(existing);
        }

        return Attach(parent, new FileNode(name, null, inode));
    }

    /// <summary>Gives a file one more name.</summary>
    /// <param name="path">The new name's canonical path; what stood there is replaced.</param>
    /// <param name="target">A name that the file has already.</param>
    /// <returns>The new node, which shares the inode of <paramref name="target"/>.</returns>
    public FileNode Link(string path, FileNode target)
    {
        if (Find(path) is { } existing)
        {
            if (existing == target || (existing.LinkGroup is not null && existing.LinkGroup == target.LinkGroup))
            {
                return existing;
            }

            Remove(existing);
        }

        var node = Attach(MakeFolders(ImagePath.Parent(path)), new FileNode(ImagePath.Name(path), null, target.Inode));
        JoinLinks(node, target);
        return node;
    }

    /// <summary>Removes what stands at a path, and all that is in it.</summary>
    /// <param name="path">A canonical path.</param>
    /// <returns>Whether anything stood there.</returns>
    public bool Remove(string path)
    {
        if (path.Length == 1 || Find(path) is not { } node)
        {
            return false;
        }

        Remove(node);
        return true;
    }

    /// <summary>Removes a node and all that is in it.</summary>
    /// <param name="node">A node of this tree other than its root.</param>
    public void Remove(FileNode node)
    {
        foreach (var child in node.Children.ToArray())
        {
            Remove(child);
        }

        var parent = node.Parent ?? throw new ArgumentException("The root cannot be removed.", nameof(node));
        var path = node.Path;
        LeaveLinks(node);
        parent.Detach(node);
        _removed.Add((++_stamp, path));
        _undo?.Push(() =>
        {
            parent.Attach(node);
            node.Stamp = ++_stamp;
        });
    }

    /// <summary>Changes a file under all of its names.</summary>
    /// <param name="node">One of its names.</param>
    /// <param name="inode">What it shall be.</param>
    public void SetInode(FileNode node, Inode inode)
    {
        if (node.LinkGroup is not { } group)
        {
            SetOne(node, inode);
            return;
        }

        foreach (var member in group)
        {
            SetOne(member, inode);
        }
    }

    /// <summary>Makes a tree of the same files, whose changes are its own. Inodes are shared: they never change.</summary>
    /// <returns>The copy, in which nothing counts as changed.</returns>
    public FileTree Clone()
    {
        var clone = new FileTree();
        var groups = new Dictionary<List<FileNode>, List<FileNode>>(ReferenceEqualityComparer.Instance);
        Copy(Root, clone.Root, groups);
        return clone;
    }

    /// <summary>All nodes, each folder before what is in it, names sorted byte for byte.</summary>
    /// <returns>The nodes, the root first. The tree must not change meanwhile.</returns>
    public IEnumerable<FileNode> Walk() => Walk(Root);

    /// <summary>A node and all below it, in the order of <see cref="Walk()"/>.</summary>
    /// <param name="start">Where to begin.</param>
    /// <returns>The nodes, <paramref name="start"/> first. The tree must not change meanwhile.</returns>
    public static IEnumerable<FileNode> Walk(FileNode start)
    {
        var pending = new Stack<FileNode>();
        pending.Push(start);
        while (pending.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--)
            {
                pending.Push(node.Children[i]);
            }
        }
    }

    /// <summary>What has changed since the tree's count of changes stood at a number.</summary>
    /// <param name="stamp">An earlier value of <see cref="Stamp"/>.</param>
    /// <returns>
    /// The paths that were removed at some time since (something may stand there again), in the order of removal, and the
    /// nodes put or changed since, each folder before what is in it.
    /// </returns>
    public (IReadOnlyList<string> Removed, IReadOnlyList<FileNode> Changed) ChangedSince(long stamp) =>
        ([.. _removed.Where(entry => entry.Stamp > stamp).Select(entry => entry.Path)], [.. Walk().Where(node => node.Stamp > stamp)]);

    /// <summary>Begins to remember changes so that they can be taken back.</summary>
    /// <returns>The checkpoint. Disposing of it without <see cref="FileTreeCheckpoint.Commit"/> takes the changes back.</returns>
    /// <exception cref="InvalidOperationException">A checkpoint is open already.</exception>
    public FileTreeCheckpoint Checkpoint()
    {
        if (_undo is not null)
        {
            throw new InvalidOperationException("The tree has an open checkpoint already.");
        }

        _undo = new Stack<Action>();
        return new FileTreeCheckpoint(this);
    }

    internal void EndCheckpoint(bool keep)
    {
        var undo = _undo!;
        _undo = null;
        while (!keep && undo.TryPop(out var action))
        {
            action();
        }
    }

    private static void Copy(FileNode from, FileNode to, Dictionary<List<FileNode>, List<FileNode>> groups)
    {
        to.Inode = from.Inode;
        if (from.LinkGroup is { } group)
        {
            if (!groups.TryGetValue(group, out var copied))
            {
                groups.Add(group, copied = []);
            }

            copied.Add(to);
            to.LinkGroup = copied;
        }

        foreach (var child in from.Children)
        {
            var copy = new FileNode(child.Name, null, child.Inode);
            to.Attach(copy);
            Copy(child, copy, groups);
        }
    }

    private static ReadOnlySpan<char> TakeName(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('/');
        var name = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return name;
    }

    // Most paths lead through no link, and are asked for often.
    private bool HasNoLinks(string path, bool followLast)
    {
        if (!path.StartsWith('/') || (path.Length > 1 && path.EndsWith('/')))
        {
            return false;
        }

        var node = Root;
        for (var rest = path.AsSpan(1); !rest.IsEmpty;)
        {
            var name = TakeName(ref rest);
            if (name.IsEmpty || name is "." or "..")
            {
                return false;
            }

            node = node?.Child(name);
            if (node is { Inode.IsSymbolicLink: true } && (followLast || !rest.IsEmpty))
            {
                return false;
            }
        }

        return true;
    }

    private FileNode MakeFolders(string path)
    {
        var node = Root;
        for (var rest = path.AsSpan(1); !rest.IsEmpty;)
        {
            var name = TakeName(ref rest);
            var child = node.Child(name);
            if (child is null)
            {
                child = Attach(node, new FileNode(name.ToString(), null, Inode.Directory()));
            }
            else if (!child.Inode.IsDirectory)
            {
                throw new InvalidOperationException($"'{child.Path}' is not a folder, so '{path}' cannot be made.");
            }

            node = child;
        }

        return node;
    }

    private FileNode Attach(FileNode parent, FileNode node)
    {
        parent.Attach(node);
        node.Stamp = ++_stamp;
        _undo?.Push(() =>
        {
            var path = node.Path;
            LeaveLinks(node);
            parent.Detach(node);
            _removed.Add((++_stamp, path));
        });
        return node;
    }

    private void SetOne(FileNode node, Inode inode)
    {
        var before = node.Inode;
        node.Inode = inode;
        node.Stamp = ++_stamp;
        _undo?.Push(() =>
        {
            node.Inode = before;
            node.Stamp = ++_stamp;
        });
    }

    private void JoinLinks(FileNode node, FileNode target)
    {
        var group = target.LinkGroup ??= [target];
        group.Add(node);
        node.LinkGroup = group;
        _undo?.Push(() => LeaveLinks(node));
    }

    private void LeaveLinks(FileNode node)
    {
        if (node.LinkGroup is not { } group)
        {
            return;
        }

        group.Remove(node);
        node.LinkGroup = null;
        var last = group.Count == 1 ? group[0] : null;
        if (last is not null)
        {
            last.LinkGroup = null;
        }

        _undo?.Push(() =>
        {
            if (last is not null)
            {
                last.LinkGroup = group;
            }

            group.Add(node);
            node.LinkGroup = group;
        });
    }
}
