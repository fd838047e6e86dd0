using System.Collections.Immutable;
using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layouts;

/// <summary>
/// Writes an image into a layout's folder. Blobs are written aside and renamed, the index last: whoever looks sees the
/// old image or the new one, never part of either. Blobs that are there already are kept.
/// </summary>
/// <param name="folder">The layout's folder; it is made when it is missing.</param>
public sealed class OciLayoutWriter(string folder)
{
    private const int CopyBufferSize = 1 << 17;

    /// <summary>The layout's folder.</summary>
    public string Folder => folder;

    /// <summary>Adds a blob held in memory.</summary>
    /// <param name="mediaType">What it is.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>Its descriptor.</returns>
    public Descriptor Add(string mediaType, byte[] bytes)
    {
        var digest = Sha256Digest.Of(bytes);
        AtomicFile.WriteWhenDifferent(OciLayout.BlobPath(folder, digest), bytes);
        return new Descriptor(mediaType, digest, bytes.Length);
    }

    /// <summary>Whether a blob of that digest and size is there.</summary>
    /// <param name="digest">The digest.</param>
    /// <param name="size">The size in bytes.</param>
    /// <returns>True when it need not be written.</returns>
    public bool Has(Sha256Digest digest, long size)
    {
        var file = new FileInfo(OciLayout.BlobPath(folder, digest));
        return file.Exists && file.Length == size;
    }

    /// <summary>Whether a blob is there, and its bytes are what its digest says.</summary>
    /// <param name="blob">The blob.</param>
    /// <returns>True when it need not be written; its bytes have been read.</returns>
    public bool HasIntact(Descriptor blob)
    {
        if (!Has(blob.Digest, blob.Size))
        {
            return false;
        }

        try
        {
            using var content = new VerifyingStream(File.OpenRead(OciLayout.BlobPath(folder, blob.Digest)), blob.Size, blob.Digest);
            content.CopyTo(Stream.Null, CopyBufferSize);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Adds a blob that another layout has, sharing its bytes on disk where the file system can.</summary>
    /// <param name="source">The other layout.</param>
    /// <param name="descriptor">The blob.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">The other layout's blob is missing or damaged.</exception>
    public void Import(OciLayout source, Descriptor descriptor)
    {
        if (Has(descriptor.Digest, descriptor.Size))
        {
            return;
        }

        var target = OciLayout.BlobPath(folder, descriptor.Digest);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);

        // Its bytes are read in any case: what this layout holds is what its digests say.
        source.ReadBlob(descriptor, blob => blob.CopyTo(Stream.Null, CopyBufferSize));
        if (!HardLinks.TryCreate(source.BlobPath(descriptor.Digest), target))
        {
            source.ReadBlob(descriptor, blob => AtomicFile.Write(target, aside => blob.CopyTo(aside, CopyBufferSize)));
        }
    }

    /// <summary>Begins a blob whose digest is known only once it has been written.</summary>
    /// <returns>The blob being written; dispose of it in any case.</returns>
    public BlobWriteStream Begin() => new(folder);

    /// <summary>Makes images the layout's content, and removes the blobs that none of them needs.</summary>
    /// <param name="manifests">The images' manifests, which have been added.</param>
    /// <param name="referenced">All blobs that they need, their own included.</param>
    public void Commit(ImmutableArray<Descriptor> manifests, IReadOnlySet<Sha256Digest> referenced)
    {
        AtomicFile.WriteWhenDifferent(Path.Combine(folder, OciLayout.MarkerFile), Encoding.ASCII.GetBytes(OciLayout.Marker));
        AtomicFile.WriteAllBytes(Path.Combine(folder, OciLayout.IndexFile), new ImageIndex(manifests).Write());
        foreach (var file in new DirectoryInfo(Path.Combine(folder, "blobs", "sha256")).GetFiles())
        {
            if (!Sha256Digest.TryParse(file.Name, out var digest) || !referenced.Contains(digest))
            {
                file.Delete();
            }
        }
    }
}
