using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace NodeImage.Rpm.Tests.Signatures;

public sealed class VerificationTests
{
    private static readonly RpmVerificationPolicy SignaturesRequired = new();
    private static readonly RpmVerificationPolicy DigestsSuffice = new() { RequireSignature = false };

    [Fact]
    public void The_digests_of_a_package_are_verified()
    {
        var package = new RpmBuilder().Open();

        Assert.Equal(
            ["Header SHA256 digest: OK", "Header SHA1 digest: OK", "Payload SHA256 digest: OK", "MD5 digest: OK"],
            Lines(package, new RpmKeyring()));
        Enforce(DigestsSuffice, package, new RpmKeyring());
        Refusal.Of(SignatureDiagnostics.Unsigned, () => Enforce(SignaturesRequired, package, new RpmKeyring()));
    }

    [Fact]
    public void A_payload_that_is_not_compressed_bears_out_either_digest()
    {
        var plain = new RpmBuilder { Compressor = null }.Open();
        var onlyAlternative = new RpmBuilder
        {
            Compressor = null,
            Header = header => header.AddArray(RpmTag.PayloadSha256, new string('0', 64)),
        }.Open();

        Assert.Contains("Payload SHA256 ALT digest: OK", Lines(plain, new RpmKeyring()));
        Assert.DoesNotContain("Payload SHA256 digest: BAD", Lines(onlyAlternative, new RpmKeyring()));
        Enforce(DigestsSuffice, onlyAlternative, new RpmKeyring());
    }

    [Theory]
    [InlineData(PublicKeyAlgorithmTag.RsaGeneral, "RSA")]
    [InlineData(PublicKeyAlgorithmTag.Dsa, "DSA")]
    [InlineData(PublicKeyAlgorithmTag.ECDsa, "ECDSA")]
    [InlineData(PublicKeyAlgorithmTag.EdDsa_Legacy, "EdDSA")]
    public void A_signature_of_any_algorithm_is_verified(PublicKeyAlgorithmTag algorithm, string name)
    {
        var key = TestKey.Make(algorithm);
        var package = Signed(key);

        Assert.Contains($"Header V4 {name}/SHA256 Signature, key ID {(uint)key.KeyId:x8}: OK", Lines(package, Keyring(key)));
        Assert.Contains($"Header V4 {name}/SHA256 Signature, key ID {(uint)key.KeyId:x8}: NOKEY", Lines(package, new RpmKeyring()));
        Enforce(SignaturesRequired, package, Keyring(key));
    }

