using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;
using Org.BouncyCastle.Bcpg;

namespace NodeImage.Fuzz.Targets;

/// <summary>Key files, and signatures that are verified with what comes of them.</summary>
internal sealed class KeyTarget : Target
{
    private static readonly byte[] Content = [1, 2, 3];

    private static readonly TestKey[] Keys =
    [
        TestKey.Rsa, TestKey.Make(PublicKeyAlgorithmTag.Dsa), TestKey.Make(PublicKeyAlgorithmTag.ECDsa), TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, withSubkey: true),
    ];

    private static readonly byte[][] Signatures = [.. Keys.Select(key => key.Sign(Content))];

    public override string Name => "key";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. Keys.Select(key => key.Certificate), .. Keys.Select(key => key.Armored), TestKey.Rsa.Revoked(),
        new ModernTestKey(OpenPgpAlgorithm.Ed25519, 6).Certificate, new ModernTestKey(OpenPgpAlgorithm.MlDsa65Ed25519, 6).Certificate, .. Real("*.asc", "RPM-GPG-KEY-*"),
    ];

    public override void Read(byte[] input)
    {
        var keyring = new RpmKeyring();
        keyring.Add(input, "fuzz");
        foreach (var signature in Signatures)
        {
            Diagnostics.Ignore(() => DetachedSignature.Verify(Content, signature, keyring, "fuzz"));
        }
    }
}
