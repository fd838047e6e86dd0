using System.Buffers.Binary;
using System.Security.Cryptography;
using NodeImage.Rpm.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>A key of the algorithms that are not numbers but bytes, in packets of version 4 or 6 that are written here by hand.</summary>
internal sealed class ModernTestKey
{
    private static readonly SecureRandom Random = new();

    private readonly OpenPgpAlgorithm _algorithm;
    private readonly int _version;
    private readonly List<(Func<ISigner> Make, byte[] Public)> _parts = [];

    public ModernTestKey(OpenPgpAlgorithm algorithm, int version)
    {
        (_algorithm, _version) = (algorithm, version);
        if (algorithm is OpenPgpAlgorithm.Ed25519 or OpenPgpAlgorithm.MlDsa65Ed25519)
        {
            var pair = Generate(new Ed25519KeyPairGenerator(), new Ed25519KeyGenerationParameters(Random));
            _parts.Add((() => Init(new Ed25519Signer(), pair), ((Ed25519PublicKeyParameters)pair.Public).GetEncoded()));
        }
        else
        {
            var pair = Generate(new Ed448KeyPairGenerator(), new Ed448KeyGenerationParameters(Random));
            _parts.Add((() => Init(new Ed448Signer([]), pair), ((Ed448PublicKeyParameters)pair.Public).GetEncoded()));
        }

        if (algorithm is OpenPgpAlgorithm.MlDsa65Ed25519 or OpenPgpAlgorithm.MlDsa87Ed448)
        {
            var set = algorithm == OpenPgpAlgorithm.MlDsa65Ed25519 ? MLDsaParameters.ml_dsa_65 : MLDsaParameters.ml_dsa_87;
            var pair = Generate(new MLDsaKeyPairGenerator(), new MLDsaKeyGenerationParameters(Random, set));
            _parts.Add((() => Init(new MLDsaSigner(set, deterministic: true), pair), ((MLDsaPublicKeyParameters)pair.Public).GetEncoded()));
        }
    }

    /// <summary>The key and a user name.</summary>
    public byte[] Certificate => [.. Packet(6, KeyBody()), .. Packet(13, "Modern <modern@example.org>"u8.ToArray())];

    public string KeyId => Convert.ToHexStringLower(_version == 6 ? Fingerprint()[..8] : Fingerprint()[^8..]);

    /// <summary>Signs data over SHA-512.</summary>
    public byte[] Sign(byte[] data)
    {
        byte[] issuer = [33, (byte)_version, .. Fingerprint()];
        byte[] hashed = [5, 0x80 | 2, .. HeaderBuilder.Number(1_700_000_000), (byte)issuer.Length, .. issuer];
        byte[] length = _version == 6 ? HeaderBuilder.Number(hashed.Length) : [(byte)(hashed.Length >> 8), (byte)hashed.Length];
        byte[] covered = [(byte)_version, 0, (byte)_algorithm, 10, .. length, .. hashed];
        byte[] salt = _version == 6 ? RandomNumberGenerator.GetBytes(32) : [];
        var digest = SHA512.HashData([.. salt, .. data, .. covered, (byte)_version, 0xff, .. HeaderBuilder.Number(covered.Length)]);
        byte[] made = [.. _parts.SelectMany(part => Make(part.Make(), digest))];
        byte[] none = _version == 6 ? [0, 0, 0, 0] : [0, 0];
        byte[] saltWithSize = _version == 6 ? [32, .. salt] : [];
        return Packet(2, [.. covered, .. none, digest[0], digest[1], .. saltWithSize, .. made]);
    }

    private static AsymmetricCipherKeyPair Generate(IAsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters)
    {
        generator.Init(parameters);
        return generator.GenerateKeyPair();
    }

    private static ISigner Init(ISigner signer, AsymmetricCipherKeyPair pair)
    {
        signer.Init(true, pair.Private);
        return signer;
    }

    private static byte[] Make(ISigner signer, byte[] digest)
    {
        signer.BlockUpdate(digest, 0, digest.Length);
        return signer.GenerateSignature();
    }

    private static byte[] Packet(int tag, byte[] body) => [(byte)(0xc0 | tag), 0xff, .. HeaderBuilder.Number(body.Length), .. body];

    private byte[] KeyBody()
    {
        byte[] material = [.. _parts.SelectMany(part => part.Public)];
        byte[] length = _version == 6 ? HeaderBuilder.Number(material.Length) : [];
        return [(byte)_version, .. HeaderBuilder.Number(1_700_000_000), (byte)_algorithm, .. length, .. material];
    }

    private byte[] Fingerprint()
    {
        var body = KeyBody();
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, body.Length);
#pragma warning disable CA5350 // As the format has it.
        return _version == 6 ? SHA256.HashData([0x9b, .. size, .. body]) : SHA1.HashData([0x99, size[2], size[3], .. body]);
#pragma warning restore CA5350
    }
}
