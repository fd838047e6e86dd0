namespace NodeImage.Oci.Layers;

/// <summary>
/// How layers are compressed: piece by piece, so that a piece (a package, mostly) that has been compressed once is
/// joined to others by copying.
/// </summary>
public abstract class LayerCompression
{
    /// <summary>The media type of layers compressed so.</summary>
    public abstract string MediaType { get; }

    /// <summary>Names the algorithm, its settings and the code that carries it out: whatever decides the compressed bytes.</summary>
    public abstract string Identity { get; }

    /// <summary>gzip: one member whose body is the pieces' raw deflate data, each ended by a flush to a whole byte.</summary>
    /// <param name="level">zlib's level, 1 to 9.</param>
    /// <returns>The compression.</returns>
    public static LayerCompression Gzip(int level) => new GzipLayerCompression(level);

    /// <summary>Zstandard: one frame a piece.</summary>
    /// <param name="level">zstd's level, 1 to 19.</param>
    /// <returns>The compression.</returns>
    public static LayerCompression Zstd(int level) => new ZstdLayerCompression(level);

    /// <summary>Writes what comes before the first piece.</summary>
    /// <param name="output">Where the layer goes.</param>
    public abstract void WriteHead(Stream output);

    /// <summary>Writes what comes after the last piece.</summary>
    /// <param name="output">Where the layer goes.</param>
    /// <param name="crc32">The CRC-32 of all pieces in the clear, joined.</param>
    /// <param name="length">Their length in bytes.</param>
    public abstract void WriteTail(Stream output, uint crc32, long length);

    /// <summary>Compresses one piece, independently of every other.</summary>
    /// <param name="output">Where the compressed piece goes; it is left open.</param>
    /// <param name="write">Writes the piece in the clear.</param>
    public abstract void CompressPiece(Stream output, Action<Stream> write);

    /// <summary>Opens a compressed piece for reading.</summary>
    /// <param name="piece">The compressed piece; it is closed with the result.</param>
    /// <returns>The piece in the clear.</returns>
    public abstract Stream DecompressPiece(Stream piece);
}
