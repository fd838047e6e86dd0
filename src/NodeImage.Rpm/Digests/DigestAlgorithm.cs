namespace NodeImage.Rpm.Digests;

/// <summary>The digest algorithms of packages and signatures, by their OpenPGP numbers (RFC 9580, section 9.5).</summary>
public enum DigestAlgorithm
{
    /// <summary>None is told.</summary>
    None = 0,

    /// <summary>MD5.</summary>
    Md5 = 1,

    /// <summary>SHA-1.</summary>
    Sha1 = 2,

    /// <summary>RIPEMD-160, which rpm does not verify.</summary>
    RipeMd160 = 3,

    /// <summary>SHA-256.</summary>
    Sha256 = 8,

    /// <summary>SHA-384.</summary>
    Sha384 = 9,

    /// <summary>SHA-512.</summary>
    Sha512 = 10,

    /// <summary>SHA-224.</summary>
    Sha224 = 11,

    /// <summary>SHA3-256.</summary>
    Sha3Of256 = 12,

    /// <summary>SHA3-512.</summary>
    Sha3Of512 = 14,
}
