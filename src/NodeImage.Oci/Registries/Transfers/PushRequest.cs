using System.Collections.Immutable;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>Where an image is to go.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags that it gets; without any it can be pulled by digest only.</param>
public sealed record PushRequest(RegistryRepository Repository, ImmutableArray<string> Tags)
{
    /// <summary>A repository, usually the base image's, from which blobs are mounted rather than sent where it is of the same
    /// registry and has them; or null.</summary>
    public RegistryRepository? MountFrom { get; init; }
}
