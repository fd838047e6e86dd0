using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>Puts the files of packages into the tree, by the rules of rpm's <c>lib/fsm.c</c> and <c>lib/transaction.c</c>.</summary>
/// <param name="tree">The image.</param>
/// <param name="selection">Which files are left out.</param>
/// <param name="baseOwners">Tells which package of the base owns a path, and how.</param>
internal sealed class PackageInstaller(FileTree tree, FileSelection selection, IBaseOwners baseOwners)
{
    private readonly Dictionary<string, (InstallablePackage Package, RpmFileEntry File)> _owners = new(StringComparer.Ordinal);

    /// <summary>Puts a package's files into the tree.</summary>
    /// <exception cref="DiagnosticException">A file conflicts with another package's, or makes no sense.</exception>
    public void Install(InstallablePackage package)
    {
        var linked = new Dictionary<int, FileNode>();
        var wanted = selection.Select(package.Info);
        foreach (var file in package.Info.Files)
        {
            if (!wanted[file.Index])
            {
                continue;
            }

            var path = Place(package, file);
            if (file.IsGhost)
            {
                continue;
            }

            if (file.IsDirectory)
            {
                InstallFolder(package, file, path);
                continue;
            }

            if (!Claim(package, file, ref path))
            {
                continue;
            }

            var first = file.HardLinks.Count > 0 ? file.HardLinks[0] : -1;
            if (linked.TryGetValue(first, out var target))
            {
                tree.Link(path, target);
                continue;
            }

            var node = tree.Put(path, InodeOf(package, file));
            if (first >= 0)
            {
                linked[first] = node;
            }
        }
    }

    /// <summary>Removes the files of a package that no other package owns.</summary>
    /// <param name="package">The package that is taken away.</param>
    /// <param name="isOwned">Whether a package that stays owns a path.</param>
    public void Remove(RpmPackageInfo package, Func<string, bool> isOwned)
    {
        // Deepest first, so that folders are empty by the time they are come to.
        foreach (var file in package.Files.OrderByDescending(file => file.Path, StringComparer.Ordinal))
        {
            // A path may be owned by the name that its folders have behind links, too: /lib/x is /usr/lib/x.
            if (!ImagePath.TryNormalize(file.Path, out var canonical) || isOwned(file.Path) || !tree.TryResolvePath(canonical, followLast: false, out var path)
                || isOwned(path) || _owners.ContainsKey(path) || tree.Find(path) is not { Parent: not null } node)
            {
                continue;
            }

            if (!node.Inode.IsDirectory || (file.IsDirectory && node.Children.Count == 0))
            {
                tree.Remove(node);
            }
        }
    }

    private string Place(InstallablePackage package, RpmFileEntry file)
    {
        if (!ImagePath.TryNormalize(file.Path, out var canonical) || !file.Path.StartsWith('/') || (canonical.Length == 1 && !file.IsDirectory))
        {
            throw InstallDiagnostics.BadPath.Error(package.Subject, file.Path, package.Info, "is no absolute path inside an image");
        }

        if (!file.IsPathUtf8)
        {
            throw InstallDiagnostics.BadPath.Error(package.Subject, file.Path, package.Info, "is not UTF-8, as bootable images want it");
        }

        if (!tree.TryResolvePath(canonical, followLast: false, out var path))
        {
            throw InstallDiagnostics.BadPath.Error(package.Subject, file.Path, package.Info, "leads through links that run in a circle");
        }

        for (var parent = ImagePath.Parent(path); parent.Length > 1; parent = ImagePath.Parent(parent))
        {
            if (tree.Find(parent) is { Inode.IsDirectory: false } obstacle)
            {
                throw InstallDiagnostics.FileConflict.Error(package.Subject, obstacle.Path, obstacle.Inode.Origin ?? "the image", package.Info);
            }
        }

        return path;
    }

    private void InstallFolder(InstallablePackage package, RpmFileEntry file, string path)
    {
        var existing = tree.Find(path);
        if (existing?.Inode.IsSymbolicLink == true && tree.Resolve(path) is { Inode.IsDirectory: true })
        {
            // A link to a folder is as good as the folder: rpm leaves it, too.
            return;
        }

        if (existing is { Inode.IsDirectory: false })
        {
            throw InstallDiagnostics.FileConflict.Error(package.Subject, path, existing.Inode.Origin ?? "the image", package.Info);
        }

        // The time of a folder would change with every file put into it; it means nothing and is left out.
        var inode = Inode.Directory(file.Mode & Inode.PermissionMask) with { Owner = OwnerOf(file), Origin = package.Origin };
        tree.Put(path, inode with { ModificationTime = 0 });
    }

