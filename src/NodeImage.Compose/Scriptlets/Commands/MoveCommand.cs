using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>mv</c> of single files and links.</summary>
internal sealed class MoveCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["mv"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["f=force", "v=verbose", "n=no-clobber"], []);
        if (options.Operands is not [var from, var to] || options.Has("n"))
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        if (call.Tree.Resolve(call.Path(from), followLast: false) is not { } source)
        {
            return call.Fail(1, $"cannot stat '{from}': No such file or directory");
        }

        if (source.Inode.IsDirectory || source.HardLinks is not null || !call.Tree.TryResolvePath(call.Path(to), followLast: false, out var path))
        {
            throw call.Unsupported(from);
        }

        path = call.Tree.Resolve(path) is { Inode.IsDirectory: true } folder ? ImagePath.Join(folder.Path, source.Name) : path;
        if (call.Tree.Find(ImagePath.Parent(path)) is not { Inode.IsDirectory: true })
        {
            return call.Fail(1, $"cannot move '{from}': No such file or directory");
        }

        if (path == source.Path || to.EndsWith('/') && call.Tree.Resolve(call.Path(to)) is not { Inode.IsDirectory: true })
        {
            return call.Fail(1, $"cannot move '{from}' to '{to}'");
        }

        if (call.Tree.Find(path) is { } existing)
        {
            if (existing.Inode.IsDirectory || existing.HardLinks is not null)
            {
                return existing.Inode.IsDirectory ? call.Fail(1, $"cannot overwrite directory '{to}' with non-directory") : throw call.Unsupported(to);
            }

            call.Tree.Remove(existing);
        }

        call.Tree.Put(path, source.Inode);
        call.Tree.Remove(source);
        return 0;
    }
}
