using NodeImage.Compose.Accounts;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Carries out the memberships that scripts and items ask for, in every file that the group stands in. The system's own
/// <c>usermod -a -G</c> changes <c>/etc/group</c> only, and a group of the base stands in <c>/usr/lib/group</c>.
/// </summary>
internal sealed class MembershipPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var accounts = context.Accounts;
        foreach (var member in context.Definition.Members)
        {
            var subject = new ItemReference("GroupMember", member.User);
            Require(accounts.FindUser(member.User), subject, member.User, member.Group, "such user");
            Require(accounts.FindGroup(member.Group), subject, member.User, member.Group, "such group");
            accounts.RequestMembership(member.User, member.Group);
        }

        foreach (var (user, group) in accounts.RequestedMemberships)
        {
            foreach (var line in accounts.Groups.Where(other => other.Name == group && !other.Members.Contains(user)).ToList())
            {
                accounts.Replace(line with { Members = [.. line.Members, user] });
            }
        }

        accounts.ForgetMemberships();
    }

    private static void Require(object? account, ItemReference subject, string user, string group, string missing)
    {
        if (account is null)
        {
            throw AccountDiagnostics.UnknownMember.Error(subject, user, group, missing);
        }
    }
}
