using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Formats;

/// <summary>What Docker's own image format can hold.</summary>
public static class DockerFormat
{
    /// <summary>A layer is compressed in a way that the format does not know. No arguments.</summary>
    private static readonly DiagnosticDescriptor NoZstd = new(
        "NI5203",
        "Docker's image format knows no zstd",
        "Docker's image format, in which the image is to be delivered, has gzip layers, but ContainerLayerCompression is zstd. Set it to gzip, or deliver the image in OCI's format (ContainerImageFormat).");

    /// <summary>Sees to it that an image fits the format.</summary>
    /// <param name="image">The image.</param>
    /// <exception cref="DiagnosticException">NI5203: a layer is zstd.</exception>
    public static void Check(OciImage image)
    {
        if (image.Manifest.Layers.Any(layer => layer.MediaType == MediaTypes.LayerZstd))
        {
            throw NoZstd.Error(new ItemReference("ContainerLayerCompression", "zstd"));
        }
    }
}
