using System.Security.Cryptography;
using NodeImage.Core.Digests;

namespace NodeImage.Core.IO;

/// <summary>Reads another stream and digests what passes.</summary>
/// <param name="inner">The stream that is read; it is left open.</param>
public sealed class HashingReadStream(Stream inner) : ReadOnlyForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    /// <summary>Reads to the end and tells the digest of all that was read.</summary>
    /// <returns>The digest.</returns>
    public Sha256Digest Finish()
    {
        var scratch = new byte[1 << 16];
        while (Read(scratch) > 0)
        {
        }

        return new Sha256Digest(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
