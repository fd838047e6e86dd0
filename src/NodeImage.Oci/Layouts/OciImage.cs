using NodeImage.Core.Digests;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layouts;

/// <summary>One image of a layout: its manifest and configuration, read and checked.</summary>
/// <param name="Layout">Where its blobs are.</param>
/// <param name="Descriptor">The manifest's descriptor; its digest is the image's.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="Config">The configuration.</param>
public sealed record OciImage(OciLayout Layout, Descriptor Descriptor, ImageManifest Manifest, ImageConfig Config)
{
    /// <summary>The image's digest.</summary>
    public Sha256Digest Digest => Descriptor.Digest;

    /// <summary>All that the image is made of: its layers, the lowest first, its configuration and its manifest.</summary>
    public IEnumerable<Descriptor> Blobs => Manifest.Blobs.Append(Descriptor);
}
