using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>mkdir</c>.</summary>
internal sealed class MkdirCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["mkdir"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["p=parents", "v=verbose"], ["m=mode"]);
        var mode = options.Value("m") is { } text ? FileModes.Apply(call, text, 0b111_101_101, isDirectory: true) : 0b111_101_101;
        foreach (var operand in options.Operands)
        {
            if (!call.Tree.TryResolvePath(call.Path(operand), followLast: true, out var path))
            {
                return call.Fail(1, $"cannot create directory '{operand}'");
            }

            if (call.Tree.Find(path) is { } existing)
            {
                if (options.Has("p") && existing.Inode.IsDirectory)
                {
                    continue;
                }

                return call.Fail(1, $"cannot create directory '{operand}': File exists");
            }

            if (!options.Has("p") && call.Tree.Find(ImagePath.Parent(path)) is not { Inode.IsDirectory: true })
            {
                return call.Fail(1, $"cannot create directory '{operand}': No such file or directory");
            }

            MakeParents(call, path);
            call.Tree.Put(path, Inode.Directory(mode) with { ModificationTime = call.Machine.Time });
        }

        return 0;
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
