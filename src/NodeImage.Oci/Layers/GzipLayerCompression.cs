using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layers;

/// <summary>gzip (RFC 1952) in a single member, because some hosts' decoders stop after the first.</summary>
/// <param name="level">zlib's level, 1 to 9.</param>
internal sealed class GzipLayerCompression(int level) : LayerCompression
{
    // Magic, deflate, no flags, no time, no extra flags, an unknown system: RFC 1952, section 2.3.
    private static readonly byte[] Head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

    // An empty final block with fixed codes: RFC 1951, section 3.2.3.
    private static readonly byte[] FinalBlock = [3, 0];

    public override string MediaType => MediaTypes.LayerGzip;

    public override string Identity { get; } =
        string.Create(CultureInfo.InvariantCulture, $"gzip-{level} {RuntimeInformation.FrameworkDescription}");

    public override void WriteHead(Stream output) => output.Write(Head);

    public override void WriteTail(Stream output, uint crc32, long length)
    {
        Span<byte> tail = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], (uint)length);
        output.Write(FinalBlock);
        output.Write(tail);
    }

    public override void CompressPiece(Stream output, Action<Stream> write)
    {
        using var cut = new CuttableStream(output);
        using var deflate = new DeflateStream(cut, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true);
        write(deflate);
        deflate.Flush();

        // What closing adds is a final block, which only the end of the member may have.
        cut.Cut();
    }

    public override Stream DecompressPiece(Stream piece) => new DeflateStream(piece, CompressionMode.Decompress);

    private sealed class CuttableStream(Stream output) : WriteOnlyForwardStream
    {
        private bool _isCut;

        public void Cut() => _isCut = true;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!_isCut)
            {
                output.Write(buffer);
            }
        }
    }
}
