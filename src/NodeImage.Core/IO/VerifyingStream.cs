using System.Security.Cryptography;
using NodeImage.Core.Digests;

namespace NodeImage.Core.IO;

/// <summary>Reads another stream to its end and refuses content that is not what was announced.</summary>
public sealed class VerifyingStream : ReadOnlyForwardStream
{
    private readonly Stream _inner;
    private readonly long _length;
    private readonly Sha256Digest _digest;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _verified;

    /// <summary>Announces what the inner stream must hold.</summary>
    /// <param name="inner">The stream that is read; it is closed with this one.</param>
    /// <param name="length">The length it must have.</param>
    /// <param name="digest">The digest it must have.</param>
    public VerifyingStream(Stream inner, long length, Sha256Digest digest)
    {
        _inner = inner;
        _length = length;
        _digest = digest;
    }

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content has another length or digest than was announced.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var read = _inner.Read(buffer);
        if (read > 0)
        {
            if (_verified)
            {
                throw new InvalidDataException($"The content goes on after the announced {_length} bytes.");
            }

            _hash.AppendData(buffer[..read]);
            _read += read;
        }

        // The digest is due with the last byte: readers of a known length never ask for the end.
        if (!_verified && (_read >= _length || read == 0))
        {
            Verify();
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Verify()
    {
        _verified = true;
        Span<byte> actual = stackalloc byte[Sha256Digest.Size];
        _hash.GetHashAndReset(actual);
        if (_read != _length || new Sha256Digest(actual) != _digest)
        {
            throw new InvalidDataException($"The content is not the announced one: {_read} bytes with sha256:{Convert.ToHexStringLower(actual)} instead of {_length} bytes with {_digest}.");
        }
    }
}
