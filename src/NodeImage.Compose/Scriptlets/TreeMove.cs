using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets;

/// <summary>Moves folders and files to other places of a tree.</summary>
internal static class TreeMove
{
    /// <summary>Moves a node and all below it; names of one file stay names of one file.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="source">What is moved.</param>
    /// <param name="target">Its new canonical path, which leads through folders only. Folders there keep what is in them.</param>
    public static void Move(FileTree tree, FileNode source, string target)
    {
        var length = source.Path.Length;
        foreach (var node in FileTree.Walk(source).ToList())
        {
            var path = target + node.Path[length..];
            if (node.HardLinks is null)
            {
                tree.Put(path, node.Inode);
            }
            else
            {
                tree.Link(path, node);
            }
        }

        tree.Remove(source);
    }
}
