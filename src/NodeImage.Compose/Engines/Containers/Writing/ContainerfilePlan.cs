using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Oci.Images;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>What a Containerfile is a function of.</summary>
internal sealed record ContainerfilePlan
{
    /// <summary>What the project asks for.</summary>
    public required ImageDefinition Definition { get; init; }

    /// <summary>The project's folder, which the definition's files are relative to.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Which packages the image gets, and which it loses.</summary>
    public required RpmLock Lock { get; init; }

    /// <summary>How containers are built.</summary>
    public required ContainerBuildOptions Options { get; init; }

    /// <summary>The image's version and time.</summary>
    public required ImageVersion Version { get; init; }

    /// <summary>The reference of the base image, or of the builder image for a base; it can be given another value when building.</summary>
    public required string FromReference { get; init; }

    /// <summary>The image's labels, sorted.</summary>
    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    /// <summary>The base's configuration, or null.</summary>
    public required ImageConfig? Below { get; init; }

    /// <summary>Finds a package that lies beside the Containerfile instead of being fetched while building.</summary>
    public required Func<LockedPackage, string> FindPackage { get; init; }

    /// <summary>Whether all packages lie beside the Containerfile, not only those that nobody else could fetch.</summary>
    public bool CarriesAllPackages { get; init; }

    /// <summary>Whether the image stands on a base.</summary>
    public bool IsLayered => Definition.Kind == ImageKind.Layered;

    /// <summary>The variable that names the image that is stood on, or built in.</summary>
    public string FromVariable => IsLayered ? "BASE_IMAGE" : "BUILDER_IMAGE";

    /// <summary>Where a base's tree is made in its builder image; nothing for a layered image, which is its own.</summary>
    public string Root => IsLayered ? "" : "/rootfs";

    /// <summary>The packages that lie beside the Containerfile: all, or those of files and of repositories on this machine.</summary>
    public ImmutableArray<LockedPackage> Carried => [.. Lock.Packages.Where(package => CarriesAllPackages || Repository(package) is not { } repository || RepositoryFile.IsLocal(repository))];

    /// <summary>The packages that are fetched while building.</summary>
    public ImmutableArray<LockedPackage> Fetched => [.. Lock.Packages.Except(Carried)];

    /// <summary>The repositories that packages are fetched from.</summary>
    public IEnumerable<RepositoryDefinition> UsedRepositories
    {
        get
        {
            var names = Fetched.Select(package => package.Repository).ToHashSet(StringComparer.Ordinal);
            return Definition.Repositories.Where(repository => names.Contains(repository.Id)).OrderBy(repository => repository.Id, StringComparer.Ordinal);
        }
    }

    private RepositoryDefinition? Repository(LockedPackage package) => Definition.Repositories.FirstOrDefault(repository => repository.Id == package.Repository);
}
