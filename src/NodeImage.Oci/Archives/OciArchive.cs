using System.Text;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Archives;

/// <summary>A layout in a single tar file, as <c>skopeo</c> and <c>podman</c> read with <c>oci-archive:</c>.</summary>
public static class OciArchive
{
    /// <summary>Writes an image, or several under an index, into an archive, aside and then in its place. The same gives the same bytes.</summary>
    /// <param name="images">What is written.</param>
    /// <param name="path">Where the archive goes.</param>
    /// <param name="names">The names that the image is given, such as <c>node:9.6</c>; without any it has none.</param>
    /// <param name="cancellation">Stops between blobs.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A blob is missing or damaged.</exception>
    public static void Write(OciImageSet images, string path, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var descriptor = images.Root with { Annotations = images.Root.Annotations.Remove(ImageIndex.RefNameAnnotation) };
        var named = names.Count == 0
            ? [descriptor]
            : names.Select(name => descriptor with { Annotations = descriptor.Annotations.SetItem(ImageIndex.RefNameAnnotation, name) });
        AtomicFile.Write(path, file => ArchiveWriter.Write(
            file,
            images.Layout,
            [(OciLayout.MarkerFile, Encoding.ASCII.GetBytes(OciLayout.Marker)), (OciLayout.IndexFile, new ImageIndex([.. named]).Write())],
            images.Blobs,
            cancellation));
    }
}
