using NodeImage.Compose.Definition;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>Reads the files of a project that say which accounts there are, and with which numbers.</summary>
internal static class PinFiles
{
    /// <summary>Reads users.</summary>
    /// <param name="file">A file in the form of <c>passwd(5)</c>.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <returns>The users, in the file's order.</returns>
    public static IReadOnlyList<UserAccount> ReadUsers(SourceFile file, string projectFolder) => [.. AccountFiles.ReadUsers(TreeWith("/etc/passwd", file, projectFolder), AccountPlace.Etc)];

    /// <summary>Reads groups.</summary>
    /// <param name="file">A file in the form of <c>group(5)</c>.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <returns>The groups, in the file's order.</returns>
    public static IReadOnlyList<GroupAccount> ReadGroups(SourceFile file, string projectFolder) => [.. AccountFiles.ReadGroups(TreeWith("/etc/group", file, projectFolder), AccountPlace.Etc)];

    private static FileTree TreeWith(string path, SourceFile file, string projectFolder)
    {
        var tree = new FileTree();
        tree.Put(path, Inode.Regular(file.Open(projectFolder)));
        return tree;
    }
}
