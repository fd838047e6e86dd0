using NodeImage.Compose.Accounts;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>Asks for the memberships that the project declares. It runs when packages have made their accounts.</summary>
internal sealed class DeclaredMembersPass : IComposePass
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
    }

    private static void Require(object? account, ItemReference subject, string user, string group, string missing)
    {
        if (account is null)
        {
            throw AccountDiagnostics.UnknownMember.Error(subject, user, group, missing);
        }
    }
}
