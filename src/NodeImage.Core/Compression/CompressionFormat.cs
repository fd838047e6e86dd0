namespace NodeImage.Core.Compression;

/// <summary>The ways in which the files that we read are compressed.</summary>
public enum CompressionFormat
{
    /// <summary>Not compressed.</summary>
    None,

    /// <summary>gzip, RFC 1952.</summary>
    Gzip,

    /// <summary>The xz format, version 1.0.4 of its specification.</summary>
    Xz,

    /// <summary>The older <c>.lzma</c> format.</summary>
    Lzma,

    /// <summary>bzip2.</summary>
    Bzip2,

    /// <summary>Zstandard, RFC 8878.</summary>
    Zstd,
}
