using System.Collections.Immutable;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Blobs;
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

    /// <summary>In whose words the registry gets the image.</summary>
    public ImageFormat Format { get; init; }

    /// <summary>Hears of each blob that is where it belongs, from any thread; or null.</summary>
    public Action<Descriptor, BlobFate>? Arrived { get; init; }
}
