using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>ln</c>.</summary>
internal sealed class LinkCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["ln"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["s=symbolic", "f=force", "n=no-dereference", "T=no-target-directory", "v=verbose"], []);
        if (options.Operands is not [var target, var link])
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        if (!call.Tree.TryResolvePath(call.Path(link), followLast: false, out var path))
        {
            return call.Fail(1, $"failed to create link '{link}'");
        }

        // With -n, only a link to a folder is not gone into; with -T, no folder is.
        if (!options.Has("T") && (options.Has("n") ? call.Tree.Find(path) : call.Tree.Resolve(path)) is { Inode.IsDirectory: true } folder)
        {
            path = ImagePath.Join(folder.Path, ImagePath.Name(target.TrimEnd('/')));
        }

        if (call.Tree.Find(ImagePath.Parent(path)) is not { Inode.IsDirectory: true })
        {
            return call.Fail(1, $"failed to create link '{link}': No such file or directory");
        }

        if (call.Tree.Find(path) is { } existing && (!options.Has("f") || existing.Inode.IsDirectory))
        {
            return call.Fail(1, $"failed to create link '{link}': File exists");
        }

        if (link.EndsWith('/') && call.Tree.Resolve(call.Path(link)) is not { Inode.IsDirectory: true })
        {
            throw call.Unsupported(link);
        }

        if (options.Has("s"))
        {
            call.Tree.Put(path, Inode.SymbolicLink(target) with { ModificationTime = call.Machine.Time });
            return 0;
        }

        if (call.Tree.Resolve(call.Path(target), followLast: false) is not { Inode.IsDirectory: false } file)
        {
            return call.Fail(1, $"failed to access '{target}'");
        }

        if (call.Tree.Find(path) == file)
        {
            return call.Fail(1, $"'{target}' and '{link}' are the same file");
        }

        call.Tree.Link(path, file);
        return 0;
    }
}
