using NodeImage.Core.Digests;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Manifests;

/// <summary>A manifest or an index as a registry has it, held to its digest.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record RegistryManifest(string MediaType, Sha256Digest Digest, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether it lists manifests of several platforms.</summary>
    public bool IsIndex => MediaType is MediaTypes.Index or DockerMediaTypes.ManifestList;

    /// <summary>Its descriptor.</summary>
    public Descriptor Descriptor => new(MediaType, Digest, Bytes.Length);
}
