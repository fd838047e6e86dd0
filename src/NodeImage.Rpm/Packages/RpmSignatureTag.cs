namespace NodeImage.Rpm.Packages;

/// <summary>
/// The entries that only a signature header has, or that have another number there. The rest are named in
/// <see cref="RpmTag"/>. Numbers are those of <c>rpmSigTag</c> in rpm's <c>include/rpm/rpmtag.h</c>.
/// </summary>
public static class RpmSignatureTag
{
    /// <summary>IMA signatures of files, hexadecimal.</summary>
    public const RpmTag FileSignatures = (RpmTag)274;

    /// <summary>The length of an IMA signature.</summary>
    public const RpmTag FileSignatureLength = (RpmTag)275;

    /// <summary>Room kept free for signatures, in package format 6.</summary>
    public const RpmTag Reserved = (RpmTag)999;

    /// <summary>The size of header and payload.</summary>
    public const RpmTag Size = (RpmTag)1000;

    /// <summary>The OpenPGP signature of header and payload by an RSA key.</summary>
    public const RpmTag Pgp = (RpmTag)1002;

    /// <summary>The MD5 digest of header and payload.</summary>
    public const RpmTag Md5 = (RpmTag)1004;

    /// <summary>The OpenPGP signature of header and payload by a DSA or EdDSA key.</summary>
    public const RpmTag Gpg = (RpmTag)1005;

    /// <summary>The size of the payload in the clear.</summary>
    public const RpmTag PayloadSize = (RpmTag)1007;

    /// <summary>Room kept free for signatures.</summary>
    public const RpmTag ReservedSpace = (RpmTag)1008;
}
