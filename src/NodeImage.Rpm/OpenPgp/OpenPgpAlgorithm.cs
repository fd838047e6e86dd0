namespace NodeImage.Rpm.OpenPgp;

/// <summary>The public-key algorithms of signatures (RFC 9580, section 9.1, and draft-ietf-openpgp-pqc).</summary>
public enum OpenPgpAlgorithm
{
    /// <summary>None is told.</summary>
    None = 0,

    /// <summary>RSA, PKCS #1 version 1.5.</summary>
    Rsa = 1,

    /// <summary>DSA.</summary>
    Dsa = 17,

    /// <summary>ECDSA.</summary>
    Ecdsa = 19,

    /// <summary>EdDSA as version 4 keys have it.</summary>
    EdDsa = 22,

    /// <summary>Ed25519.</summary>
    Ed25519 = 27,

    /// <summary>Ed448.</summary>
    Ed448 = 28,

    /// <summary>ML-DSA-65 and Ed25519, both of which must hold.</summary>
    MlDsa65Ed25519 = 30,

    /// <summary>ML-DSA-87 and Ed448, both of which must hold.</summary>
    MlDsa87Ed448 = 31,
}

/// <summary>What is known of each public-key algorithm.</summary>
internal static class OpenPgpAlgorithms
{
    /// <summary>The name as rpm prints it.</summary>
    public static string NameOf(OpenPgpAlgorithm algorithm) => algorithm switch
    {
        OpenPgpAlgorithm.Rsa => "RSA",
        OpenPgpAlgorithm.Dsa => "DSA",
        OpenPgpAlgorithm.Ecdsa => "ECDSA",
        OpenPgpAlgorithm.EdDsa => "EdDSA",
        OpenPgpAlgorithm.Ed25519 => "Ed25519",
        OpenPgpAlgorithm.Ed448 => "Ed448",
        OpenPgpAlgorithm.MlDsa65Ed25519 => "ML-DSA-65+Ed25519",
        OpenPgpAlgorithm.MlDsa87Ed448 => "ML-DSA-87+Ed448",
        _ => $"Unknown public key algorithm({(int)algorithm})",
    };

    /// <summary>How many numbers a signature has, 0 where it is bytes of <see cref="SignatureSizeOf"/>, -1 where it is not known.</summary>
    public static int SignatureNumbersOf(OpenPgpAlgorithm algorithm) => algorithm switch
    {
        OpenPgpAlgorithm.Rsa => 1,
        OpenPgpAlgorithm.Dsa or OpenPgpAlgorithm.Ecdsa or OpenPgpAlgorithm.EdDsa => 2,
        _ => SignatureSizeOf(algorithm) > 0 ? 0 : -1,
    };

    /// <summary>The size of a signature that is bytes, 0 for others.</summary>
    public static int SignatureSizeOf(OpenPgpAlgorithm algorithm) => algorithm switch
    {
        OpenPgpAlgorithm.Ed25519 => 64,
        OpenPgpAlgorithm.Ed448 => 114,
        OpenPgpAlgorithm.MlDsa65Ed25519 => 64 + 3309,
        OpenPgpAlgorithm.MlDsa87Ed448 => 114 + 4627,
        _ => 0,
    };

    /// <summary>The size of a key that is bytes, 0 for others.</summary>
    public static int KeySizeOf(OpenPgpAlgorithm algorithm) => algorithm switch
    {
        OpenPgpAlgorithm.Ed25519 => 32,
        OpenPgpAlgorithm.Ed448 => 57,
        OpenPgpAlgorithm.MlDsa65Ed25519 => 32 + 1952,
        OpenPgpAlgorithm.MlDsa87Ed448 => 57 + 2592,
        _ => 0,
    };

    /// <summary>How many numbers a key has, those after the name of its curve, 0 where it is bytes, -1 where it is not known.</summary>
    public static int KeyNumbersOf(OpenPgpAlgorithm algorithm) => algorithm switch
    {
        OpenPgpAlgorithm.Rsa => 2,
        OpenPgpAlgorithm.Dsa => 4,
        OpenPgpAlgorithm.Ecdsa or OpenPgpAlgorithm.EdDsa => 1,
        _ => KeySizeOf(algorithm) > 0 ? 0 : -1,
    };
}
