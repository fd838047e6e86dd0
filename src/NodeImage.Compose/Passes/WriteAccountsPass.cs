using NodeImage.Compose.Accounts;

namespace NodeImage.Compose.Passes;

/// <summary>Moves accounts to the files that they belong to, and writes the files.</summary>
internal sealed class WriteAccountsPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var inherited = context.Base is null ? null : new AccountDatabase(context.Base);
        var names = inherited is null
            ? []
            : inherited.Users.Select(user => user.Name).Concat(inherited.Groups.Select(group => group.Name)).ToHashSet(StringComparer.Ordinal);
        AccountPlacement.Apply(context.Accounts, names.Contains, context.Definition.Tree.EtcGroups);
        context.Accounts.Write(context.Time);
    }
}
