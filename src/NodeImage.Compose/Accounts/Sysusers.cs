using System.Globalization;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>Makes the accounts that <c>sysusers.d(5)</c> files declare, in the order in which systemd makes them.</summary>
internal static class Sysusers
{
    private static readonly string[] Folders = ["/etc/sysusers.d", "/run/sysusers.d", "/usr/local/lib/sysusers.d", "/usr/lib/sysusers.d"];

    /// <summary>The lines of all files of an image, a file in an earlier folder hiding one of the same name in a later.</summary>
    public static IEnumerable<SysusersLine> ReadAll(FileTree tree) => Folders
        .SelectMany(folder => tree.Resolve(folder)?.Children ?? [])
        .Where(node => node.Name.EndsWith(".conf", StringComparison.Ordinal))
        .DistinctBy(node => node.Name, StringComparer.Ordinal)
        .OrderBy(node => node.Name, StringComparer.Ordinal)
        .SelectMany(node => tree.Resolve(node.Path)?.Inode.Content is { } content ? SysusersLine.Parse(content.ReadText()) : []);

    /// <summary>Makes what is declared and not there yet.</summary>
    public static void Apply(AccountDatabase accounts, FileTree tree, IEnumerable<SysusersLine> lines)
    {
        var all = lines.ToList();

        // All groups come before all users; a membership declares both of its sides, each after those declared by themselves.
        foreach (var line in all.Where(line => line.Type == 'g'))
        {
            EnsureGroup(accounts, tree, line.Name, line.Id);
        }

        foreach (var line in all.Where(line => line is { Type: 'm', Id: not null } && !all.Exists(user => user.Type == 'u' && user.Name == line.Id)))
        {
            EnsureGroup(accounts, tree, line.Id!, null);
        }

        foreach (var line in all.Where(line => line.Type == 'u'))
        {
            EnsureUser(accounts, tree, line);
        }

        foreach (var line in all.Where(line => line is { Type: 'm', Id: not null }))
        {
            EnsureUser(accounts, tree, new SysusersLine('u', line.Name, null, null, null, null));
            EnsureGroup(accounts, tree, line.Id!, null);
            accounts.RequestMembership(line.Name, line.Id!);
        }
    }

    private static uint EnsureGroup(AccountDatabase accounts, FileTree tree, string name, string? id)
    {
        if (accounts.FindGroup(name) is { } existing)
        {
            return existing.Gid;
        }

        var wanted = accounts.PinnedGroup(name) ?? Wanted(tree, id, owner => owner.Gid);
        var gid = wanted is { } number && accounts.Groups.All(group => group.Gid != number)
            ? number
            : IdAllocator.HighestFree(accounts, asUser: false) ?? throw Full(name);
        accounts.Add(new GroupAccount(name, gid, [], AccountPlace.Etc));
        return gid;
    }

    private static void EnsureUser(AccountDatabase accounts, FileTree tree, SysusersLine line)
    {
        if (accounts.FindUser(line.Name) is not null)
        {
            return;
        }

        var colon = line.Id?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var group = colon >= 0 ? line.Id![(colon + 1)..] : null;
        var wanted = accounts.PinnedUser(line.Name) ?? Wanted(tree, colon >= 0 ? line.Id![..colon] : line.Id, owner => owner.Uid);
        uint uid;
        if (wanted is { } number && accounts.Users.All(user => user.Uid != number))
        {
            uid = number;
        }
        else if (group is null && accounts.FindGroup(line.Name) is { } own && accounts.Users.All(user => user.Uid != own.Gid))
        {
            uid = own.Gid;
        }
        else
        {
            uid = IdAllocator.HighestFree(accounts, asUser: true) ?? throw Full(line.Name);
        }

        var gid = group is null ? EnsureGroup(accounts, tree, line.Name, uid.ToString(CultureInfo.InvariantCulture))
            : accounts.TryResolveGroup(group, out var found) ? found
            : EnsureGroup(accounts, tree, group, null);
        var shell = line.Shell ?? (uid == 0 ? "/bin/sh" : "/usr/sbin/nologin");
        accounts.Add(new UserAccount(line.Name, uid, gid, line.Comment ?? "", line.Home ?? (uid == 0 ? "/root" : "/"), shell, AccountPlace.Etc));
    }

    private static uint? Wanted(FileTree tree, string? id, Func<FileOwner, uint> ofOwner)
    {
        if (id is null)
        {
            return null;
        }

        if (id.StartsWith('/'))
        {
            return tree.Resolve(id) is { Inode.Owner: { IsResolved: true } owner } ? ofOwner(owner) : null;
        }

        return uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static Core.Diagnostics.DiagnosticException Full(string name) => AccountDiagnostics.RangeExhausted.Error(null, name);
}
