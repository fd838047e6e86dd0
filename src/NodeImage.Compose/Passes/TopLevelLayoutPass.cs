using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Gives the root folder the shape of a bootable image: what a machine keeps lies in <c>/var</c> and is linked from where
/// programs look for it, and what the running system fills is empty (bootc's "Filesystem" and "Image layout" pages).
/// </summary>
internal sealed class TopLevelLayoutPass : IComposePass
{
    // The links that ostree-based systems have. What packages put behind them moves along.
    private static readonly (string Path, string Target)[] Links =
    [
        ("/home", "var/home"),
        ("/root", "var/roothome"),
        ("/srv", "var/srv"),
        ("/mnt", "var/mnt"),
        ("/opt", "var/opt"),
        ("/media", "run/media"),
        ("/usr/local", "../var/usrlocal"),
    ];

    private const string BootFolder = "/boot";
    private const string BootContent = "/usr/lib/ostree-boot";

    public void Apply(ComposeContext context)
    {
        MoveBootContent(context.Tree);
        foreach (var (path, mode) in MachineFoldersPass.Folders.Append((BootFolder, 0b111_101_101)))
        {
            if (context.Tree.Find(path) is not { Inode.IsDirectory: true })
            {
                context.Tree.Put(path, Inode.Directory(mode));
            }
        }

        foreach (var (path, target) in Links)
        {
            Replace(context, path, target);
        }

        if (context.Tree.Find("/ostree") is null)
        {
            context.Tree.Put("/ostree", Inode.SymbolicLink("sysroot/ostree"));
        }
    }

    // A boot loader's files belong to the disk; bootupd takes them from here.
    private static void MoveBootContent(FileTree tree)
    {
        if (tree.Find(BootFolder) is not { Inode.IsDirectory: true } boot)
        {
            return;
        }

        foreach (var node in FileTree.Walk(boot).Where(node => !node.Inode.IsDirectory).ToList())
        {
            tree.Put(BootContent + node.Path[BootFolder.Length..], node.Inode);
        }

        foreach (var child in boot.Children.ToArray())
        {
            tree.Remove(child);
        }
    }

    private static void Replace(ComposeContext context, string path, string target)
    {
        var tree = context.Tree;
        if (tree.Find(path) is { Inode.IsDirectory: true } folder)
        {
            var destination = Scriptlets.ScriptletMachine.Absolute(ImagePath.Parent(path), target);
            if (target.StartsWith("run/", StringComparison.Ordinal))
            {
                if (folder.Children.Count > 0)
                {
                    // The project's own; a lint tells of it.
                    return;
                }

                tree.Remove(folder);
            }
            else
            {
                // The folder itself goes too: its permissions are those of what it becomes.
                Scriptlets.TreeMove.Move(tree, folder, destination);
            }
        }

        if (tree.Find(path) is not { Inode.IsSymbolicLink: true })
        {
            tree.Put(path, Inode.SymbolicLink(target));
        }
    }
}