    [Theory]
    [InlineData(OpenPgpAlgorithm.Ed25519, 4)]
    [InlineData(OpenPgpAlgorithm.Ed25519, 6)]
    [InlineData(OpenPgpAlgorithm.Ed448, 6)]
    [InlineData(OpenPgpAlgorithm.MlDsa65Ed25519, 6)]
    [InlineData(OpenPgpAlgorithm.MlDsa87Ed448, 6)]
    public void A_signature_of_the_newer_algorithms_is_verified(OpenPgpAlgorithm algorithm, int version)
    {
        var key = new ModernTestKey(algorithm, version);
        var keyring = new RpmKeyring();
        keyring.Add(key.Certificate, "key");
        RpmPackageFile Sign(Func<byte[], byte[]> change) => new RpmBuilder
        {
            Format = 6,
            Signature = (signature, header, _) => signature.AddArray(RpmTag.OpenPgp, Convert.ToBase64String(change(key.Sign(header)))),
        }.Open();

        Enforce(SignaturesRequired, Sign(signature => signature), keyring);

        // Of two that must both hold, the second alone is changed.
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Enforce(SignaturesRequired, Sign(signature => [.. signature[..^1], (byte)(signature[^1] ^ 1)]), keyring));
        Assert.Equal(key.KeyId, keyring.Keys[0].KeyId);
    }

    [Theory]
    [InlineData(HashAlgorithmTag.MD5, true)]
    [InlineData(HashAlgorithmTag.Sha1, true)]
    [InlineData(HashAlgorithmTag.RipeMD160, true)]
    [InlineData(HashAlgorithmTag.Sha224, false)]
    [InlineData(HashAlgorithmTag.Sha256, false)]
    [InlineData(HashAlgorithmTag.Sha384, false)]
    [InlineData(HashAlgorithmTag.Sha512, false)]
    public void A_signature_over_any_digest_is_verified_but_a_broken_one_does_not_count(HashAlgorithmTag digest, bool isWeak)
    {
        var package = Signed(TestKey.Rsa, digest);
        var keyring = Keyring(TestKey.Rsa);

        Assert.Contains(RpmVerification.Verify(package, keyring), check => check is { Kind: RpmCheckKind.Signature, Status: RpmCheckStatus.Ok });
        Enforce(new RpmVerificationPolicy { AllowWeakSignatures = true }, package, keyring);
        if (isWeak)
        {
            Refusal.Of(SignatureDiagnostics.WeakSignature, () => Enforce(SignaturesRequired, package, keyring));
        }
        else
        {
            Enforce(SignaturesRequired, package, keyring);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_signature_over_header_and_payload_is_verified(int version)
    {
        var package = new RpmBuilder
        {
            Signature = (signature, _, everything) => signature.AddBytes(RpmSignatureTag.Pgp, TestKey.Rsa.Sign(everything, version: version)),
        }.Open();

        Assert.Contains($"V{version} RSA/SHA256 Signature, key ID {(uint)TestKey.Rsa.KeyId:x8}: OK", Lines(package, Keyring(TestKey.Rsa)));
        Enforce(SignaturesRequired, package, Keyring(TestKey.Rsa));
    }

    [Fact]
    public void Signatures_of_the_newer_format_are_verified()
    {
        var other = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy);
        var package = new RpmBuilder
        {
            Format = 6,
            Signature = (signature, header, _) => signature.AddArray(
                RpmTag.OpenPgp, Convert.ToBase64String(TestKey.Rsa.Sign(header)), Convert.ToBase64String(other.Sign(header))),
        }.Open();

        Assert.Equal(2, RpmVerification.Verify(package, Keyring(TestKey.Rsa, other)).Count(check => check is { Kind: RpmCheckKind.Signature, Status: RpmCheckStatus.Ok }));
        Enforce(SignaturesRequired, package, Keyring(other));
        Refusal.Of(SignatureDiagnostics.NoKey, () => Enforce(SignaturesRequired, package, new RpmKeyring()));
    }

    [Fact]
    public void A_signature_by_a_subkey_is_verified()
    {
        var key = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, withSubkey: true);
        var package = new RpmBuilder
        {
            Signature = (signature, header, _) => signature.AddBytes(RpmTag.DsaHeader, key.Sign(header, bySubkey: true)),
        }.Open();

        Enforce(SignaturesRequired, package, Keyring(key));
    }

    [Fact]
    public void A_signature_by_a_revoked_key_is_not_trusted()
    {
        var keyring = new RpmKeyring();
        keyring.Add(TestKey.Rsa.Revoked(), "key");

        Assert.Contains(RpmVerification.Verify(Signed(TestKey.Rsa), keyring), check => check.Status == RpmCheckStatus.NotTrusted);
        Refusal.Of(SignatureDiagnostics.RevokedKey, () => Enforce(DigestsSuffice, Signed(TestKey.Rsa), keyring));
    }

    [Fact]
    public void The_message_for_an_unknown_key_names_it_and_those_at_hand()
    {
        var other = TestKey.Make(PublicKeyAlgorithmTag.EdDsa_Legacy, "Other <other@example.org>");

        var diagnostic = Refusal.Of(SignatureDiagnostics.NoKey, () => Enforce(SignaturesRequired, Signed(TestKey.Rsa), Keyring(other)));

        Assert.Contains($"{TestKey.Rsa.KeyId:x16}", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("Other <other@example.org>", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_over_something_else_is_bad_with_and_without_the_key()
    {
        var package = new RpmBuilder
        {
            Signature = (signature, header, _) => signature.AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign([.. header, 0])),
        }.Open();

        Refusal.Of(SignatureDiagnostics.BadSignature, () => Enforce(SignaturesRequired, package, Keyring(TestKey.Rsa)));

        // The signature tells the first bytes of the digest that it is over.
        Refusal.Of(SignatureDiagnostics.BadSignature, () => Enforce(DigestsSuffice, package, new RpmKeyring()));
    }

    [Fact]
    public void What_is_no_signature_or_no_digest_is_bad()
    {
        Action<HeaderBuilder, byte[], byte[]>[] changes =
        [
            (signature, _, _) => signature.AddBytes(RpmTag.RsaHeader, [1, 2, 3]),
            (signature, header, _) => signature.AddBytes(RpmTag.RsaHeader, [.. TestKey.Rsa.Sign(header), 0]),
            (signature, header, _) => signature.AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign(header, type: PgpSignature.CanonicalTextDocument)),
            (signature, _, _) => signature.Add(RpmTag.RsaHeader, "text"),
            (signature, _, _) => signature.AddArray(RpmTag.OpenPgp, "no base64!"),
            (signature, _, _) => signature.Add(RpmTag.Sha256Header, "no digits at all, but as many as there should be, sixty-four....."[..64]),
            (signature, _, _) => signature.Add(RpmTag.Sha256Header, "abcd"),
            (signature, _, _) => signature.AddBytes(RpmSignatureTag.Md5, [1]),
        ];
        foreach (var change in changes)
        {
            var package = new RpmBuilder { Signature = change }.Open();
            Assert.NotNull(Refusal.CodeOf(() => Enforce(DigestsSuffice, package, Keyring(TestKey.Rsa))));
        }
    }

    [Fact]
    public void A_package_that_is_signed_in_part_is_refused()
    {
        var package = new RpmBuilder
        {
            Format = 4,
            WithDigests = false,
            Signature = (signature, header, _) => signature.AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign(header)),
        }.Open();

        Refusal.Of(SignatureDiagnostics.Unverifiable, () => Enforce(SignaturesRequired, package, Keyring(TestKey.Rsa)));
    }

    [Fact]
    public void A_package_that_nothing_holds_together_is_refused()
    {
        var package = new RpmBuilder { WithDigests = false }.Open();

        Refusal.Of(SignatureDiagnostics.Unverifiable, () => Enforce(DigestsSuffice, package, new RpmKeyring()));
    }

    [Fact]
    public void A_package_of_another_size_than_it_says_is_refused()
    {
        var package = new RpmBuilder { Signature = (signature, _, everything) => signature.AddInt32(RpmSignatureTag.Size, (uint)everything.Length + 1) }.Open();

        Refusal.Of(SignatureDiagnostics.SizeMismatch, () => Enforce(DigestsSuffice, package, new RpmKeyring()));
    }

    [Fact]
    public void The_header_can_be_judged_before_the_payload_and_the_payload_while_it_is_read()
    {
        var package = Signed(TestKey.Rsa, files: [TestFile.Regular("/a", "a")]);
        var keyring = Keyring(TestKey.Rsa);
        using var verification = RpmVerification.Begin(package, keyring, RpmVerificationScope.Sufficient);

        SignaturesRequired.EnforceHeader(package, keyring, verification.FinishHeader());
        Assert.True(verification.NeedsPayload);
        using (var reader = RpmPayloadReader.Open(package, new RpmPayloadOptions { Observer = verification.AppendPayload }))
        {
            while (reader.MoveNext())
            {
            }
        }

        var checks = verification.Finish();
        Assert.DoesNotContain(checks, check => check.Tag == RpmSignatureTag.Md5);
        SignaturesRequired.Enforce(package, keyring, checks);
    }

    [Fact]
    public void A_payload_that_was_not_read_does_not_pass()
    {
        var package = Signed(TestKey.Rsa);
        var keyring = Keyring(TestKey.Rsa);
        using var verification = RpmVerification.Begin(package, keyring);

        Refusal.Of(SignatureDiagnostics.Unverifiable, () => SignaturesRequired.Enforce(package, keyring, verification.FinishHeader()));
        Refusal.Of(SignatureDiagnostics.DigestMismatch, () => SignaturesRequired.Enforce(package, keyring, verification.Finish()));
    }

    private static RpmKeyring Keyring(params IEnumerable<TestKey> keys)
    {
        var keyring = new RpmKeyring();
        foreach (var key in keys)
        {
            keyring.Add(key.Certificate, "key");
        }

        return keyring;
    }

    private static RpmPackageFile Signed(TestKey key, HashAlgorithmTag digest = HashAlgorithmTag.Sha256, IReadOnlyList<TestFile>? files = null) => new RpmBuilder
    {
        Files = files ?? [],
        Signature = (signature, header, _) => signature.AddBytes(RpmTag.RsaHeader, key.Sign(header, digest)),
    }.Open();

    private static IEnumerable<string> Lines(RpmPackageFile package, RpmKeyring keyring) =>
        RpmVerification.Verify(package, keyring).Select(check => check.ToString());

    private static void Enforce(RpmVerificationPolicy policy, RpmPackageFile package, RpmKeyring keyring) =>
        policy.Enforce(package, keyring, RpmVerification.Verify(package, keyring));
}
