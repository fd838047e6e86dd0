using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Signatures;

/// <summary>How a check ended, in rpm's words.</summary>
public enum RpmCheckStatus
{
    /// <summary>It holds.</summary>
    Ok,

    /// <summary>It does not hold, or what is checked is malformed.</summary>
    Bad,

    /// <summary>The signature's key is not at hand.</summary>
    NoKey,

    /// <summary>It holds, but the key has been revoked.</summary>
    NotTrusted,

    /// <summary>There is nothing to check.</summary>
    NotFound,
}

/// <summary>What is checked.</summary>
public enum RpmCheckKind
{
    /// <summary>A digest.</summary>
    Digest = 1,

    /// <summary>A signature.</summary>
    Signature = 2,
}

/// <summary>What a check covers.</summary>
[Flags]
public enum RpmCheckRange
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The header.</summary>
    Header = 1,

    /// <summary>The payload.</summary>
    Payload = 2,

    /// <summary>Both, one after the other.</summary>
    HeaderAndPayload = Header | Payload,
}

/// <summary>What came of one digest or signature of a package.</summary>
/// <param name="Tag">The entry that holds it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Range">What it covers.</param>
/// <param name="DigestAlgorithm">Its digest algorithm; of a signature that could not be read, <see cref="DigestAlgorithm.None"/>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Description">What <c>rpmkeys -Kv</c> calls it, such as <c>Header V4 RSA/SHA256 Signature, key ID 199e2f91</c>.</param>
/// <param name="KeyId">The identifier of a signature's key, sixteen lower-case hexadecimal digits, or null.</param>
/// <param name="Key">The key that a signature was verified with, or null.</param>
public sealed record RpmCheck(
    RpmTag Tag,
    RpmCheckKind Kind,
    RpmCheckRange Range,
    DigestAlgorithm DigestAlgorithm,
    RpmCheckStatus Status,
    string Description,
    string? KeyId,
    RpmPublicKey? Key)
{
    /// <summary>The line that <c>rpmkeys -Kv</c> prints, without what it adds in parentheses.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Description}: {Status switch
    {
        RpmCheckStatus.Ok => "OK",
        RpmCheckStatus.Bad => "BAD",
        RpmCheckStatus.NoKey => "NOKEY",
        RpmCheckStatus.NotTrusted => "NOTTRUSTED",
        _ => "NOTFOUND",
    }}";
}
