using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz.Targets;

/// <summary>Signatures beside a file.</summary>
internal sealed class SignatureTarget : Target
{
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly ModernTestKey Modern = new(OpenPgpAlgorithm.MlDsa65Ed25519, 6);
    private static readonly RpmKeyring Keyring = MakeKeyring();

    public override string Name => "signature";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        TestKey.Rsa.Sign(Content), TestKey.Rsa.Sign(Content, version: 3), TestKey.Armor(TestKey.Rsa.Sign(Content)), Modern.Sign(Content), .. Real("repomd.xml.asc"),
    ];

    public override void Read(byte[] input) => DetachedSignature.Verify(Content, input, Keyring, "fuzz");

    private static RpmKeyring MakeKeyring()
    {
        var keyring = new RpmKeyring();
        keyring.Add(TestKey.Rsa.Certificate, "key");
        keyring.Add(Modern.Certificate, "key");
        return keyring;
    }
}
