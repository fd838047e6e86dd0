using System.Globalization;
using System.Text;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Scriptlets.Lua;

/// <summary>The functions that rpm's Lua has beside the language itself (<c>rpmio/lposix.cc</c>, <c>rpmio/rpmlua.cc</c>), over a file tree.</summary>
/// <param name="machine">The image.</param>
/// <param name="commands">Programs for <c>os.execute</c> and <c>rpm.execute</c>.</param>
/// <param name="streams">The scriptlet's input and outputs.</param>
internal sealed class LuaHost(ScriptletMachine machine, CommandCatalogue commands, ShellStreams streams)
{
    private readonly Queue<string> _files = new(streams.Input.ReadAll().Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Answers one call: the name on the stack, then the arguments. Leaves true and the results.</summary>
    public int Call(KeraLua.Lua lua)
    {
        var name = lua.ToString(1)!;
        var call = new LuaCall(lua);
        switch (name)
        {
            case "unsupported":
                throw new UnsupportedScriptException($"Lua's {call.Text(1)}");
            case "exit":
                throw new ShellExit((int)call.Number(1));
            case "print":
                call.Texts().ForEach(streams.Output.Write);
                return call.Return();
            case "read":
                return Resolve(call.Text(1))?.Inode.Content is { } content ? call.Return(ScriptletText.ReadBytes(machine, content)) : call.ReturnError($"{call.Text(1)}: No such file or directory");
            case "writable":
                return machine.Tree.Resolve(ImagePath.Parent(Absolute(call.Text(1)))) is { Inode.IsDirectory: true } ? call.Return(true) : call.ReturnError($"{call.Text(1)}: No such file or directory");
            case "write":
                return Write(call);
            case "rpm.next_file":
                return _files.TryDequeue(out var file) ? call.Return(file) : call.Return();
            case "rpm.vercmp":
                return call.Return(Evr.Parse(call.Text(1)).CompareTo(Evr.Parse(call.Text(2))));
            case "rpm.execute" or "rpm.spawn":
                return call.Return(Execute([.. call.Texts()]));
            case "os.execute":
                return ExecuteShell(call);
            case "os.rename":
                return Rename(call);
            case "os.remove":
                return Remove(call, "os.remove");
            case "os.getenv" or "posix.getenv":
                return call.Return();
            default:
                return Posix(name, call);
        }
    }

    private int Posix(string name, LuaCall call)
    {
        var path = call.Text(1);
        switch (name)
        {
            case "posix.access":
                return Resolve(path) is not null ? call.Return(0) : call.ReturnError($"{path}: No such file or directory");
            case "posix.chmod":
                return Change(call, path, inode => inode with { Mode = ModeOf(call.Text(2), inode.Mode) });
            case "posix.chown":
                return Change(call, path, inode => inode with { Owner = OwnerOf(call.Text(2), call.Text(3)) });
            case "posix.utime":
                return Change(call, path, inode => inode with { ModificationTime = machine.Time });
            case "posix.mkdir":
                return Make(call, path, () => machine.Tree.Put(Target(path), Inode.Directory() with { ModificationTime = 0 }));
            case "posix.symlink":
                return Make(call, call.Text(2), () => machine.Tree.Put(Target(call.Text(2)), Inode.SymbolicLink(path) with { ModificationTime = machine.Time }));
            case "posix.link":
                return Resolve(path) is { Inode.IsDirectory: false } file
                    ? Make(call, call.Text(2), () => machine.Tree.Link(Target(call.Text(2)), file))
                    : call.ReturnError($"{path}: No such file or directory");
            case "posix.readlink":
                return Find(path) is { Inode: { IsSymbolicLink: true } link } ? call.Return(link.LinkTarget!) : call.ReturnError($"{path}: Invalid argument");
            case "posix.rmdir" or "posix.unlink":
                return Remove(call, name);
            case "posix.dir":
                return Resolve(path) is { Inode.IsDirectory: true } folder
                    ? call.Return((object)(string[])["..", ".", .. folder.Children.Select(child => child.Name)])
                    : call.ReturnError($"{path}: No such file or directory");
            case "posix.stat":
                return Stat(call, path);
            default:
                throw new UnsupportedScriptException($"Lua's {name}");
        }
    }

    private int Stat(LuaCall call, string path)
    {
        if (Find(path) is not { } node)
        {
            return call.ReturnError($"{path}: No such file or directory");
        }

        var inode = node.Inode;
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = inode.Type switch
            {
                FileType.Regular => "regular",
                FileType.Directory => "directory",
                FileType.SymbolicLink => "link",
                FileType.CharacterDevice => "character device",
                FileType.BlockDevice => "block device",
                _ => "fifo",
            },
            ["mode"] = ModeText(inode.Mode),
            ["_mode"] = (long)inode.Mode,
            ["uid"] = (long)inode.Owner.Uid,
            ["gid"] = (long)inode.Owner.Gid,
            ["size"] = inode.Content?.Length ?? 0,
            ["mtime"] = inode.ModificationTime,
            ["nlink"] = (long)(node.HardLinks?.Count ?? 1),
        };
        return call.IsPresent(2)
            ? fields.TryGetValue(call.Text(2), out var field) ? call.Return(field) : throw new UnsupportedScriptException($"posix.stat of '{call.Text(2)}'")
            : call.Return(fields);
    }

