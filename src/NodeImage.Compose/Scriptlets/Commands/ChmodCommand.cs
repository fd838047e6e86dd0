using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>chmod</c>.</summary>
internal sealed class ChmodCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["chmod"];

    public int Run(CommandCall call)
    {
        // A mode such as "-x" looks like an option; it is left to the image's own chmod.
        var options = CommandLineOptions.Parse(call, ["R=recursive", "f=silent=quiet", "v=verbose", "c=changes"], []);
        if (options.Operands is not [var mode, _, ..] || options.Operands[1..] is not { } files)
        {
            return call.Fail(1, "missing operand");
        }

        var status = 0;
        foreach (var file in files)
        {
            if (call.Tree.Resolve(call.Path(file)) is not { } node)
            {
                status = call.Fail(1, $"cannot access '{file}': No such file or directory");
                continue;
            }

            foreach (var one in options.Has("R") ? FileTree.Walk(node).Where(below => !below.Inode.IsSymbolicLink).ToList() : [node])
            {
                call.Tree.SetInode(one, one.Inode with { Mode = FileModes.Apply(call, mode, one.Inode.Mode, one.Inode.IsDirectory) });
            }
        }

        return status;
    }
}
