using System.Globalization;
using NodeImage.Compose.Accounts;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>id</c>, of the user that scriptlets run as, or of another.</summary>
internal sealed class IdCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["id"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["u=user", "g=group", "n=name"], []);
        if (options.Operands is not [var name])
        {
            call.Streams.Output.WriteLine(options.Operands.Count > 0 || !(options.Has("u") ^ options.Has("g")) ? throw call.Unsupported("this kind") : options.Has("n") ? "root" : "0");
            return 0;
        }

        if (char.IsAsciiDigit(name.FirstOrDefault('0')) || (options.Has("u") && options.Has("g")))
        {
            throw call.Unsupported(name);
        }

        if (call.Machine.Accounts.FindUser(name) is not { } user)
        {
            return call.Fail(1, $"'{name}': no such user");
        }

        var number = (options.Has("u") ? user.Uid : user.Gid).ToString(CultureInfo.InvariantCulture);
        call.Streams.Output.WriteLine((options.Has("u"), options.Has("g"), options.Has("n")) switch
        {
            (false, false, false) => Everything(call, user),
            (false, false, true) => throw call.Unsupported("-n"),
            (true, _, true) => user.Name,
            (_, true, true) => GroupName(call, user.Gid) ?? throw call.Unsupported(number),
            _ => number,
        });
        return 0;
    }

    private static string Everything(CommandCall call, UserAccount user)
    {
        var accounts = call.Machine.Accounts;
        if (accounts.RequestedMemberships.Any(membership => membership.User == user.Name))
        {
            throw call.Unsupported("groups that are yet to be joined");
        }

        var further = accounts.Groups.Where(group => group.Gid != user.Gid && group.Members.Contains(user.Name)).Select(group => group.Gid).Order();
        return $"uid={Describe(user.Uid, user.Name)} gid={Describe(user.Gid, GroupName(call, user.Gid))} groups={string.Join(',', further.Prepend(user.Gid).Select(gid => Describe(gid, GroupName(call, gid))))}";
    }

    private static string Describe(uint id, string? name) => name is null ? $"{id}" : $"{id}({name})";

    private static string? GroupName(CommandCall call, uint gid) => call.Machine.Accounts.Groups.FirstOrDefault(group => group.Gid == gid)?.Name;
}
