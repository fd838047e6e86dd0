using System.Globalization;
using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Says in <c>tmpfiles.d(5)</c> what packages expect in <c>/var</c>. A machine takes <c>/var</c> from the image it is
/// installed from and never again; what a later image brings must be made when it boots.
/// </summary>
/// <remarks>
/// Folders and links stay in <c>/var</c> as well, so that the image is complete as a container. Files move to
/// <c>/usr/share/factory</c>, from where they are copied where they are missing.
/// </remarks>
internal sealed class VarContentPass : IComposePass
{
    private const string TmpfilesFolder = "/usr/lib/tmpfiles.d";
    private const string Factory = "/usr/share/factory";

    // Made by systemd's own tmpfiles, or links into /run that every system has.
    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal) { "/var", "/var/run", "/var/lock" };

    public void Apply(ComposeContext context)
    {
        var tree = context.Tree;
        if (tree.Find("/var") is not { Inode.IsDirectory: true } var)
        {
            return;
        }

        var declared = TmpfilesPaths.Read(tree);
        var lines = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var node in FileTree.Walk(var).ToList())
        {
            // A file is moved, and has no path any more then.
            var path = node.Path;
            if (AlwaysThere.Contains(path) || IsUnchanged(context.Base, node) || Describe(context, node, path) is not { } line)
            {
                continue;
            }

            if (!declared.Contains(path))
            {
                var file = FileFor(context, node.Inode.Origin);
                lines.TryAdd(file, new StringBuilder());
                lines[file].Append(line).Append('\n');
            }
        }

        foreach (var (file, text) in lines)
        {
            // A package of the base that is updated adds to what the base says of it.
            context.WriteText(file, (context.Tree.Find(file)?.Inode.Content?.ReadText() ?? "") + text);
        }
    }

    private static bool IsUnchanged(FileTree? below, FileNode node) =>
        below?.Find(node.Path) is { } other && other.Inode.Type == node.Inode.Type && other.Inode.Mode == node.Inode.Mode && other.Inode.Owner == node.Inode.Owner;

    private static string? Describe(ComposeContext context, FileNode node, string path)
    {
        var inode = node.Inode;
        var owner = inode.Owner;
        var user = owner.UserName ?? NameOf(context, owner.Uid);
        var group = owner.GroupName ?? NameOfGroup(context, owner.Gid);
        switch (inode.Type)
        {
            case FileType.Directory:
                return $"d {Escape(path)} {Octal(inode.Mode)} {user} {group} - -";
            case FileType.SymbolicLink:
                return $"L {Escape(path)} - - - - {inode.LinkTarget!.Replace("%", "%%", StringComparison.Ordinal)}";
            case FileType.Regular:
                context.Tree.Put(Factory + path, inode);
                context.Tree.Remove(node);
                return $"C {Escape(path)} {Octal(inode.Mode)} {user} {group} - -";
            default:
                return null;
        }
    }

    private static string FileFor(ComposeContext context, string? origin) => origin is not null && Rpm.Versions.Nevra.TryParse(origin, out var nevra)
        ? $"{TmpfilesFolder}/pkg-{nevra!.Name}.conf"
        : $"{TmpfilesFolder}/nodeimage-{context.Definition.Name}.conf";

    private static string NameOf(ComposeContext context, uint uid) =>
        uid == 0 ? "root" : context.Accounts.Users.FirstOrDefault(user => user.Uid == uid)?.Name ?? uid.ToString(CultureInfo.InvariantCulture);

    private static string NameOfGroup(ComposeContext context, uint gid) =>
        gid == 0 ? "root" : context.Accounts.Groups.FirstOrDefault(group => group.Gid == gid)?.Name ?? gid.ToString(CultureInfo.InvariantCulture);

    private static string Octal(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    private static string Escape(string path) => path.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\' or '%')
        ? "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal) + "\""
        : path;
}
