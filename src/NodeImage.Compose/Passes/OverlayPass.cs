using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>Lays the project's overlays and programs over the tree: folders, and later single files, which stay where paths are taken away.</summary>
/// <param name="files">Whether single files are laid, else folders.</param>
internal sealed class OverlayPass(bool files = false) : IComposePass
{
    public void Apply(ComposeContext context)
    {
        foreach (var overlay in context.Definition.Overlays.Where(overlay => overlay.IsFile == files))
        {
            var subject = new ItemReference(overlay.Item.ItemType, overlay.Item.Identity);
            foreach (var entry in overlay.Entries)
            {
                Put(context, subject, entry);
            }
        }
    }

    private static void Put(ComposeContext context, ItemReference subject, OverlayEntry entry)
    {
        if (!context.Tree.TryResolvePath(entry.Path, followLast: false, out var path))
        {
            throw PassDiagnostics.OverlayObstructed.Error(subject, entry.Path, "links there run in a circle");
        }

        for (var parent = ImagePath.Parent(path); parent.Length > 1; parent = ImagePath.Parent(parent))
        {
            if (context.Tree.Find(parent) is { Inode.IsDirectory: false })
            {
                throw PassDiagnostics.OverlayObstructed.Error(subject, entry.Path, $"'{parent}' is not a folder");
            }
        }

        var existing = context.Tree.Find(path);
        if (entry.Type == FileType.Directory)
        {
            // A folder that is there keeps what its package says of it: an overlay's folders only lead to its files.
            if (context.Tree.Resolve(path) is not { Inode.IsDirectory: true })
            {
                context.Tree.Put(path, Inode.Directory(entry.Mode) with { Owner = OwnerOf(entry) });
            }

            return;
        }

        if (existing?.Inode.IsDirectory == true)
        {
            throw PassDiagnostics.OverlayObstructed.Error(subject, entry.Path, "there is a folder");
        }

        context.Tree.Put(path, InodeOf(context, entry));
    }

    private static Inode InodeOf(ComposeContext context, OverlayEntry entry)
    {
        var inode = entry.Type == FileType.SymbolicLink
            ? Inode.SymbolicLink(entry.LinkTarget!)
            : Inode.Regular(entry.File!.Open(context.ProjectFolder), entry.Mode);
        return inode with { Owner = OwnerOf(entry), ModificationTime = context.Time };
    }

    private static FileOwner OwnerOf(OverlayEntry entry)
    {
        var named = FileOwner.Named(entry.Owner, entry.Group);
        return new FileOwner(Number(entry.Owner) ?? 0, Number(entry.Group) ?? 0, Number(entry.Owner) is null ? named.UserName : null, Number(entry.Group) is null ? named.GroupName : null);
    }

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
