using System.IO.Compression;
using NodeImage.Core.Compression.Lzma;
using NodeImage.Core.Compression.Zstd;
using SharpCompress.Compressors.BZip2;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace NodeImage.Core.Compression;

/// <summary>Opens compressed data for reading, whatever it is compressed with.</summary>
public static class Decompressor
{
    // A larger window is refused: 128 MiB is what zstd's own tools accept by default, and more than any level asks for.
    private const int ZstdWindowLogMax = 27;

    /// <summary>Tells a format by the first bytes of the data.</summary>
    /// <param name="head">At least the first six bytes, or all of a shorter file.</param>
    /// <returns>The format, <see cref="CompressionFormat.None"/> when the bytes are of none of them.</returns>
    public static CompressionFormat Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0x1f, 0x8b]))
        {
            return CompressionFormat.Gzip;
        }

        if (head.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd]))
        {
            return CompressionFormat.Zstd;
        }

        if (head.StartsWith<byte>([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))
        {
            return CompressionFormat.Xz;
        }

        if (head.StartsWith("BZh"u8))
        {
            return CompressionFormat.Bzip2;
        }

        return head.StartsWith<byte>([0x5d, 0, 0]) ? CompressionFormat.Lzma : CompressionFormat.None;
    }

    /// <summary>Opens compressed data.</summary>
    /// <param name="stream">The compressed data; it is closed with the result.</param>
    /// <param name="format">Its format.</param>
    /// <returns>The data in the clear, read forward only. It is the caller who bounds how much is read.</returns>
    /// <exception cref="InvalidDataException">The data does not begin as its format does; damage further on shows while reading.</exception>
    public static Stream Open(Stream stream, CompressionFormat format)
    {
        if (format == CompressionFormat.None)
        {
            return stream;
        }

        return new DamageReportingStream(() => format switch
        {
            CompressionFormat.Gzip => new GZipStream(stream, CompressionMode.Decompress),
            CompressionFormat.Zstd => NativeZstd.IsAvailable ? new NativeZstdStream(stream, ZstdWindowLogMax) : OpenManagedZstd(stream),
            CompressionFormat.Xz => new XzStream(stream),
            CompressionFormat.Lzma => LzmaAlone.Open(stream),
            CompressionFormat.Bzip2 => BZip2Stream.Create(stream, SharpCompress.Compressors.CompressionMode.Decompress, true),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        });
    }

    /// <summary>Opens zstd data with the decoder that is there on every system.</summary>
    internal static DecompressionStream OpenManagedZstd(Stream stream)
    {
        var decompressor = new DecompressionStream(stream, leaveOpen: false);
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLogMax);
        return decompressor;
    }
}
