using NodeImage.Core.Digests;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>An image that has been fetched.</summary>
/// <param name="Image">The image in its layout.</param>
/// <param name="RegistryDigest">The digest of its manifest in the registry; it is the image's own, unless that manifest is in Docker's
/// format, which is rewritten in OCI's.</param>
public sealed record PulledImage(OciImage Image, Sha256Digest RegistryDigest);
