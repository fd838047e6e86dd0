using System.Collections.Immutable;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layouts;

/// <summary>What is delivered under one name: an image, or the images of several platforms with an index over them.</summary>
/// <param name="Layout">Where the blobs are.</param>
/// <param name="Root">The image's manifest, or the index.</param>
/// <param name="Images">The images, in the index's order.</param>
public sealed record OciImageSet(OciLayout Layout, Descriptor Root, ImmutableArray<OciImage> Images)
{
    /// <summary>The digest that the whole goes by.</summary>
    public Sha256Digest Digest => Root.Digest;

    /// <summary>Whether there is an index.</summary>
    public bool IsIndex => Root.MediaType == MediaTypes.Index;

    /// <summary>All blobs, each once, sorted by digest.</summary>
    public IEnumerable<Descriptor> Blobs => Images
        .SelectMany(image => image.Blobs)
        .Append(Root)
        .DistinctBy(blob => blob.Digest)
        .OrderBy(blob => blob.Digest);

    /// <summary>Puts an index over images, in a layout that shares their blobs.</summary>
    /// <param name="images">The images, one for each platform; they are sorted by architecture.</param>
    /// <param name="folder">The layout's folder, whose only content the whole becomes.</param>
    /// <param name="name">The name by which tools find the index.</param>
    /// <param name="cancellation">Stops between blobs.</param>
    /// <returns>The whole.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A blob is missing or damaged.</exception>
    public static OciImageSet Write(IEnumerable<OciImage> images, string folder, string name, CancellationToken cancellation)
    {
        var layout = new OciLayoutWriter(folder);
        var sorted = images.OrderBy(image => image.Config.Platform.Architecture, StringComparer.Ordinal).ToList();
        foreach (var image in sorted)
        {
            foreach (var blob in image.Blobs)
            {
                cancellation.ThrowIfCancellationRequested();
                layout.Import(image.Layout, blob);
            }
        }

        var manifests = sorted.Select(image => new Descriptor(image.Descriptor.MediaType, image.Digest, image.Descriptor.Size) { Platform = image.Config.Platform });
        var root = layout.Add(MediaTypes.Index, new ImageIndex([.. manifests]).Write()) with
        {
            Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(ImageIndex.RefNameAnnotation, name),
        };
        var referenced = sorted.SelectMany(image => image.Blobs).Append(root);
        layout.Commit([root], referenced.Select(blob => blob.Digest).ToHashSet());
        return OciLayout.Open(folder).ReadAll();
    }
}
