using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>A key that signs packages in tests, made and used by another implementation of OpenPGP than the one that is tested.</summary>
internal sealed class TestKey
{
    private static readonly DateTime Made = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SecureRandom Random = new();

    private readonly PgpKeyPair _primary;
    private readonly List<PgpKeyPair> _subkeys = [];
    private readonly PgpPublicKeyRing _ring;

    private TestKey(PgpKeyPair primary, string userId, IReadOnlyList<PgpKeyPair> subkeys)
    {
        _primary = primary;
        _subkeys.AddRange(subkeys);
        var generator = new PgpKeyRingGenerator(
            PgpSignature.PositiveCertification, primary, userId, SymmetricKeyAlgorithmTag.Null, Array.Empty<char>(), true, Subpackets(PgpKeyFlags.CanSign | PgpKeyFlags.CanCertify), null, Random);
        foreach (var subkey in subkeys)
        {
            generator.AddSubKey(subkey, Subpackets(PgpKeyFlags.CanSign), null);
        }

        _ring = generator.GeneratePublicKeyRing();
    }

    /// <summary>An RSA key that many tests share.</summary>
    public static TestKey Rsa { get; } = Make(PublicKeyAlgorithmTag.RsaGeneral);

    /// <summary>The certificate in the binary form.</summary>
    public byte[] Certificate => _ring.GetEncoded();

    /// <summary>The certificate in the ASCII form.</summary>
    public byte[] Armored => Armor(Certificate);

    public ulong KeyId => (ulong)_primary.KeyId;

    public ulong SubkeyId => (ulong)_subkeys[0].KeyId;

    /// <summary>Makes a key.</summary>
    public static TestKey Make(PublicKeyAlgorithmTag algorithm, string userId = "Test <test@example.org>", bool withSubkey = false) =>
        new(MakePair(algorithm), userId, withSubkey ? [MakePair(algorithm)] : []);

    /// <summary>Signs data.</summary>
    public byte[] Sign(byte[] data, HashAlgorithmTag digest = HashAlgorithmTag.Sha256, int version = 4, bool bySubkey = false, int type = PgpSignature.BinaryDocument)
    {
        var pair = bySubkey ? _subkeys[0] : _primary;
        if (version == 3)
        {
            var old = new PgpV3SignatureGenerator(pair.PublicKey.Algorithm, digest);
            old.InitSign(type, pair.PrivateKey);
            old.Update(data);
            return old.Generate().GetEncoded();
        }

        var generator = new PgpSignatureGenerator(pair.PublicKey.Algorithm, digest);
        generator.InitSign(type, pair.PrivateKey);
        var subpackets = new PgpSignatureSubpacketGenerator();
        subpackets.SetSignatureCreationTime(false, Made);
        subpackets.SetIssuerKeyID(false, pair.KeyId);
        generator.SetHashedSubpackets(subpackets.Generate());
        generator.Update(data);
        return generator.Generate().GetEncoded();
    }

    /// <summary>The certificate with a signature of the primary key that revokes it.</summary>
    public byte[] Revoked()
    {
        var generator = new PgpSignatureGenerator(_primary.PublicKey.Algorithm, HashAlgorithmTag.Sha256);
        generator.InitSign(PgpSignature.KeyRevocation, _primary.PrivateKey);
        return PgpPublicKeyRing.InsertPublicKey(
            _ring, PgpPublicKey.AddCertification(_ring.GetPublicKey(), generator.GenerateCertification(_primary.PublicKey))).GetEncoded();
    }

    /// <summary>The certificate with the subkey of another key, bound by that other key.</summary>
    public byte[] WithSubkeyOf(TestKey other)
    {
        var stolen = other._ring.GetPublicKeys().First(key => !key.IsMasterKey);
        return [.. Certificate, .. stolen.GetEncoded()];
    }

    /// <summary>Puts bytes into the ASCII form.</summary>
    public static byte[] Armor(byte[] packets)
    {
        using var output = new MemoryStream();
        using (var armored = new ArmoredOutputStream(output))
        {
            armored.Write(packets);
        }

        return [.. Encoding.ASCII.GetBytes("Some words before.\n"), .. output.ToArray()];
    }

    private static PgpKeyPair MakePair(PublicKeyAlgorithmTag algorithm) => new(algorithm, MakeKeys(algorithm), Made);

    private static AsymmetricCipherKeyPair MakeKeys(PublicKeyAlgorithmTag algorithm)
    {
        IAsymmetricCipherKeyPairGenerator generator;
        switch (algorithm)
        {
            case PublicKeyAlgorithmTag.RsaGeneral:
                generator = new RsaKeyPairGenerator();
                generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), Random, 1024, 20));
                break;
            case PublicKeyAlgorithmTag.Dsa:
                var parameters = new DsaParametersGenerator();
                parameters.Init(512, 20, Random);
                generator = new DsaKeyPairGenerator();
                generator.Init(new DsaKeyGenerationParameters(Random, parameters.GenerateParameters()));
                break;
            case PublicKeyAlgorithmTag.ECDsa:
                generator = new ECKeyPairGenerator();
                generator.Init(new ECKeyGenerationParameters(Org.BouncyCastle.Asn1.Nist.NistNamedCurves.GetOid("P-256"), Random));
                break;
            default:
                generator = new Ed25519KeyPairGenerator();
                generator.Init(new Ed25519KeyGenerationParameters(Random));
                break;
        }

        return generator.GenerateKeyPair();
    }

    private static PgpSignatureSubpacketVector Subpackets(int flags)
    {
        var subpackets = new PgpSignatureSubpacketGenerator();
        subpackets.SetSignatureCreationTime(false, Made);
        subpackets.SetKeyFlags(false, flags);
        return subpackets.Generate();
    }
}