    private int Write(LuaCall call)
    {
        var node = machine.Tree.Find(machine.OpenForWriting(Absolute(call.Text(1)), append: true))!;
        machine.Tree.SetInode(node, node.Inode.WithContent(FileContent.Of(call.Bytes(2))) with { ModificationTime = machine.Time });
        return call.Return(true);
    }

    private int Rename(LuaCall call)
    {
        if (Find(call.Text(1)) is not { } source)
        {
            return call.ReturnError($"{call.Text(1)}: No such file or directory");
        }

        var target = Target(call.Text(2));
        if (machine.Tree.Find(ImagePath.Parent(target)) is not { Inode.IsDirectory: true } || ImagePath.IsWithin(target, source.Path))
        {
            return call.ReturnError($"{call.Text(2)}: No such file or directory");
        }

        if (machine.Tree.Find(target) is { } existing && (existing.Inode.IsDirectory != source.Inode.IsDirectory || existing.Children.Count > 0))
        {
            return call.ReturnError($"{call.Text(2)}: cannot be replaced");
        }

        machine.Tree.Remove(target);
        TreeMove.Move(machine.Tree, source, target);
        return call.Return(true);
    }

    private int Remove(LuaCall call, string function)
    {
        var path = call.Text(1);
        if (Find(path) is not { Parent: not null } node)
        {
            return call.ReturnError($"{path}: No such file or directory");
        }

        if (node.Children.Count > 0 || (function == "posix.unlink" && node.Inode.IsDirectory) || (function == "posix.rmdir" && !node.Inode.IsDirectory))
        {
            return call.ReturnError($"{path}: cannot be removed");
        }

        machine.Tree.Remove(node);
        return function == "os.remove" ? call.Return(true) : call.Return(0);
    }

    private int Change(LuaCall call, string path, Func<Inode, Inode> change)
    {
        if (Resolve(path) is not { } node)
        {
            return call.ReturnError($"{path}: No such file or directory");
        }

        machine.Tree.SetInode(node, change(node.Inode));
        return call.Return(0);
    }

    private int Make(LuaCall call, string path, Action make)
    {
        var target = Target(path);
        if (machine.Tree.Find(target) is not null)
        {
            return call.ReturnError($"{path}: File exists");
        }

        if (machine.Tree.Find(ImagePath.Parent(target)) is not { Inode.IsDirectory: true })
        {
            return call.ReturnError($"{path}: No such file or directory");
        }

        make();
        return call.Return(0);
    }

    private int ExecuteShell(LuaCall call)
    {
        if (!call.IsPresent(1))
        {
            return call.Return(true);
        }

        var status = new ShellInterpreter(machine, commands).Run(ShellParser.Parse(call.Text(1)), [], streams with { Input = ShellInput.Empty });
        return status == 0 ? call.Return(true, "exit", 0) : call.ReturnFailure("exit", status);
    }

    private int Execute(IReadOnlyList<string> words)
    {
        var command = new SimpleCommand([], [.. words.Select(word => new Word([new LiteralPart(word, true)]))], []);
        return new ShellInterpreter(machine, commands).Run(command, [], streams with { Input = ShellInput.Empty });
    }

    private FileNode? Resolve(string path) => machine.Tree.Resolve(Absolute(path));

    private FileNode? Find(string path) => machine.Tree.Resolve(Absolute(path), followLast: false);

    private string Target(string path) => machine.Tree.TryResolvePath(Absolute(path), followLast: false, out var resolved) ? resolved : Absolute(path);

    private static string Absolute(string path) => ScriptletMachine.Absolute("/", path);

    private FileOwner OwnerOf(string user, string group) =>
        machine.Accounts.TryResolveUser(user, out var uid) && machine.Accounts.TryResolveGroup(group, out var gid)
            ? new FileOwner(uid, gid)
            : throw new LuaHostException($"{user}:{group}: no such owner");

    // "0755", "755" as a number in octal, or "rwxr-xr-x", as rpm's mode_munch reads them.
    private static int ModeOf(string text, int before)
    {
        if (text.Length == 9 && text[0] is 'r' or '-')
        {
            return text.Aggregate(0, (mode, c) => (mode << 1) | (c == '-' ? 0 : 1));
        }

        return text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7')
            ? Convert.ToInt32(text, 8) & Inode.PermissionMask
            : throw new UnsupportedScriptException($"the mode '{text}' (it was {Convert.ToString(before, 8)})");
    }

    private static string ModeText(int mode)
    {
        var text = new StringBuilder(9);
        for (var bit = 8; bit >= 0; bit--)
        {
            text.Append((mode >> bit & 1) == 0 ? '-' : "xwr"[bit % 3]);
        }

        return text.ToString();
    }

    internal static string Format(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
