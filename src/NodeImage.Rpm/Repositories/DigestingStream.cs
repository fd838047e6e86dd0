using NodeImage.Core.IO;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories;

/// <summary>Digests what is read through it.</summary>
internal sealed class DigestingStream(Stream inner, DigestAlgorithm algorithm) : ReadOnlyForwardStream
{
    private readonly RunningDigest _digest = RunningDigest.TryCreate(algorithm)!;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _digest.Append(buffer[..read]);
        return read;
    }

    /// <summary>Reads the rest.</summary>
    public void Drain()
    {
        var buffer = new byte[128 * 1024];
        while (Read(buffer) > 0)
        {
        }
    }

    /// <summary>The digest of all that was read.</summary>
    /// <returns>The digest.</returns>
    public byte[] Finish() => _digest.Finish();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _digest.Dispose();
        }

        base.Dispose(disposing);
    }
}
