using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>cp</c> of single files.</summary>
internal sealed class CopyCommand : IScriptletCommand
{
    private const int PlainMode = 0b111_101_101;

    public IReadOnlyList<string> Names { get; } = ["cp"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["p", "a=archive", "f=force", "v=verbose", "n=no-clobber", "P=no-dereference"], []);
        if (options.Operands is not [var from, var to])
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        var keeps = options.Has("p") || options.Has("a");
        var follows = !options.Has("a") && !options.Has("P");
        if (call.Tree.Resolve(call.Path(from), follows) is not { } source)
        {
            return call.Fail(1, $"cannot stat '{from}': No such file or directory");
        }

        if (source.Inode.IsDirectory)
        {
            throw call.Unsupported(from);
        }

        if (!call.Tree.TryResolvePath(call.Path(to), followLast: true, out var path))
        {
            return call.Fail(1, $"cannot create '{to}'");
        }

        path = call.Tree.Find(path) is { Inode.IsDirectory: true } ? ImagePath.Join(path, ImagePath.Name(call.Path(from))) : path;
        if (call.Tree.Find(ImagePath.Parent(path)) is not { Inode.IsDirectory: true })
        {
            return call.Fail(1, $"cannot create '{to}': No such file or directory");
        }

        var existing = call.Tree.Find(path);
        if (existing == source || existing is { Inode.IsDirectory: true } || (existing?.HardLinks is { } links && links == source.HardLinks) || (to.EndsWith('/') && call.Tree.Resolve(call.Path(to)) is not { Inode.IsDirectory: true }))
        {
            return call.Fail(1, $"cannot create '{to}'");
        }

        if (existing is not null && options.Has("n"))
        {
            return 0;
        }

        if (!source.Inode.IsRegular && (existing is not null || !source.Inode.IsSymbolicLink) || existing is { Inode.IsRegular: false })
        {
            throw call.Unsupported(from);
        }

        if (existing is null && call.Tree.Resolve(call.Path(to), followLast: false) is { Inode.IsSymbolicLink: true } link && call.Tree.Resolve(link.Path) is null)
        {
            return call.Fail(1, $"not writing through dangling symlink '{to}'");
        }

        // Of what is preserved, extended attributes are only by -a.
        var copy = source.Inode with { Origin = null, Xattrs = options.Has("a") ? source.Inode.Xattrs : Inode.NoXattrs };
        if (!keeps)
        {
            copy = copy with
            {
                Mode = existing?.Inode.Mode ?? (copy.IsSymbolicLink ? copy.Mode : copy.Mode & PlainMode),
                Owner = existing?.Inode.Owner ?? FileOwner.Root,
                ModificationTime = call.Machine.Time,
            };
        }

        if (existing is not null)
        {
            // Written into, so that its other names see it too.
            call.Tree.SetInode(existing, copy);
        }
        else
        {
            call.Tree.Put(path, copy);
        }

        return 0;
    }
}
