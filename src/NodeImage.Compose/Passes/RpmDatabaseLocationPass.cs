using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Moves the rpm database to <c>/usr/share/rpm</c>, where it belongs to the image, and links the old places to it.
/// </summary>
internal sealed class RpmDatabaseLocationPass : IComposePass
{
    /// <summary>Where the database is.</summary>
    public const string Folder = "/usr/share/rpm";

    private const string Macros = "/usr/lib/rpm/macros.d/macros.nodeimage";
    private const string SystemImage = "/usr/lib/sysimage/rpm";
    private const string Old = "/var/lib/rpm";

    public void Apply(ComposeContext context)
    {
        context.WriteText(Macros, $"%_dbpath {Folder}\n");
        if (context.Tree.Find(Folder) is null)
        {
            context.Tree.Put(Folder, Inode.Directory());
        }

        Link(context.Tree, SystemImage, "../../share/rpm");
        Link(context.Tree, Old, "../../usr/share/rpm");
    }

    private static void Link(FileTree tree, string path, string target)
    {
        if (tree.Find(path) is not { Inode: { IsSymbolicLink: true } inode } || inode.LinkTarget != target)
        {
            tree.Remove(path);
            tree.Put(path, Inode.SymbolicLink(target));
        }
    }
}
