using System.Globalization;
using NodeImage.Oci.Images;
using ZstdSharp;

namespace NodeImage.Oci.Layers;

/// <summary>Zstandard (RFC 8878): a sequence of frames, which every decoder joins.</summary>
/// <param name="level">zstd's level, 1 to 19.</param>
internal sealed class ZstdLayerCompression(int level) : LayerCompression
{
    public override string MediaType => MediaTypes.LayerZstd;

    public override string Identity { get; } =
        string.Create(CultureInfo.InvariantCulture, $"zstd-{level} {typeof(CompressionStream).Assembly.GetName().Version}");

    public override void WriteHead(Stream output)
    {
    }

    public override void WriteTail(Stream output, uint crc32, long length)
    {
    }

    public override void CompressPiece(Stream output, Action<Stream> write)
    {
        using var zstd = new CompressionStream(output, level, leaveOpen: true);
        write(zstd);
    }

    public override Stream DecompressPiece(Stream piece) => new DecompressionStream(piece);
}
