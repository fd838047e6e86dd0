using System.Globalization;
using NodeImage.Rpm.OpenPgp;

namespace NodeImage.Rpm.Signatures;

/// <summary>A key that may sign packages.</summary>
public sealed class RpmPublicKey
{
    internal RpmPublicKey(OpenPgpPublicKey key, OpenPgpCertificate certificate)
    {
        Key = key;
        Certificate = certificate;
    }

    /// <summary>The key's identifier, sixteen lower-case hexadecimal digits.</summary>
    public string KeyId => Key.KeyId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The key's fingerprint, lower-case hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(Key.Fingerprint.Span);

    /// <summary>The fingerprint of the primary key that this one belongs to; its own where it is the primary key.</summary>
    public string PrimaryFingerprint => Convert.ToHexStringLower(Certificate.Primary.Fingerprint.Span);

    /// <summary>The owner's name and address, or an empty string.</summary>
    public string UserId => Certificate.UserId;

    /// <summary>When the key was made, in seconds since 1970.</summary>
    public long CreationTime => Key.CreationTime;

    /// <summary>Its algorithm.</summary>
    public OpenPgpAlgorithm Algorithm => Key.Algorithm;

    /// <summary>Whether its owner has revoked it.</summary>
    public bool IsRevoked => Certificate.IsRevoked;

    internal OpenPgpPublicKey Key { get; }

    internal OpenPgpCertificate Certificate { get; }

    /// <summary>Identifier and owner, for messages.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => UserId.Length > 0 ? $"{KeyId} {UserId}" : KeyId;
}
