using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Signatures;

/// <summary>What can be wrong with keys, signatures and digests.</summary>
public static class SignatureDiagnostics
{
    /// <summary>A key file is of no use. Arguments: file, what was seen.</summary>
    public static readonly DiagnosticDescriptor UnusableKeyFile = new(
        "NI2101",
        "Unusable key file",
        "The key file '{0}' holds no key that can verify packages: {1}. Give an OpenPGP public key, in ASCII or binary form, with an RSA, DSA, ECDSA, EdDSA or ML-DSA key of version 4 or 6.");

    /// <summary>There is no signature. Argument: file.</summary>
    public static readonly DiagnosticDescriptor Unsigned = new(
        "NI2102",
        "Not signed",
        "'{0}' is not signed, but signatures are required. Use a signed one, or set GpgCheck (for packages) or RepoGpgCheck (for metadata) to false for its repository.");

    /// <summary>The key is not at hand. Arguments: file, key identifier, keys at hand.</summary>
    public static readonly DiagnosticDescriptor NoKey = new(
        "NI2103",
        "Signed by an unknown key",
        "'{0}' is signed by the key {1}, which is not among the repository's keys ({2}). Add that key to the repository's GpgKey if you trust it.");

    /// <summary>A signature does not verify. Arguments: file, description of the signature.</summary>
    public static readonly DiagnosticDescriptor BadSignature = new(
        "NI2104",
        "Bad signature",
        "A signature of '{0}' does not verify: {1}. It has been changed since it was signed; do not use it, and fetch it anew.");

    /// <summary>A digest does not fit. Arguments: file, description of the digest.</summary>
    public static readonly DiagnosticDescriptor DigestMismatch = new(
        "NI2105",
        "Digest mismatch",
        "A digest of '{0}' does not fit: {1}. It is damaged or has been changed; fetch it anew.");

    /// <summary>All that holds the file is too weak. Arguments: file, description of the signature.</summary>
    public static readonly DiagnosticDescriptor WeakSignature = new(
        "NI2106",
        "Signature of a broken algorithm",
        "'{0}' is signed, but only in a way that can be forged today: {1}. Have it signed anew with SHA-256 or better.");

    /// <summary>The key has been revoked. Arguments: file, key identifier, user name of the key.</summary>
    public static readonly DiagnosticDescriptor RevokedKey = new(
        "NI2107",
        "Signed by a revoked key",
        "'{0}' is signed by the key {1} ({2}), which its owner has revoked. Use what has been signed with the owner's present key.");

    /// <summary>The file is shorter or longer than it says. Arguments: file, announced size, size.</summary>
    public static readonly DiagnosticDescriptor SizeMismatch = new(
        "NI2108",
        "Package size mismatch",
        "'{0}' announces {1} bytes of header and payload, but has {2}. Fetch it anew.");

    /// <summary>Nothing tells whether the file is sound. Arguments: file, what is not covered.</summary>
    public static readonly DiagnosticDescriptor Unverifiable = new(
        "NI2109",
        "Nothing to verify a package by",
        "'{0}' has no digest and no signature that covers its {1}, so that nothing tells whether it is sound. Have it rebuilt with a current rpm.");
}
