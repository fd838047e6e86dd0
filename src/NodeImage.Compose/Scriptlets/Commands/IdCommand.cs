using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>id</c>, as far as scriptlets ask whether a user exists, and for its number.</summary>
internal sealed class IdCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["id"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["u=user", "g=group", "n=name"], []);
        if (options.Operands is not [var name])
        {
            call.Streams.Output.WriteLine(options.Has("n") ? "root" : "0");
            return 0;
        }

        if (call.Machine.Accounts.FindUser(name) is not { } user)
        {
            return call.Fail(1, $"'{name}': no such user");
        }

        if (options.Has("n") || (!options.Has("u") && !options.Has("g")))
        {
            // The long form lists groups, which may still be wanting; only its status is used.
            call.Streams.Output.WriteLine(options.Has("n") ? user.Name : $"uid={user.Uid}({user.Name}) gid={user.Gid}");
            return 0;
        }

        call.Streams.Output.WriteLine((options.Has("u") ? user.Uid : user.Gid).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
