using NodeImage.Core.Compression;

namespace NodeImage.Rpm.Payloads;

/// <summary>Finds out how a payload is compressed, as rpm does: by the header's word, which the payload must bear out.</summary>
internal static class PayloadCompression
{
    /// <summary>How a payload is compressed.</summary>
    /// <param name="compressor">What the header says, <c>gzip</c> where it says nothing.</param>
    /// <param name="head">The first bytes of the payload.</param>
    /// <returns>The format, or null where the header's word is unknown or is not borne out.</returns>
    public static CompressionFormat? Detect(string compressor, ReadOnlySpan<byte> head)
    {
        var found = Decompressor.Detect(head);
        return compressor switch
        {
            // zlib reads what is not compressed as it stands, and packages rely on it.
            "gzip" or "none" or "uncompressed" => found is CompressionFormat.Gzip or CompressionFormat.None ? found : null,
            "zstd" => Only(CompressionFormat.Zstd, found),
            "bzip2" => Only(CompressionFormat.Bzip2, found),

            // liblzma tells the two apart by itself. The older format has no magic number.
            "xz" or "lzma" => found == CompressionFormat.Xz ? found : CompressionFormat.Lzma,
            _ => null,
        };
    }

    private static CompressionFormat? Only(CompressionFormat expected, CompressionFormat found) => found == expected ? found : null;
}
