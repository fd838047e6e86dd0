namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>rm</c> and <c>rmdir</c>.</summary>
internal sealed class RemoveCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["rm", "rmdir"];

    public int Run(CommandCall call)
    {
        var isRmdir = call.Name.EndsWith("rmdir", StringComparison.Ordinal);
        var options = CommandLineOptions.Parse(call, isRmdir ? ["ignore-fail-on-non-empty"] : ["f=force", "r=R=recursive", "v=verbose"], []);
        if (options.Operands.Count == 0)
        {
            return options.Has("f") ? 0 : call.Fail(1, "missing operand");
        }

        var status = 0;
        foreach (var operand in options.Operands)
        {
            if (call.Tree.Resolve(call.Path(operand), followLast: false) is not { } node)
            {
                status = options.Has("f") ? status : call.Fail(1, $"cannot remove '{operand}': No such file or directory");
            }
            else if (node.Parent is null || operand.EndsWith('/') && node.Inode.IsSymbolicLink || operand.Split('/').Last(name => name.Length > 0) is "." or "..")
            {
                throw call.Unsupported(operand);
            }
            else if (isRmdir && node.Children.Count > 0)
            {
                status = options.Has("ignore-fail-on-non-empty") ? status : call.Fail(1, $"failed to remove '{operand}': Directory not empty");
            }
            else if (node.Inode.IsDirectory != isRmdir && !options.Has("r"))
            {
                status = call.Fail(1, $"cannot remove '{operand}'");
            }
            else
            {
                call.Tree.Remove(node);
            }
        }

        return status;
    }
}
