using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace NodeImage.Rpm.Tests.Signatures;

public sealed class DetachedSignatureTests
{
    private static readonly byte[] Content = [.. "<repomd/>\n"u8];

    [Fact]
    public void A_signature_is_verified_in_ascii_and_in_binary()
    {
        var signature = TestKey.Rsa.Sign(Content);

        Assert.Equal($"{TestKey.Rsa.KeyId:x16}", Verify(signature, TestKey.Rsa.Certificate).KeyId);
        Assert.Equal($"{TestKey.Rsa.KeyId:x16}", Verify(TestKey.Armor(signature), TestKey.Rsa.Certificate).KeyId);
    }

    [Fact]
    public void One_of_several_signatures_is_enough()
    {
        var other = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy);
        byte[] both = [.. other.Sign(Content), .. TestKey.Rsa.Sign(Content)];

        Assert.Equal($"{TestKey.Rsa.KeyId:x16}", Verify(both, TestKey.Rsa.Certificate).KeyId);
        Assert.Equal($"{other.KeyId:x16}", Verify([.. TestKey.Armor(both)], other.Certificate).KeyId);
    }

    [Fact]
    public void What_does_not_verify_is_refused_with_the_code_that_fits()
    {
        var other = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy);

        Refusal.Of(SignatureDiagnostics.Unsigned, () => Verify([], TestKey.Rsa.Certificate));
        Refusal.Of(SignatureDiagnostics.NoKey, () => Verify(TestKey.Rsa.Sign(Content), other.Certificate));
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Verify(TestKey.Rsa.Sign([1]), TestKey.Rsa.Certificate));
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Verify("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n"u8.ToArray(), TestKey.Rsa.Certificate));
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Verify([0x88, 1, 2], TestKey.Rsa.Certificate));
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Verify(TestKey.Rsa.Sign(Content, type: PgpSignature.CanonicalTextDocument), TestKey.Rsa.Certificate));
        Refusal.Of(SignatureDiagnostics.RevokedKey, () => Verify(TestKey.Rsa.Sign(Content), TestKey.Rsa.Revoked()));
    }

    private static RpmPublicKey Verify(byte[] signature, byte[] certificate)
    {
        var keyring = new RpmKeyring();
        keyring.Add(certificate, "key");
        return DetachedSignature.Verify(Content, signature, keyring, "repomd.xml");
    }
}
