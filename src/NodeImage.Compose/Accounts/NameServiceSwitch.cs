using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>What an image's <c>nsswitch.conf(5)</c> says of accounts.</summary>
internal static class NameServiceSwitch
{
    public const string Path = "/etc/nsswitch.conf";

    /// <summary>Whether users and groups are looked up in <c>/usr/lib</c> too.</summary>
    public static bool UsesAltFiles(FileTree tree)
    {
        var text = tree.Resolve(Path)?.Inode.Content?.ReadText() ?? "";
        return Services(text, "passwd").Contains("altfiles") && Services(text, "group").Contains("altfiles");
    }

    private static string[] Services(string text, string database)
    {
        foreach (var line in text.Split('\n'))
        {
            var parts = line.Split('#')[0].Split(':', 2);
            if (parts.Length == 2 && parts[0].Trim() == database)
            {
                return parts[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return [];
    }
}
