using NodeImage.Compose.Accounts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>Puts numbers in the place of the names that files' owners still have, by the image's own accounts.</summary>
internal sealed class ResolveOwnersPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var users = new Dictionary<string, uint>(StringComparer.Ordinal);
        var groups = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var node in context.Tree.Walk().Where(node => !node.Inode.Owner.IsResolved).ToList())
        {
            var owner = node.Inode.Owner;
            var uid = owner.UserName is { } user ? Resolve(users, user, "user", node, context.Accounts.TryResolveUser) : owner.Uid;
            var gid = owner.GroupName is { } group ? Resolve(groups, group, "group", node, context.Accounts.TryResolveGroup) : owner.Gid;
            context.Tree.SetInode(node, node.Inode with { Owner = new FileOwner(uid, gid) });
        }
    }

    private delegate bool Lookup(string name, out uint id);

    private static uint Resolve(Dictionary<string, uint> known, string name, string kind, FileNode node, Lookup lookup)
    {
        if (known.TryGetValue(name, out var id))
        {
            return id;
        }

        if (!lookup(name, out id))
        {
            throw AccountDiagnostics.UnknownOwner.Error(null, kind, name, node.Path, node.Inode.Origin ?? "the project");
        }

        known.Add(name, id);
        return id;
    }
}
