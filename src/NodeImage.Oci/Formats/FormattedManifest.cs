using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Formats;

/// <summary>A manifest or an index in the words of a format.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record FormattedManifest(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The digest of its bytes.</summary>
    public Sha256Digest Digest { get; } = Sha256Digest.Of(Bytes.Span);

    /// <summary>An image's manifest. In OCI's words it is the image's own, byte by byte.</summary>
    /// <param name="image">The image.</param>
    /// <param name="format">The format.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="DiagnosticException">The manifest is damaged (NI3103), or Docker's format cannot hold the image (NI5203).</exception>
    public static FormattedManifest Of(OciImage image, ImageFormat format)
    {
        if (format == ImageFormat.Docker)
        {
            DockerFormat.Check(image);
            return new FormattedManifest(DockerMediaTypes.Manifest, DockerMediaTypes.ToDocker(image.Manifest).Write(DockerMediaTypes.Manifest));
        }

        return new FormattedManifest(image.Descriptor.MediaType, image.Layout.ReadDocument(image.Descriptor));
    }

    /// <summary>An index over images.</summary>
    /// <param name="images">The images, in the index's order.</param>
    /// <param name="format">The format of the index and of all that it lists.</param>
    /// <returns>The index, and the manifests that it lists.</returns>
    /// <exception cref="DiagnosticException">As <see cref="Of(OciImage, ImageFormat)"/>.</exception>
    public static (FormattedManifest Index, IReadOnlyList<FormattedManifest> Manifests) OfIndex(IReadOnlyList<OciImage> images, ImageFormat format)
    {
        var manifests = images.Select(image => Of(image, format)).ToList();
        var entries = images.Zip(manifests, (image, manifest) => new Descriptor(manifest.MediaType, manifest.Digest, manifest.Bytes.Length)
        {
            Platform = image.Config.Platform,
            Annotations = format == ImageFormat.Oci ? image.Descriptor.Annotations.Remove(ImageIndex.RefNameAnnotation) : OciJson.NoStrings,
        });
        var mediaType = format == ImageFormat.Docker ? DockerMediaTypes.ManifestList : MediaTypes.Index;
        return (new FormattedManifest(mediaType, new ImageIndex([.. entries]).Write(mediaType)), manifests);
    }
}