    // Decides who has a path that another package has already. False where what is there stays.
    private bool Claim(InstallablePackage package, RpmFileEntry file, ref string path)
    {
        if (tree.Find(path) is { Inode.IsDirectory: true } folder)
        {
            // Nothing takes the place of a folder; rpm fails there, too.
            throw InstallDiagnostics.FileConflict.Error(package.Subject, file.Path, folder.Inode.Origin ?? "the image", package.Info);
        }

        if (_owners.TryGetValue(path, out var owner))
        {
            if (IsSame(owner.Package.Info, owner.File, package.Info, file))
            {
                return false;
            }

            // Binaries of two word sizes may share a path; the larger one stays.
            if (owner.File.Color != 0 && file.Color != 0 && owner.File.Color != file.Color)
            {
                if (owner.File.Color > file.Color)
                {
                    return false;
                }
            }
            else
            {
                throw InstallDiagnostics.FileConflict.Error(package.Subject, file.Path, owner.Package.Info, package.Info);
            }
        }
        else if (tree.Find(path) is not null && baseOwners.FindOwner(path, package.Info.Nevra.Name) is var (basePackage, baseFile) && !IsSame(basePackage, baseFile, package.Info, file))
        {
            throw InstallDiagnostics.FileConflict.Error(package.Subject, file.Path, basePackage, package.Info);
        }
        else if ((file.Flags & RpmFileFlags.Config) != 0 && tree.Find(path) is { Inode.Origin: null } made && !ClaimSettings(package, file, made, ref path))
        {
            return false;
        }

        _owners[path] = (package, file);
        return true;
    }

    // Settings that a script, or somebody in the base, has changed are put aside, or what is new is: rpm's rpmfilesDecideFate.
    private bool ClaimSettings(InstallablePackage package, RpmFileEntry file, FileNode made, ref string path)
    {
        var identity = made.Inode.Content?.Identity;
        if (identity == package.Archive.ContentOf(file).Identity)
        {
            return true;
        }

        var previous = baseOwners.FindPrevious(path, package.Info.Nevra.Name);
        if (previous is var (oldPackage, oldFile))
        {
            if (made.Inode.IsRegular == oldFile.IsRegular && made.Inode.LinkTarget == (oldFile.IsSymbolicLink ? oldFile.LinkTarget : null) && identity == IdentityOf(oldPackage, oldFile))
            {
                return true;
            }

            if (IsSame(oldPackage, oldFile, package.Info, file))
            {
                // The package has nothing new to say.
                return false;
            }
        }

        if ((file.Flags & RpmFileFlags.NoReplace) != 0)
        {
            path += ".rpmnew";
        }
        else
        {
            tree.Put(path + (previous is null ? ".rpmorig" : ".rpmsave"), made.Inode);
        }

        return true;
    }

    private static string? IdentityOf(RpmPackageInfo package, RpmFileEntry file) =>
        file.IsRegular && package.Files.DigestAlgorithm == DigestAlgorithm.Sha256 && file.Digest.Length == Sha256Digest.Size ? new Sha256Digest(file.Digest.Span).ToString() : null;

    private static bool IsSame(RpmPackageInfo one, RpmFileEntry a, RpmPackageInfo other, RpmFileEntry b) =>
        a.Mode == b.Mode
        && a.User == b.User
        && a.Group == b.Group
        && a.LinkTarget == b.LinkTarget
        && (!a.IsRegular || (a.Size == b.Size && one.Files.DigestAlgorithm == other.Files.DigestAlgorithm && a.Digest.Span.SequenceEqual(b.Digest.Span)));

    private static Inode InodeOf(InstallablePackage package, RpmFileEntry file)
    {
        var inode = new Inode
        {
            Type = TypeOf(file.Mode),
            Mode = file.IsSymbolicLink ? 0b111_111_111 : file.Mode & Inode.PermissionMask,
            Owner = OwnerOf(file),
            ModificationTime = file.ModificationTime,
            Content = file.IsRegular ? package.Archive.ContentOf(file) : null,
            LinkTarget = file.IsSymbolicLink ? file.LinkTarget : null,
            DeviceMajor = (uint)file.DeviceMajor,
            DeviceMinor = (uint)file.DeviceMinor,
            Origin = package.Origin,
        };
        if (file.Capabilities.Length == 0 || !file.IsRegular)
        {
            return inode;
        }

        return FileCapabilities.TryEncode(file.Capabilities, out var attribute)
            ? inode with { Xattrs = Inode.NoXattrs.Add(FileCapabilities.Attribute, attribute.Value) }
            : throw InstallDiagnostics.BadCapabilities.Error(package.Subject, file.Capabilities, file.Path, package.Info);
    }

    private static FileOwner OwnerOf(RpmFileEntry file) => FileOwner.Named(file.User, file.Group);

    private static FileType TypeOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileType.Regular,
        0xA000 => FileType.SymbolicLink,
        0x2000 => FileType.CharacterDevice,
        0x6000 => FileType.BlockDevice,
        0x1000 => FileType.Fifo,
        _ => FileType.Directory,
    };
}
