using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NodeImage.Core.Concurrency;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Archives;

/// <summary>A layout in a single tar file, as <c>skopeo</c> and <c>podman</c> read with <c>oci-archive:</c>.</summary>
public static class OciArchive
{
    private const int CopyBufferSize = 1 << 17;

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
        AtomicFile.Write(path, file =>
        {
            var tar = new TarWriter(file);
            AddFile(tar, OciLayout.MarkerFile, Encoding.ASCII.GetBytes(OciLayout.Marker));
            AddFile(tar, OciLayout.IndexFile, new ImageIndex([.. named]).Write());
            AddFolder(tar, "blobs");
            AddFolder(tar, "blobs/sha256");
            var places = images.Blobs.Select(blob => (Blob: blob, Place: tar.Reserve(Entry(BlobName(blob.Digest), blob.Size)))).ToList();
            tar.Finish();
            file.Flush();
            AllCores.ForEach(places, item => images.Layout.ReadBlob(item.Blob, content => Copy(content, file.SafeFileHandle, item.Place)), cancellation);
        });
    }

    private static void Copy(Stream content, SafeFileHandle file, long place)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBufferSize);
        try
        {
            for (int read; (read = content.Read(buffer, 0, CopyBufferSize)) > 0; place += read)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), place);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string BlobName(Sha256Digest digest) => $"blobs/sha256/{digest.Hex}";

    private static TarEntry Entry(string name, long size) => new() { Name = name, Type = TarEntryType.Regular, Mode = 0b110_100_100, Size = size };

    private static void AddFolder(TarWriter tar, string name) => tar.Write(new TarEntry { Name = name, Type = TarEntryType.Directory, Mode = 0b111_101_101 });

    private static void AddFile(TarWriter tar, string name, byte[] content) => tar.Write(Entry(name, content.Length), new MemoryStream(content));
}
