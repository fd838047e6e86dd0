using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>A file in a library folder that may be a library.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Node">The file that the name leads to.</param>
/// <param name="IsLink">Whether it gets there by a symbolic link.</param>
internal sealed record LibraryCandidate(string Name, FileNode Node, bool IsLink);

/// <summary>Finds what may be libraries: the first half of <c>search_dir</c> in <c>elf/ldconfig.c</c>, up to where contents are read.</summary>
/// <param name="tree">The image.</param>
/// <param name="program">The image's ldconfig.</param>
internal sealed class LibraryFolderScan(FileTree tree, LdconfigProgram program)
{
    /// <summary>Looks through a folder.</summary>
    /// <param name="folders">All folders; one that is found on the way is added.</param>
    /// <param name="folder">The folder to look through.</param>
    /// <returns>What may be libraries in it, and links in it that lead nowhere any more.</returns>
    public (List<LibraryCandidate> Candidates, List<FileNode> StaleLinks) Run(LibraryFolders folders, LibraryFolder folder)
    {
        var candidates = new List<LibraryCandidate>();
        var stale = new List<FileNode>();
        foreach (var child in folder.Node.Children)
        {
            if (!IsOfInterest(folder, child))
            {
                continue;
            }

            var isLink = child.Inode.IsSymbolicLink;
            if ((isLink ? tree.Resolve(child.Path) : child) is not { } node)
            {
                if (child.Name.Contains(".so.", StringComparison.Ordinal))
                {
                    stale.Add(child);
                }
            }
            else if (node.Inode.IsDirectory)
            {
                if (folder.Capabilities is null && LegacyCapabilities.IsSearched(program, child.Name))
                {
                    folders.Add(new LibraryFolder($"{folder.Path}/{child.Name}", node) { Type = folder.Type });
                }
            }
            else if (node.Inode.IsRegular)
            {
                candidates.Add(new LibraryCandidate(child.Name, node, isLink));
            }
        }

        return (candidates, stale);
    }

    private bool IsOfInterest(LibraryFolder folder, FileNode child)
    {
        var inode = child.Inode;
        if (!inode.IsRegular && !inode.IsSymbolicLink && !inode.IsDirectory)
        {
            return false;
        }

        // Among the folders for capabilities, a link counts whatever its name.
        var isNamedSo = LibraryNames.IsLibrary(child.Name)
            || (!inode.IsRegular && (folder.Capabilities is not null || LegacyCapabilities.IsSearched(program, child.Name)));
        return isNamedSo
            && !LibraryNames.IsPrelinkTemporary(child.Name)
            && !(program.SkipsPackageTemporaries && LibraryNames.IsPackageTemporary(child.Name));
    }
}
