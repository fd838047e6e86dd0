using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using NodeImage.Core.IO;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>gzip (RFC 1952) with a header that tells neither time nor system, unlike the platform's own.</summary>
internal sealed class GzipOutputStream : WriteOnlyForwardStream
{
    private const int Level = 6;

    private readonly Stream _output;
    private readonly DeflateStream _deflate;
    private readonly Crc32 _crc = new();
    private uint _length;

    /// <summary>Begins a member.</summary>
    /// <param name="output">Takes the compressed bytes; it stays open.</param>
    public GzipOutputStream(Stream output)
    {
        _output = output;
        output.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
        _deflate = new DeflateStream(output, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _crc.Append(buffer);
        _length = unchecked(_length + (uint)buffer.Length);
        _deflate.Write(buffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _deflate.Dispose();
            Span<byte> tail = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(tail, _crc.GetCurrentHashAsUInt32());
            BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], _length);
            _output.Write(tail);
        }

        base.Dispose(disposing);
    }
}
