using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Solving;

/// <summary>A package together with the repository it comes from.</summary>
/// <param name="Package">What the repository says of the package.</param>
/// <param name="Repository">The repository.</param>
public sealed record PoolPackage(RepositoryPackage Package, PackageRepository Repository)
{
    /// <summary>Name, version and architecture.</summary>
    public Nevra Nevra => Package.Nevra;

    /// <summary>Whether the package is part of the installed system.</summary>
    public bool IsInstalled => Repository.IsInstalled;

    internal int Id { get; init; }

    /// <summary><c>name-[epoch:]version-release.architecture@repository</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Nevra}@{Repository.Id}";
}
