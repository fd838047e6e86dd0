using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Archives;

/// <summary>Unpacks an archive with an image layout. Nothing is taken from it but the index, and blobs that are what their names say.</summary>
public static class OciArchiveReader
{
    private const string BlobPrefix = "blobs/sha256/";
    private const int CopyBufferSize = 1 << 17;

    /// <summary>Unpacks an archive.</summary>
    /// <param name="path">The archive, a tar file that is not compressed.</param>
    /// <param name="digest">Its digest, to which it is held.</param>
    /// <param name="output">The layout, whose only content the archive's becomes.</param>
    /// <param name="subject">The item or property that names the archive, for diagnostics.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="DiagnosticException">NI3105: it is no archive with a layout, or is damaged.</exception>
    public static void Unpack(string path, Sha256Digest digest, OciLayoutWriter output, ItemReference? subject, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using var content = new VerifyingStream(file, file.Length, digest);
            Unpack(new TarReader(content), output, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw OciDiagnostics.ArchiveMalformed.Wrap(e, subject, path, e.Message);
        }
    }

    private static void Unpack(TarReader tar, OciLayoutWriter output, CancellationToken cancellation)
    {
        ImageIndex? index = null;
        var blobs = new HashSet<Sha256Digest>();
        while (tar.Next() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.Type != TarEntryType.Regular)
            {
                continue;
            }

            if (name == OciLayout.IndexFile)
            {
                index = index is null ? ReadIndex(tar.Content, entry.Size) : throw new InvalidDataException("It has more than one 'index.json'.");
            }
            else if (name.StartsWith(BlobPrefix, StringComparison.Ordinal) && Sha256Digest.TryParse(name[BlobPrefix.Length..], out var named) && named.Hex == name[BlobPrefix.Length..])
            {
                WriteBlob(tar.Content, named, output);
                blobs.Add(named);
            }
        }

        if (index is null)
        {
            throw new InvalidDataException("It has no 'index.json', so that it is no OCI archive.");
        }

        output.Commit(index.Manifests, blobs);
    }

    private static ImageIndex ReadIndex(Stream content, long size)
    {
        if (size > OciJson.MaxDocumentSize)
        {
            throw new InvalidDataException($"Its 'index.json' has {size} bytes, more than any real one.");
        }

        var bytes = new byte[size];
        content.ReadExactly(bytes);
        return ImageIndex.Read(bytes);
    }

    private static void WriteBlob(Stream content, Sha256Digest named, OciLayoutWriter output)
    {
        using var blob = output.Begin();
        content.CopyTo(blob, CopyBufferSize);
        var actual = blob.Keep("application/octet-stream").Digest;
        if (actual != named)
        {
            throw new InvalidDataException($"What it has as the blob {named} is {actual}.");
        }
    }
}
