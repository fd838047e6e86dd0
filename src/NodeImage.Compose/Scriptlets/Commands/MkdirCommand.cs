using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>mkdir</c>.</summary>
internal sealed class MkdirCommand : IScriptletCommand
{
    private const int SetGroupId = 0b010_000_000_000;

    public IReadOnlyList<string> Names { get; } = ["mkdir"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["p=parents", "v=verbose"], ["m=mode"]);
        var mode = options.Value("m") is { } text ? FileModes.Apply(call, text, 0b111_101_101, isDirectory: true) : 0b111_101_101;
        var status = options.Operands.Count > 0 ? 0 : call.Fail(1, "missing operand");
        foreach (var operand in options.Operands)
        {
            var written = call.Path(operand);
            if (call.Tree.Resolve(written) is { Inode.IsDirectory: true } && options.Has("p"))
            {
                continue;
            }

            if (!call.Tree.TryResolvePath(written, followLast: false, out var path) || call.Tree.Find(path) is not null)
            {
                status = call.Fail(1, $"cannot create directory '{operand}': File exists");
            }
            else if (Nearest(call.Tree, path) is not { Inode: { IsDirectory: true } folder } nearest || (!options.Has("p") && nearest.Path != ImagePath.Parent(path)))
            {
                status = call.Fail(1, $"cannot create directory '{operand}': No such file or directory");
            }
            else if ((folder.Mode & SetGroupId) != 0)
            {
                // What is made there belongs to the folder's group.
                throw call.Unsupported(operand);
            }
            else
            {
                MakeParents(call, path);
                call.Tree.Put(path, Inode.Directory(mode) with { ModificationTime = call.Machine.Time });
            }
        }

        return status;
    }

    // What stands on the way to a path, the last of it.
    private static FileNode Nearest(FileTree tree, string path)
    {
        var node = tree.Root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node.Child(name) is not { } child)
            {
                break;
            }

            node = child;
        }

        return node;
    }

    private static void MakeParents(CommandCall call, string path)
    {
        var parent = ImagePath.Parent(path);
        if (parent.Length == 1 || call.Tree.Find(parent) is not null)
        {
            return;
        }

        MakeParents(call, parent);
        call.Tree.Put(parent, Inode.Directory() with { ModificationTime = call.Machine.Time });
    }
}
