namespace NodeImage.Rpm.OpenPgp;

/// <summary>What a signature is over (RFC 9580, section 5.2.1).</summary>
internal enum OpenPgpSignatureType
{
    Binary = 0x00,
    SubkeyBinding = 0x18,
    KeyRevocation = 0x20,
}
