using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Installing;

/// <summary>A package that is being installed.</summary>
/// <param name="Archive">Its file.</param>
/// <param name="Subject">The item that asked for it, where it was asked for by name.</param>
internal sealed record InstallablePackage(PackageArchive Archive, ItemReference? Subject)
{
    /// <summary>What its header says.</summary>
    public RpmPackageInfo Info => Archive.Package.Info;

    /// <summary>What its files are marked with in the tree.</summary>
    public string Origin { get; } = Archive.Package.Info.Nevra.ToString();
}

/// <summary>Tells who owns the files of a base image.</summary>
internal interface IBaseOwners
{
    /// <summary>Finds the owner of a path among the base's packages that stay.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="exceptFor">A package's name whose own older version does not count.</param>
    /// <returns>The package and its file, or null.</returns>
    (RpmPackageInfo Package, RpmFileEntry File)? FindOwner(string path, string exceptFor);

    /// <summary>Finds a path as the base's version of a package has it, whether that stays or goes.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="name">The package's name.</param>
    /// <returns>The package and its file, or null.</returns>
    (RpmPackageInfo Package, RpmFileEntry File)? FindPrevious(string path, string name);
}
