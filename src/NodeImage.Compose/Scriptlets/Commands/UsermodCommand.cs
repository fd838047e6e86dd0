namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>
/// <c>usermod(8)</c>. A membership is noted and carried out when all accounts are known: the tool itself changes
/// <c>/etc/group</c> only, and says nothing where the group stands in <c>/usr/lib/group</c>.
/// </summary>
internal sealed class UsermodCommand : IScriptletCommand
{
    private const int NoSuchUserOrGroup = 6;

    public IReadOnlyList<string> Names { get; } = ["usermod"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["a=append"], ["c=comment", "d=home", "g=gid", "G=groups", "s=shell"]);
        if (options.Operands is not [var name])
        {
            return call.Fail(2, "one name is wanted");
        }

        var accounts = call.Machine.Accounts;
        if (accounts.FindUser(name) is not { } user)
        {
            return call.Fail(NoSuchUserOrGroup, $"user '{name}' does not exist");
        }

        if (options.Value("G") is { } groups)
        {
            if (!options.Has("a"))
            {
                throw call.Unsupported("-G");
            }

            foreach (var group in groups.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (accounts.FindGroup(group) is null)
                {
                    return call.Fail(NoSuchUserOrGroup, $"group '{group}' does not exist");
                }

                accounts.RequestMembership(name, group);
            }
        }

        if (AccountText.FindFault(options.Value("c"), options.Value("d"), options.Value("s")) is { } fault)
        {
            return call.Fail(3, $"invalid field '{fault}'");
        }

        var gid = user.Gid;
        if (options.Value("g") is { } primary && !accounts.TryResolveGroup(primary, out gid))
        {
            return call.Fail(NoSuchUserOrGroup, $"group '{primary}' does not exist");
        }

        accounts.Replace(user with
        {
            Gid = gid,
            Comment = options.Value("c") ?? user.Comment,
            Home = options.Value("d") ?? user.Home,
            Shell = options.Value("s") ?? user.Shell,
        });
        return 0;
    }
}
