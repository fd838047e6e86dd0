using System.Globalization;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>getent passwd</c> and <c>getent group</c>: what the image's own name service would answer.</summary>
internal sealed class GetentCommand : IScriptletCommand
{
    private const int NotFound = 2;

    public IReadOnlyList<string> Names { get; } = ["getent"];

    public int Run(CommandCall call)
    {
        if (call.Arguments is not [var database, .. var keys] || database is not ("passwd" or "group"))
        {
            throw call.Unsupported(string.Join(' ', call.Arguments));
        }

        var accounts = call.Machine.Accounts;
        var lines = database == "passwd"
            ? Select(keys, accounts.Users, user => user.Name, user => user.Uid)
            : Select(keys, accounts.Groups, group => group.Name, group => group.Gid);
        if (accounts.RequestedMemberships.Count > 0 && database == "group" && (keys.Count == 0 || accounts.RequestedMemberships.Any(membership => keys.Contains(membership.Group))))
        {
            // They are carried out later, and would be missing here.
            throw call.Unsupported("members that are yet to be added");
        }

        lines.OfType<string>().ToList().ForEach(call.Streams.Output.WriteLine);
        return lines.Contains(null) ? NotFound : 0;
    }

    private static List<string?> Select<T>(List<string> keys, IReadOnlyList<T> entries, Func<T, string> name, Func<T, uint> number)
        where T : class => keys.Count == 0
        ? [.. entries.Select(entry => entry.ToString())]
        : [.. keys.Select(key => entries.FirstOrDefault(entry =>
            name(entry) == key || (uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && number(entry) == id))?.ToString())];
}
