using NodeImage.Core.Compression;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.IO;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Oci.Layers;

/// <summary>A layer's blob as an archive of contents, which are found by the number of their entry.</summary>
/// <param name="layout">Where the blob is.</param>
/// <param name="layer">The layer.</param>
public sealed class LayerArchive(OciLayout layout, Descriptor layer) : ContentArchive
{
    /// <inheritdoc/>
    public override Sha256Digest Digest => layer.Digest;

    /// <summary>Opens the layer's archive in the clear.</summary>
    /// <returns>The archive, held to the layer's digest when it is read to the end.</returns>
    /// <exception cref="DiagnosticException">The blob is missing, or compressed in a way that is not known.</exception>
    public Stream Open() => Decompressor.Open(layout.OpenBlob(layer), layer.MediaType switch
    {
        MediaTypes.Layer or "application/vnd.docker.image.rootfs.diff.tar" => CompressionFormat.None,
        MediaTypes.LayerGzip or "application/vnd.docker.image.rootfs.diff.tar.gzip" => CompressionFormat.Gzip,
        MediaTypes.LayerZstd => CompressionFormat.Zstd,
        _ => throw Damaged(null, $"'{layer.MediaType}' is not a known kind of layer."),
    });

    /// <inheritdoc/>
    public override void Read(IReadOnlyList<int> wanted, Action<int, Stream> visit, CancellationToken cancellation)
    {
        try
        {
            using var stream = Open();
            var tar = new TarReader(stream);
            var next = 0;
            for (var index = 0; next < wanted.Count && tar.Next() is not null; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (index == wanted[next])
                {
                    visit(index, tar.Content);
                    next++;
                }
            }

            if (next < wanted.Count)
            {
                throw Damaged(null, "it has fewer entries than it had.");
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(e, e.Message);
        }
    }

    internal DiagnosticException Damaged(Exception? inner, string reason)
    {
        var diagnostic = OciDiagnostics.BlobDamaged.At(null, layer.Digest, layout.Folder, reason);
        return new DiagnosticException(diagnostic, inner);
    }
}

/// <summary>The content of a file in a layer.</summary>
/// <param name="archive">The layer.</param>
/// <param name="index">The number of the file's entry, from 0.</param>
/// <param name="length">The length in bytes.</param>
/// <param name="digest">The digest, taken when the layer was first read.</param>
public sealed class LayerContent(LayerArchive archive, int index, long length, Sha256Digest digest) : FileContent
{
    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override string Identity => digest.ToString();

    /// <inheritdoc/>
    public override ContentArchive Archive => archive;

    /// <inheritdoc/>
    public override int ArchiveIndex => index;

    /// <inheritdoc/>
    public override Stream OpenRead()
    {
        Stream? content = null;
        archive.Read([index], (_, stream) => content = Copy(stream), CancellationToken.None);
        return content!;
    }

    private Stream Copy(Stream stream)
    {
        // The layer may have changed since it was read.
        var spool = SpooledStream.Create(length);
        new VerifyingStream(stream, length, digest).CopyTo(spool);
        spool.Position = 0;
        return spool;
    }
}
