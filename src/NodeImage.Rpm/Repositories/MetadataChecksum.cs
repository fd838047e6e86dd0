using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.Repositories;

/// <summary>A checksum of a file, as metadata announces it.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Value">The checksum, lower-case hexadecimal digits.</param>
public sealed record MetadataChecksum(DigestAlgorithm Algorithm, string Value)
{
    /// <summary>Whether other files with the same checksum can be made today.</summary>
    public bool IsWeak => Algorithm is DigestAlgorithm.Md5 or DigestAlgorithm.Sha1;

    /// <summary>Reads a checksum.</summary>
    /// <param name="type">The algorithm's name, such as <c>sha256</c>.</param>
    /// <param name="value">The hexadecimal digits.</param>
    /// <returns>The checksum, or null where the algorithm is not known or the digits do not fit it.</returns>
    public static MetadataChecksum? TryParse(string type, string value)
    {
        var algorithm = DigestAlgorithms.Parse(type);
        var digits = value.Trim().ToLowerInvariant();
        return algorithm != DigestAlgorithm.None && digits.Length == DigestAlgorithms.SizeOf(algorithm) * 2 && digits.All(char.IsAsciiHexDigitLower)
            ? new MetadataChecksum(algorithm, digits)
            : null;
    }
}
