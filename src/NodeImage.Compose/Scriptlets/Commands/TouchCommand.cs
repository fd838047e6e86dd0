using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>touch</c>: the time of what scriptlets do is fixed.</summary>
internal sealed class TouchCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["touch"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["c=no-create", "a", "m"], []);
        var status = options.Operands.Count > 0 ? 0 : call.Fail(1, "missing file operand");
        foreach (var operand in options.Operands)
        {
            if (!call.Tree.TryResolvePath(call.Path(operand), followLast: true, out var path))
            {
                status = call.Fail(1, $"cannot touch '{operand}'");
            }
            else if (call.Tree.Find(path) is { } node)
            {
                call.Tree.SetInode(node, node.Inode with { ModificationTime = call.Machine.Time });
            }
            else if (call.Tree.Find(ImagePath.Parent(path)) is not { Inode.IsDirectory: true })
            {
                // With -c, what is missing is no error, in a folder that is missing as little.
                status = options.Has("c") ? status : call.Fail(1, $"cannot touch '{operand}': No such file or directory");
            }
            else if (operand.EndsWith('/'))
            {
                throw call.Unsupported(operand);
            }
            else if (!options.Has("c"))
            {
                call.Tree.Put(path, Inode.Regular(FileContent.Of("")) with { ModificationTime = call.Machine.Time });
            }
        }

        return status;
    }
}
