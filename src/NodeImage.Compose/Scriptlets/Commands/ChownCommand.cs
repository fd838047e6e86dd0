using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>chown</c> and <c>chgrp</c>. As on Linux, changing an owner takes away setuid, setgid and capabilities of a file.</summary>
internal sealed class ChownCommand : IScriptletCommand
{
    private const int SetIdBits = 0b110_000_000_000;
    private const string Capability = "security.capability";

    public IReadOnlyList<string> Names { get; } = ["chown", "chgrp"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["R=recursive", "f=silent=quiet", "h=no-dereference", "v=verbose", "c=changes"], []);
        if (options.Operands is not [var owner, _, ..] || options.Operands[1..] is not { } files)
        {
            return call.Fail(1, "missing operand");
        }

        var (user, group) = Split(call.Name.EndsWith("chgrp", StringComparison.Ordinal) ? ":" + owner : owner);
        var (uid, gid) = (0u, 0u);
        if ((user is not null && !call.Machine.Accounts.TryResolveUser(user, out uid)) || (group is not null && !call.Machine.Accounts.TryResolveGroup(group, out gid)))
        {
            return call.Fail(1, $"invalid user or group: '{owner}'");
        }

        if (user is not null && group is null && owner[^1] is ':' or '.')
        {
            // With nothing after the colon, it is the user's own group.
            group = user;
            gid = call.Machine.Accounts.Users.FirstOrDefault(account => account.Uid == uid)?.Gid ?? throw call.Unsupported(owner);
        }

        var status = 0;
        foreach (var file in files)
        {
            if (call.Tree.Resolve(call.Path(file), followLast: !options.Has("h") && !options.Has("R")) is not { } node)
            {
                status = call.Fail(1, $"cannot access '{file}': No such file or directory");
                continue;
            }

            foreach (var one in options.Has("R") ? FileTree.Walk(node).ToList() : [node])
            {
                Change(call, one, user is null ? null : uid, group is null ? null : gid);
            }
        }

        return status;
    }

    private static (string? User, string? Group) Split(string owner)
    {
        var separator = owner.IndexOf(':', StringComparison.Ordinal);
        separator = separator < 0 ? owner.IndexOf('.', StringComparison.Ordinal) : separator;
        return separator < 0
            ? (owner, null)
            : (separator == 0 ? null : owner[..separator], separator == owner.Length - 1 ? null : owner[(separator + 1)..]);
    }

    private static void Change(CommandCall call, FileNode node, uint? uid, uint? gid)
    {
        var inode = node.Inode;
        var owner = inode.Owner;
        owner = uid is { } user ? owner with { Uid = user, UserName = null } : owner;
        owner = gid is { } group ? owner with { Gid = group, GroupName = null } : owner;
        var mode = inode.IsRegular && (inode.Mode & 0b001_001_001) != 0 ? inode.Mode & ~SetIdBits : inode.Mode;
        call.Tree.SetInode(node, inode with { Owner = owner, Mode = mode, Xattrs = inode.IsRegular ? inode.Xattrs.Remove(Capability) : inode.Xattrs });
    }
}
