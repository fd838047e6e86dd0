using System.Security.Cryptography;

namespace NodeImage.Rpm.Digests;

/// <summary>What is known of each digest algorithm.</summary>
public static class DigestAlgorithms
{
    /// <summary>The size of a digest.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The size in bytes, 0 for an algorithm that is not known.</returns>
    public static int SizeOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => 16,
        DigestAlgorithm.Sha1 or DigestAlgorithm.RipeMd160 => 20,
        DigestAlgorithm.Sha224 => 28,
        DigestAlgorithm.Sha256 or DigestAlgorithm.Sha3Of256 => 32,
        DigestAlgorithm.Sha384 => 48,
        DigestAlgorithm.Sha512 or DigestAlgorithm.Sha3Of512 => 64,
        _ => 0,
    };

    /// <summary>The name as rpm prints it, such as <c>SHA256</c>.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The name.</returns>
    public static string NameOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5",
        DigestAlgorithm.Sha1 => "SHA1",
        DigestAlgorithm.RipeMd160 => "RIPEMD160",
        DigestAlgorithm.Sha224 => "SHA224",
        DigestAlgorithm.Sha256 => "SHA256",
        DigestAlgorithm.Sha384 => "SHA384",
        DigestAlgorithm.Sha512 => "SHA512",
        DigestAlgorithm.Sha3Of256 => "SHA3-256",
        DigestAlgorithm.Sha3Of512 => "SHA3-512",
        _ => $"Unknown hash algorithm({(int)algorithm})",
    };

    /// <summary>Finds an algorithm by the name that repository metadata gives it.</summary>
    /// <param name="name">The name, such as <c>sha256</c>, or <c>sha</c>, which old metadata says for SHA-1.</param>
    /// <returns>The algorithm, <see cref="DigestAlgorithm.None"/> where the name is not known.</returns>
    public static DigestAlgorithm Parse(string name) => name.ToLowerInvariant() switch
    {
        "md5" => DigestAlgorithm.Md5,
        "sha" or "sha1" => DigestAlgorithm.Sha1,
        "sha224" => DigestAlgorithm.Sha224,
        "sha256" => DigestAlgorithm.Sha256,
        "sha384" => DigestAlgorithm.Sha384,
        "sha512" => DigestAlgorithm.Sha512,
        _ => DigestAlgorithm.None,
    };

    /// <summary>The platform's name for an algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The name, or null where the platform does not have it.</returns>
    internal static HashAlgorithmName? PlatformNameOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => HashAlgorithmName.MD5,
        DigestAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        DigestAlgorithm.Sha3Of256 when SHA3_256.IsSupported => HashAlgorithmName.SHA3_256,
        DigestAlgorithm.Sha3Of512 when SHA3_512.IsSupported => HashAlgorithmName.SHA3_512,
        _ => null,
    };
}
