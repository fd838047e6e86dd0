using System.Globalization;
using NodeImage.Compose.Accounts;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>useradd(8)</c> for system users.</summary>
internal sealed class UseraddCommand : IScriptletCommand
{
    private const int UidInUse = 4;
    private const int NoSuchGroup = 6;
    private const int NameInUse = 9;

    public IReadOnlyList<string> Names { get; } = ["useradd"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(
            call,
            ["r=system", "M=no-create-home", "N=no-user-group", "U=user-group", "l=no-log-init", "o=non-unique"],
            ["c=comment", "d=home-dir=home", "g=gid", "G=groups", "s=shell", "u=uid"]);
        if (options.Operands is not [var name])
        {
            return call.Fail(2, "one name is wanted");
        }

        var accounts = call.Machine.Accounts;
        if (accounts.FindUser(name) is not null)
        {
            return call.Fail(NameInUse, $"user '{name}' already exists");
        }

        if (!AccountText.IsName(name) || AccountText.FindFault(options.Value("c"), options.Value("d"), options.Value("s")) is not null)
        {
            return call.Fail(3, $"invalid name or field of '{name}'");
        }

        if (!options.Has("r") && !options.Has("u"))
        {
            throw call.Unsupported("a user that is no system user");
        }

        if (!TryChooseUid(call, options, out var uid, out var status))
        {
            return status;
        }

        if (!TryChooseGroup(call, options, name, uid, out var gid, out status))
        {
            return status;
        }

        foreach (var group in options.Value("G")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (accounts.FindGroup(group) is null)
            {
                return call.Fail(NoSuchGroup, $"group '{group}' does not exist");
            }

            accounts.RequestMembership(name, group);
        }

        var home = options.Value("d") ?? $"/home/{name}";
        var shell = options.Value("s") ?? "/bin/bash";
        accounts.Add(new UserAccount(name, uid, gid, options.Value("c") ?? "", home, shell, AccountPlace.Etc));
        return 0;
    }

    private static bool TryChooseUid(CommandCall call, CommandLineOptions options, out uint uid, out int status)
    {
        var accounts = call.Machine.Accounts;
        status = 0;
        if (options.Value("u") is not { } wanted)
        {
            uid = accounts.PinnedUser(options.Operands[0]) ?? IdAllocator.BelowLowestUid(accounts) ?? throw AccountDiagnostics.RangeExhausted.Error(null, options.Operands[0]);
            return true;
        }

        if (!uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out uid))
        {
            status = call.Fail(3, $"invalid user ID '{wanted}'");
            return false;
        }

        var number = uid;
        if (!options.Has("o") && accounts.Users.Any(user => user.Uid == number))
        {
            status = call.Fail(UidInUse, $"UID {uid} is not unique");
            return false;
        }

        return true;
    }

    private static bool TryChooseGroup(CommandCall call, CommandLineOptions options, string name, uint uid, out uint gid, out int status)
    {
        var accounts = call.Machine.Accounts;
        (gid, status) = (0, 0);
        if (options.Value("g") is { } wanted)
        {
            if (accounts.TryResolveGroup(wanted, out gid) && accounts.Groups.Any(group => group.Gid == Gid(accounts, wanted)))
            {
                return true;
            }

            status = call.Fail(NoSuchGroup, $"group '{wanted}' does not exist");
            return false;
        }

        if (options.Has("N"))
        {
            gid = 100;
            return true;
        }

        if (accounts.FindGroup(name) is not null)
        {
            status = call.Fail(NameInUse, $"group {name} exists - if you want to add this user to that group, use -g.");
            return false;
        }

        // The user's own group has the user's number where that is free.
        gid = accounts.Groups.Any(group => group.Gid == uid)
            ? IdAllocator.BelowLowestGid(accounts) ?? throw AccountDiagnostics.RangeExhausted.Error(null, name)
            : uid;
        accounts.Add(new GroupAccount(name, gid, [], AccountPlace.Etc));
        return true;
    }

    private static uint Gid(AccountDatabase accounts, string group) => accounts.TryResolveGroup(group, out var gid) ? gid : uint.MaxValue;
}
