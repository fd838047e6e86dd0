using NodeImage.Compose.Installing;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Tests.Support;

/// <summary>The fixture distribution, where it has been built.</summary>
internal static class Fixture
{
    private static readonly string[] Repositories = ["base", "ocp"];

    private static readonly Lazy<FileTree?> Unpacked = new(Unpack);

    /// <summary>A tree of all files of all packages, as rpm would unpack them and before any scriptlet; the test is skipped where there is no fixture.</summary>
    /// <returns>A copy of the caller's own.</returns>
    public static FileTree Tree()
    {
        Assert.SkipWhen(Unpacked.Value is null, "the fixture distribution is not built (artifacts/fixtures)");
        return Unpacked.Value.Clone();
    }

    /// <summary>What the headers of all packages say; the test is skipped where there is no fixture.</summary>
    public static IReadOnlyList<RpmPackageInfo> Packages()
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the fixture distribution is not built (artifacts/fixtures)");
        return [.. Repositories
            .SelectMany(repository => Directory.EnumerateFiles(Path.Combine(folder, repository), "*.rpm", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => RpmPackageFile.Open(path).Info)];
    }

    private static string? Folder()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "artifacts", "fixtures");
        return Directory.Exists(Path.Combine(folder, "base", "Packages")) ? folder : null;
    }

    private static FileTree? Unpack()
    {
        if (Folder() is not { } folder)
        {
            return null;
        }

        var tree = new FileTree();
        var packages = Repositories
            .SelectMany(repository => Directory.EnumerateFiles(Path.Combine(folder, repository), "*.rpm", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => (Package: RpmPackageFile.Open(path), Path: path))
            .ToList();

        // Links to folders first, as rpm's order has it: what is put behind them must land where they lead.
        foreach (var (package, path) in packages.OrderByDescending(package => package.Package.Info.Nevra.Name == "filesystem"))
        {
            Put(tree, package, path);
        }

        return tree;
    }

    private static void Put(FileTree tree, RpmPackageFile package, string path)
    {
        var archive = new PackageArchive(package, Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(path)));
        foreach (var file in package.Info.Files.Where(file => !file.IsGhost))
        {
            if (!ImagePath.TryNormalize(file.Path, out var canonical) || !tree.TryResolvePath(canonical, followLast: file.IsDirectory, out var place))
            {
                continue;
            }

            var mode = file.Mode & Inode.PermissionMask;
            Inode? inode = file.IsDirectory ? Inode.Directory(mode)
                : file.IsSymbolicLink ? Inode.SymbolicLink(file.LinkTarget)
                : file.IsRegular ? Inode.Regular(archive.ContentOf(file), mode)
                : null;
            if (inode is not null)
            {
                tree.Put(place, inode with { ModificationTime = file.ModificationTime, Origin = package.Info.Nevra.ToString() });
            }
        }
    }
}
