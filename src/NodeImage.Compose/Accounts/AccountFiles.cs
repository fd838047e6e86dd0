using System.Globalization;
using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>Reads and writes the files that hold accounts: <c>passwd(5)</c>, <c>group(5)</c>, <c>shadow(5)</c>, <c>gshadow(5)</c>.</summary>
internal static class AccountFiles
{
    public static readonly string[] All = ["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow", "/usr/lib/passwd", "/usr/lib/group"];

    private const int PublicMode = 0b110_100_100;
    private const int SecretMode = 0;

    public static string PasswdPath(AccountPlace place) => place == AccountPlace.Etc ? "/etc/passwd" : "/usr/lib/passwd";

    public static string GroupPath(AccountPlace place) => place == AccountPlace.Etc ? "/etc/group" : "/usr/lib/group";

    public static IEnumerable<UserAccount> ReadUsers(FileTree tree, AccountPlace place)
    {
        foreach (var fields in ReadLines(tree, PasswdPath(place)))
        {
            if (fields.Length >= 7 && TryNumber(fields[2], out var uid) && TryNumber(fields[3], out var gid))
            {
                yield return new UserAccount(fields[0], uid, gid, fields[4], fields[5], fields[6], place) { Password = fields[1] };
            }
        }
    }

    public static IEnumerable<GroupAccount> ReadGroups(FileTree tree, AccountPlace place)
    {
        foreach (var fields in ReadLines(tree, GroupPath(place)))
        {
            if (fields.Length >= 4 && TryNumber(fields[2], out var gid))
            {
                var members = fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                yield return new GroupAccount(fields[0], gid, members, place) { Password = fields[1] };
            }
        }
    }

    public static List<string> ReadShadow(FileTree tree, string path) => [.. ReadLines(tree, path).Select(fields => string.Join(':', fields))];

    /// <summary>Writes a file unless it has those lines already. A file that is missing and would be empty is not made.</summary>
    public static void Write(FileTree tree, string path, IEnumerable<string> lines, long time)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        path = tree.TryResolvePath(path, followLast: true, out var resolved) ? resolved : path;
        var node = tree.Find(path);
        if (node is null && text.Length == 0)
        {
            return;
        }

        if (node?.Inode.Content is { } before && before.Length == Encoding.UTF8.GetByteCount(text) && before.ReadText() == text)
        {
            return;
        }

        var mode = path.EndsWith("shadow", StringComparison.Ordinal) ? SecretMode : PublicMode;
        var inode = node?.Inode ?? Inode.Regular(FileContent.Of(""), mode);
        tree.Put(path, inode.WithContent(FileContent.Of(text)) with { ModificationTime = time });
    }

    private static IEnumerable<string[]> ReadLines(FileTree tree, string path)
    {
        if (tree.Resolve(path)?.Inode.Content is not { } content)
        {
            yield break;
        }

        foreach (var line in content.ReadText().Split('\n'))
        {
            // Names that begin with + or - call in NIS, which an image has no business with.
            if (line.Length > 0 && line[0] is not ('#' or '+' or '-'))
            {
                yield return line.Split(':');
            }
        }
    }

    private static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
