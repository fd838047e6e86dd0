using NodeImage.Rpm.Digests;
using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Signatures;

/// <summary>A digest or signature that a package may carry, and the shape that it must have.</summary>
/// <param name="Tag">The entry that holds it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Range">What it covers.</param>
/// <param name="Type">The type of the entry.</param>
/// <param name="Size">The size of the entry's data, 0 for any.</param>
/// <param name="Digest">The algorithm of a digest.</param>
/// <param name="Key">The algorithm that an unreadable signature is called after.</param>
/// <param name="IsInHeader">Whether it is in the header, which is signed itself, rather than in the signature header.</param>
/// <param name="IsAlternative">Whether it covers the payload in the clear, which is what a payload that is stored so has.</param>
/// <param name="Family">Checks of one family stand in for each other.</param>
internal sealed record CheckDefinition(
    RpmTag Tag,
    RpmCheckKind Kind,
    RpmCheckRange Range,
    RpmTagType Type,
    int Size,
    DigestAlgorithm Digest,
    OpenPgpAlgorithm Key,
    bool IsInHeader,
    bool IsAlternative,
    int Family)
{
    /// <summary>All that rpm verifies: <c>rpmvfyitems</c> and <c>rpmvfytags</c> in <c>lib/rpmvs.c</c> of rpm 4.18, and what rpm 6 adds.</summary>
    public static readonly CheckDefinition[] All =
    [
        Signature(RpmTag.OpenPgp, RpmCheckRange.Header, RpmTagType.StringArray, OpenPgpAlgorithm.None, 10),
        Signature(RpmSignatureTag.Pgp, RpmCheckRange.HeaderAndPayload, RpmTagType.Bin, OpenPgpAlgorithm.Rsa, 19),
        InSignature(RpmSignatureTag.Md5, RpmCheckRange.HeaderAndPayload, RpmTagType.Bin, 16, DigestAlgorithm.Md5, 17),
        Signature(RpmSignatureTag.Gpg, RpmCheckRange.HeaderAndPayload, RpmTagType.Bin, OpenPgpAlgorithm.Dsa, 18),
        Signature(RpmTag.DsaHeader, RpmCheckRange.Header, RpmTagType.Bin, OpenPgpAlgorithm.Dsa, 11),
        Signature(RpmTag.RsaHeader, RpmCheckRange.Header, RpmTagType.Bin, OpenPgpAlgorithm.Rsa, 12),
        InSignature(RpmTag.Sha1Header, RpmCheckRange.Header, RpmTagType.String, 41, DigestAlgorithm.Sha1, 8),
        InSignature(RpmTag.Sha256Header, RpmCheckRange.Header, RpmTagType.String, 65, DigestAlgorithm.Sha256, 9),
        InSignature(RpmTag.Sha3Header, RpmCheckRange.Header, RpmTagType.String, 65, DigestAlgorithm.Sha3Of256, 7),
        InHeader(RpmTag.PayloadSha256, RpmTagType.StringArray, DigestAlgorithm.Sha256, isAlternative: false, 16),
        InHeader(RpmTag.PayloadSha256Alt, RpmTagType.StringArray, DigestAlgorithm.Sha256, isAlternative: true, 16),
        InHeader(RpmTag.PayloadSha512, RpmTagType.String, DigestAlgorithm.Sha512, isAlternative: false, 15),
        InHeader(RpmTag.PayloadSha512Alt, RpmTagType.String, DigestAlgorithm.Sha512, isAlternative: true, 15),
        InHeader(RpmTag.PayloadSha3, RpmTagType.String, DigestAlgorithm.Sha3Of256, isAlternative: false, 14),
        InHeader(RpmTag.PayloadSha3Alt, RpmTagType.String, DigestAlgorithm.Sha3Of256, isAlternative: true, 14),
    ];

    private static CheckDefinition Signature(RpmTag tag, RpmCheckRange range, RpmTagType type, OpenPgpAlgorithm key, int family) =>
        new(tag, RpmCheckKind.Signature, range, type, 0, DigestAlgorithm.None, key, false, false, family);

    private static CheckDefinition InSignature(RpmTag tag, RpmCheckRange range, RpmTagType type, int size, DigestAlgorithm digest, int family) =>
        new(tag, RpmCheckKind.Digest, range, type, size, digest, OpenPgpAlgorithm.None, false, false, family);

    private static CheckDefinition InHeader(RpmTag tag, RpmTagType type, DigestAlgorithm digest, bool isAlternative, int family) =>
        new(tag, RpmCheckKind.Digest, RpmCheckRange.Payload, type, 0, digest, OpenPgpAlgorithm.None, true, isAlternative, family);
}
