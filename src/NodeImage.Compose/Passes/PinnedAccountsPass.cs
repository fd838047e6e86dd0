using NodeImage.Compose.Accounts;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Gives accounts the numbers that the project pins. Those of a file are there before packages are, as rpm-ostree has it
/// (<c>check-passwd</c> and <c>check-groups</c> of the type <c>file</c>), so that packages' scripts find them.
/// </summary>
internal sealed class PinnedAccountsPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var pins = context.Definition.Tree.Pins;
        var accounts = context.Accounts;
        if (pins.GroupFile is { } groups)
        {
            foreach (var group in PinFiles.ReadGroups(groups, context.ProjectFolder).Where(group => accounts.FindGroup(group.Name) is null))
            {
                accounts.Add(group);
            }
        }

        if (pins.PasswdFile is { } users)
        {
            foreach (var user in PinFiles.ReadUsers(users, context.ProjectFolder).Where(user => accounts.FindUser(user.Name) is null))
            {
                accounts.Add(user);
            }
        }

        accounts.Pin(pins.Users.ToDictionary(user => user.Name, user => user.Uid, StringComparer.Ordinal), pins.Groups.ToDictionary(group => group.Name, group => group.Gid, StringComparer.Ordinal));
    }
}

/// <summary>Sees to it that all accounts have the numbers that the project pins, and that none has gone: rpm-ostree's check of <c>passwd(5)</c> and <c>group(5)</c>.</summary>
internal sealed class PinnedAccountsCheck : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var pins = context.Definition.Tree.Pins;
        var (users, groups) = (context.Accounts.Users, context.Accounts.Groups);
        if (pins.PasswdFile is { } passwd)
        {
            Check(context, new ItemReference("PasswdFile", passwd.Path), "user", "ignore-removed-users", PinFiles.ReadUsers(passwd, context.ProjectFolder).Select(user => (user.Name, user.Uid)), name => users.FirstOrDefault(user => user.Name == name)?.Uid);
        }

        if (pins.GroupFile is { } group)
        {
            Check(context, new ItemReference("GroupFile", group.Path), "group", "ignore-removed-groups", PinFiles.ReadGroups(group, context.ProjectFolder).Select(entry => (entry.Name, entry.Gid)), name => groups.FirstOrDefault(entry => entry.Name == name)?.Gid);
        }

        foreach (var user in pins.Users)
        {
            Check(context, new ItemReference("PinnedUser", user.Name), "user", "ignore-removed-users", [(user.Name, user.Uid)], name => users.FirstOrDefault(other => other.Name == name)?.Uid);
        }

        foreach (var one in pins.Groups)
        {
            Check(context, new ItemReference("PinnedGroup", one.Name), "group", "ignore-removed-groups", [(one.Name, one.Gid)], name => groups.FirstOrDefault(other => other.Name == name)?.Gid);
        }
    }

    private static void Check(ComposeContext context, ItemReference subject, string kind, string ignoringField, IEnumerable<(string Name, uint Id)> pinned, Func<string, uint?> actual)
    {
        var ignored = (context.Definition.Tree.Fields.GetValueOrDefault(ignoringField) ?? "").Split(';');
        foreach (var (name, id) in pinned)
        {
            if (actual(name) is not { } number)
            {
                if (!ignored.Contains(name, StringComparer.Ordinal) && !ignored.Contains("*", StringComparer.Ordinal))
                {
                    throw AccountDiagnostics.PinnedMissing.Error(subject, kind, name, ignoringField);
                }
            }
            else if (number != id)
            {
                throw AccountDiagnostics.NumberDiffers.Error(subject, kind, name, id, number);
            }
        }
    }
}
