using System.Security.Cryptography;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layouts;

/// <summary>A blob that is being written into a layout, and digested as it passes.</summary>
public sealed class BlobWriteStream : WriteOnlyForwardStream
{
    private readonly string _folder;
    private readonly string _aside;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _size;
    private bool _kept;

    internal BlobWriteStream(string folder)
    {
        _folder = folder;
        var blobs = Path.Combine(folder, "blobs", "sha256");
        Directory.CreateDirectory(blobs);
        _aside = AtomicFile.NameAside(blobs, "blob");
        _file = new FileStream(_aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <inheritdoc/>
    public override long Length => _size;

    /// <summary>Makes what has been written a blob of the layout.</summary>
    /// <param name="mediaType">What it is.</param>
    /// <returns>Its descriptor.</returns>
    public Descriptor Keep(string mediaType)
    {
        Span<byte> hash = stackalloc byte[Sha256Digest.Size];
        _hash.GetHashAndReset(hash);
        var descriptor = new Descriptor(mediaType, new Sha256Digest(hash), _size);
        _file.Dispose();
        File.Move(_aside, OciLayout.BlobPath(_folder, descriptor.Digest), overwrite: true);
        _kept = true;
        return descriptor;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _file.Write(buffer);
        _size += buffer.Length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
            if (!_kept)
            {
                File.Delete(_aside);
            }
        }

        base.Dispose(disposing);
    }
}
