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
        foreach (var (user, group) in accounts.RequestedMemberships)
        {
            foreach (var line in accounts.Groups.Where(other => other.Name == group && !other.Members.Contains(user)).ToList())
            {
                accounts.Replace(line with { Members = [.. line.Members, user] });
            }
        }

        accounts.ForgetMemberships();
    }
}
