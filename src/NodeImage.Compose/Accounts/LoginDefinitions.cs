using System.Globalization;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>The ranges from which numbers for system accounts are taken: <c>login.defs(5)</c>.</summary>
/// <param name="SystemUidMin">The lowest user number for system accounts.</param>
/// <param name="SystemUidMax">The highest.</param>
/// <param name="SystemGidMin">The lowest group number for system accounts.</param>
/// <param name="SystemGidMax">The highest.</param>
internal sealed record LoginDefinitions(uint SystemUidMin, uint SystemUidMax, uint SystemGidMin, uint SystemGidMax)
{
    private const string Path = "/etc/login.defs";

    // What shadow-utils and systemd take where the file says nothing; RHEL's file says 201 and 999.
    private const uint DefaultMin = 101;
    private const uint DefaultMax = 999;

    public static LoginDefinitions Read(FileTree tree)
    {
        var values = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var line in tree.Resolve(Path)?.Inode.Content?.ReadText().Split('\n') ?? [])
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                values[words[0]] = number;
            }
        }

        return new LoginDefinitions(
            values.GetValueOrDefault("SYS_UID_MIN", DefaultMin),
            values.GetValueOrDefault("SYS_UID_MAX", DefaultMax),
            values.GetValueOrDefault("SYS_GID_MIN", DefaultMin),
            values.GetValueOrDefault("SYS_GID_MAX", DefaultMax));
    }
}
