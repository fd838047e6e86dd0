using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>The owners of a base's files, looked up in its rpm database.</summary>
/// <param name="present">The base's packages.</param>
/// <param name="removed">Those that go, by NEVRA.</param>
internal sealed class BaseOwners(IReadOnlyList<RpmPackageInfo> present, IReadOnlySet<string> removed) : IBaseOwners
{
    private Dictionary<string, (RpmPackageInfo Package, RpmFileEntry File)>? _owners;

    public (RpmPackageInfo Package, RpmFileEntry File)? FindOwner(string path, string exceptFor)
    {
        _owners ??= Read();
        return _owners.TryGetValue(path, out var owner) && owner.Package.Nevra.Name != exceptFor ? owner : null;
    }

    public (RpmPackageInfo Package, RpmFileEntry File)? FindPrevious(string path, string name)
    {
        foreach (var package in present.Where(package => package.Nevra.Name == name))
        {
            if (package.Files.FirstOrDefault(file => file.Path == path) is { } file)
            {
                return (package, file);
            }
        }

        return null;
    }

    private Dictionary<string, (RpmPackageInfo Package, RpmFileEntry File)> Read()
    {
        var owners = new Dictionary<string, (RpmPackageInfo, RpmFileEntry)>(StringComparer.Ordinal);
        foreach (var package in present.Where(package => !removed.Contains(package.Nevra.ToString())))
        {
            foreach (var file in package.Files.Where(file => !file.IsDirectory && !file.IsGhost && file.State == RpmFileState.Normal))
            {
                owners[file.Path] = (package, file);
            }
        }

        return owners;
    }
}
