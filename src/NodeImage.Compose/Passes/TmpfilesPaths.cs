using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>The paths that an image's <c>tmpfiles.d(5)</c> files speak of already: systemd warns of a path that two lines make.</summary>
internal static class TmpfilesPaths
{
    private static readonly string[] Folders = ["/etc/tmpfiles.d", "/usr/lib/tmpfiles.d"];

    public static HashSet<string> Read(FileTree tree)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in Folders.SelectMany(folder => tree.Resolve(folder)?.Children ?? []).Where(node => node.Name.EndsWith(".conf", StringComparison.Ordinal)))
        {
            foreach (var line in (tree.Resolve(node.Path)?.Inode.Content?.ReadText() ?? "").Split('\n'))
            {
                var words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 2 && words[0][0] is 'd' or 'D' or 'v' or 'q' or 'Q' or 'L' or 'C' or 'f' or 'F' or 'p')
                {
                    paths.Add(words[1].Trim('"').TrimEnd('/'));
                }
            }
        }

        return paths;
    }
}
