using System.Text.Json.Nodes;
using NodeImage.Core.IO;
using NodeImage.Core.Json;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Archives;

/// <summary>
/// An image in the form that <c>docker load</c> of any age reads: a tar file with a <c>manifest.json</c> that names the
/// configuration and the layers (Docker image specification 1.2, "Combined Image JSON + Filesystem Changeset Format").
/// </summary>
public static class DockerArchive
{
    /// <summary>Writes an image, aside and then in its place. The same image gives the same bytes.</summary>
    /// <param name="image">The image; its layers must be gzip or not compressed, for Docker's format knows nothing else.</param>
    /// <param name="path">Where the archive goes.</param>
    /// <param name="names">The names that the image is given, such as <c>node:9.6</c>.</param>
    /// <param name="cancellation">Stops between blobs.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A blob is missing or damaged, or a layer is zstd (NI5203).</exception>
    public static void Write(OciImage image, string path, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        DockerFormat.Check(image);
        var manifest = CanonicalJson.WriteCompact(new JsonArray(new JsonObject
        {
            ["Config"] = Name(image.Manifest.Config),
            ["RepoTags"] = new JsonArray([.. names.Select(name => (JsonNode?)name)]),
            ["Layers"] = new JsonArray([.. image.Manifest.Layers.Select(layer => (JsonNode?)Name(layer))]),
        }));
        var blobs = image.Manifest.Blobs.DistinctBy(blob => blob.Digest).OrderBy(blob => blob.Digest).ToList();
        AtomicFile.Write(path, file => ArchiveWriter.Write(file, image.Layout, [("manifest.json", manifest)], blobs, cancellation));
    }

    private static string Name(Descriptor blob) => $"{ArchiveWriter.BlobFolder}/{blob.Digest.Hex}";
}
