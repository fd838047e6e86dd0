using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;
using Org.BouncyCastle.Bcpg;

namespace NodeImage.Rpm.Tests.Signatures;

public sealed class KeyringTests
{
    [Fact]
    public void A_key_is_read_in_ascii_and_in_binary_and_is_the_same()
    {
        var keyring = new RpmKeyring();

        Assert.Equal(1, keyring.Add(TestKey.Rsa.Armored, "key.asc"));
        Assert.Equal(0, keyring.Add(TestKey.Rsa.Certificate, "key.gpg"));

        var key = Assert.Single(keyring.Keys);
        Assert.Equal($"{TestKey.Rsa.KeyId:x16}", key.KeyId);
        Assert.EndsWith(key.KeyId, key.Fingerprint, StringComparison.Ordinal);
        Assert.Equal(("Test <test@example.org>", OpenPgpAlgorithm.Rsa, false), (key.UserId, key.Algorithm, key.IsRevoked));
        Assert.Equal(1_672_531_200, key.CreationTime);
    }

    [Fact]
    public void Several_keys_in_a_file_are_all_read()
    {
        var other = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy);
        byte[] binary = [.. TestKey.Rsa.Certificate, .. other.Certificate];
        byte[] blocks = [.. TestKey.Rsa.Armored, .. other.Armored];

        Assert.Equal(2, new RpmKeyring().Add(binary, "keys.gpg"));
        Assert.Equal(2, new RpmKeyring().Add(TestKey.Armor(binary), "keys.asc"));
        Assert.Equal(2, new RpmKeyring().Add(blocks, "keys.asc"));
    }

    [Fact]
    public void A_subkey_that_is_bound_may_sign()
    {
        var keyring = new RpmKeyring();
        var key = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, withSubkey: true);

        Assert.Equal(2, keyring.Add(key.Certificate, "key.gpg"));

        Assert.Equal($"{key.SubkeyId:x16}", keyring.Keys[1].KeyId);
        Assert.Equal(keyring.Keys[0].Fingerprint, keyring.Keys[1].PrimaryFingerprint);
    }

    [Fact]
    public void A_subkey_that_another_key_has_bound_makes_the_certificate_worthless()
    {
        var victim = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, withSubkey: true);
        var thief = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy);

        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add(thief.WithSubkeyOf(victim), "key.gpg"));
    }

    [Fact]
    public void A_subkey_without_a_binding_makes_the_certificate_worthless()
    {
        var key = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, withSubkey: true);
        ReadOnlyMemory<byte> rest = key.Certificate;
        var end = 0;
        while (OpenPgpPacket.TryTake(ref rest, out var packet))
        {
            end = packet.Tag == OpenPgpPacketTag.PublicSubkey ? key.Certificate.Length - rest.Length : end;
        }

        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add(key.Certificate.AsSpan(0, end), "key.gpg"));
    }

    [Fact]
    public void A_revocation_is_seen_even_when_it_comes_later()
    {
        var keyring = new RpmKeyring();
        keyring.Add(TestKey.Rsa.Certificate, "old.gpg");
        keyring.Add(TestKey.Rsa.Revoked(), "new.gpg");
        keyring.Add(TestKey.Rsa.Certificate, "old.gpg");

        Assert.True(Assert.Single(keyring.Keys).IsRevoked);
    }

    [Fact]
    public void A_file_without_a_key_is_refused()
    {
        var damaged = TestKey.Rsa.Armored;
        damaged[damaged.AsSpan().IndexOf("\n\n"u8) + 20] ^= 1;
        using var folder = new TemporaryFolder();

        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add("not a key"u8, "key"));
        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add([], "key"));
        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add(damaged, "key"));
        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().Add(TestKey.Armor(TestKey.Rsa.Sign([])), "signature"));
        Refusal.Of(SignatureDiagnostics.UnusableKeyFile, () => new RpmKeyring().AddFile(folder["missing"]));
        Assert.Equal(1, new RpmKeyring().AddFile(folder.Write("key.asc", TestKey.Rsa.Armored)));
    }

    [Fact]
    public void A_key_cut_off_anywhere_is_refused_or_lacks_what_was_cut()
    {
        var certificate = TestKey.Rsa.Certificate;
        for (var length = 0; length < certificate.Length; length++)
        {
            var cut = certificate[..length];
            var code = Refusal.CodeOf(() => new RpmKeyring().Add(cut, "key"));
            Assert.True(code is null || code == SignatureDiagnostics.UnusableKeyFile.Code);
        }
    }
}
