using System.Globalization;
using NodeImage.Compose.Accounts;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>groupadd(8)</c> for system groups.</summary>
internal sealed class GroupaddCommand : IScriptletCommand
{
    private const int NameInUse = 9;
    private const int GidInUse = 4;

    public IReadOnlyList<string> Names { get; } = ["groupadd"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["r=system", "f=force", "o=non-unique"], ["g=gid"]);
        if (options.Operands is not [var name])
        {
            return call.Fail(2, "one name is wanted");
        }

        var accounts = call.Machine.Accounts;
        if (accounts.FindGroup(name) is not null)
        {
            return options.Has("f") ? 0 : call.Fail(NameInUse, $"group '{name}' already exists");
        }

        if (!AccountText.IsName(name))
        {
            return call.Fail(3, $"'{name}' is not a valid group name");
        }

        if (options.Value("g") is { } wanted)
        {
            if (!uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var gid))
            {
                return call.Fail(3, $"invalid group ID '{wanted}'");
            }

            var taken = accounts.Groups.Any(group => group.Gid == gid);
            if (!taken || options.Has("o"))
            {
                accounts.Add(new GroupAccount(name, gid, [], AccountPlace.Etc));
                return 0;
            }

            // With -f a number that is taken is given up, and another is chosen.
            if (!options.Has("f"))
            {
                return call.Fail(GidInUse, $"GID '{gid}' already exists");
            }
        }

        if (!options.Has("r"))
        {
            throw call.Unsupported("a group that is no system group");
        }

        accounts.Add(new GroupAccount(name, accounts.PinnedGroup(name) ?? IdAllocator.BelowLowestGid(accounts) ?? throw AccountDiagnostics.RangeExhausted.Error(null, name), [], AccountPlace.Etc));
        return 0;
    }
}
