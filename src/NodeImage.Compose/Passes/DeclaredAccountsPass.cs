using NodeImage.Compose.Accounts;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Makes the accounts that the project declares. It runs before packages are installed, so that their scripts find the
/// accounts, numbers and all.
/// </summary>
internal sealed class DeclaredAccountsPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var accounts = context.Accounts;
        foreach (var group in context.Definition.Groups)
        {
            Declare(accounts, new ItemReference("SystemGroup", group.Name), group.Name, group.Gid);
        }

        foreach (var user in context.Definition.Users)
        {
            var subject = new ItemReference("SystemUser", user.Name);
            if (accounts.FindUser(user.Name) is { } existing)
            {
                if (user.Uid is { } wanted && wanted != existing.Uid)
                {
                    throw AccountDiagnostics.NumberDiffers.Error(subject, "user", user.Name, wanted, existing.Uid);
                }

                continue;
            }

            if (user.Uid is { } uid && accounts.Users.FirstOrDefault(other => other.Uid == uid) is { } owner)
            {
                throw AccountDiagnostics.NumberTaken.Error(subject, "user", user.Name, uid, owner.Name);
            }

            var id = user.Uid ?? accounts.PinnedUser(user.Name) ?? IdAllocator.HighestFree(accounts, asUser: true) ?? throw AccountDiagnostics.RangeExhausted.Error(subject, user.Name);
            var gid = user.Group is { } group
                ? accounts.FindGroup(group)?.Gid ?? throw AccountDiagnostics.UnknownMember.Error(subject, user.Name, group, "such group")
                : Declare(accounts, subject, user.Name, accounts.Groups.Any(other => other.Gid == id) ? null : id);
            accounts.Add(new UserAccount(user.Name, id, gid, "", user.Home ?? "/", user.Shell ?? "/usr/sbin/nologin", AccountPlace.Etc));
        }
    }

    private static uint Declare(AccountDatabase accounts, ItemReference subject, string name, uint? gid)
    {
        if (accounts.FindGroup(name) is { } existing)
        {
            return gid is null || gid == existing.Gid ? existing.Gid : throw AccountDiagnostics.NumberDiffers.Error(subject, "group", name, gid, existing.Gid);
        }

        if (gid is not null && accounts.Groups.FirstOrDefault(other => other.Gid == gid) is { } owner)
        {
            throw AccountDiagnostics.NumberTaken.Error(subject, "group", name, gid, owner.Name);
        }

        var number = gid ?? accounts.PinnedGroup(name) ?? IdAllocator.HighestFree(accounts, asUser: false) ?? throw AccountDiagnostics.RangeExhausted.Error(subject, name);
        accounts.Add(new GroupAccount(name, number, [], AccountPlace.Etc));
        return number;
    }
}
