using System.Collections.Immutable;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>Where an image is to go.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags that it gets; without any it can be pulled by digest only.</param>
public sealed record PushRequest(RegistryRepository Repository, ImmutableArray<string> Tags)
{
    /// <summary>Repositories, usually the base image's, from which blobs are mounted rather than sent where they are of the same
    /// registry and have them. The image's own word for its base is added to them.</summary>
    public ImmutableArray<RegistryRepository> MountFrom { get; init; } = [];
}
