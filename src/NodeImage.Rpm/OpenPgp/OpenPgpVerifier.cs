using System.Security.Cryptography;
using NodeImage.Rpm.Digests;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>Verifies a signature over a digest with a key.</summary>
internal static class OpenPgpVerifier
{
    // Larger numbers occur in no real key, and would keep a processor busy for long.
    private const int MaxModulusSize = 16384 / 8;
    private const int MaxExponentSize = 8;
    private const int MaxSubgroupSize = 512 / 8;

    private const int Ed25519KeySize = 32;
    private const int Ed25519SignatureSize = 64;
    private const int Ed448KeySize = 57;
    private const int Ed448SignatureSize = 114;

    private static readonly byte[] Ed25519Curve = [0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01];

    /// <summary>Verifies a signature.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="digest">The digest that it should be over.</param>
    /// <returns>Whether the key made it over that digest.</returns>
    public static bool Verify(OpenPgpPublicKey key, OpenPgpSignature signature, byte[] digest)
    {
        if (key.Algorithm != signature.Algorithm || !digest.AsSpan().StartsWith(signature.DigestStart.Span))
        {
            return false;
        }

        try
        {
            return key.Algorithm switch
            {
                OpenPgpAlgorithm.Rsa => VerifyRsa(key.Material, signature, digest),
                OpenPgpAlgorithm.Dsa => VerifyDsa(key.Material, signature.Material, digest),
                OpenPgpAlgorithm.Ecdsa => VerifyEcdsa(key.Material, signature.Material, digest),
                OpenPgpAlgorithm.EdDsa => VerifyEdDsa(key.Material, signature.Material, digest),
                _ => VerifyBytes(key.Algorithm, key.Material.Bytes.Span, signature.Material.Bytes.Span, digest),
            };
        }
        catch (Exception e) when (e is CryptographicException or CryptoException or ArgumentException or ArithmeticException
            or InvalidOperationException or PlatformNotSupportedException or IOException)
        {
            // Keys are hostile too: numbers that are no key make the libraries throw.
            return false;
        }
    }

    private static bool VerifyRsa(OpenPgpMaterial key, OpenPgpSignature signature, byte[] digest)
    {
        var made = signature.Material.Numbers[0];
        var size = key.Numbers[0].Length;
        if (made.Length > size || size > MaxModulusSize || key.Numbers[1].Length > MaxExponentSize)
        {
            return false;
        }

        // The platform is many times faster, but may be told to refuse old digests, or not know them.
        if (signature.DigestAlgorithm is DigestAlgorithm.Sha256 or DigestAlgorithm.Sha384 or DigestAlgorithm.Sha512)
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = key.Numbers[0].ToArray(), Exponent = key.Numbers[1].ToArray() });
            var padded = new byte[size];
            made.Span.CopyTo(padded.AsSpan(size - made.Length));
            return rsa.VerifyHash(digest, padded, DigestAlgorithms.PlatformNameOf(signature.DigestAlgorithm)!.Value, RSASignaturePadding.Pkcs1);
        }

        return VerifyRsaWithOldDigest(key, signature, digest);
    }

    private static bool VerifyRsaWithOldDigest(OpenPgpMaterial key, OpenPgpSignature signature, byte[] digest)
    {
        IDigest? named = signature.DigestAlgorithm switch
        {
            DigestAlgorithm.Md5 => new MD5Digest(),
            DigestAlgorithm.Sha1 => new Sha1Digest(),
            DigestAlgorithm.RipeMd160 => new RipeMD160Digest(),
            DigestAlgorithm.Sha224 => new Sha224Digest(),
            DigestAlgorithm.Sha3Of256 => new Sha3Digest(256),
            DigestAlgorithm.Sha3Of512 => new Sha3Digest(512),
            _ => null,
        };
        if (named is null)
        {
            return false;
        }

        var signer = new RsaDigestSigner(new PresetDigest(named, digest));
        signer.Init(false, new RsaKeyParameters(false, Number(key, 0), Number(key, 1)));
        var padded = new byte[key.Numbers[0].Length];
        signature.Material.Numbers[0].Span.CopyTo(padded.AsSpan(padded.Length - signature.Material.Numbers[0].Length));
        return signer.VerifySignature(padded);
    }

    private static bool VerifyDsa(OpenPgpMaterial key, OpenPgpMaterial signature, byte[] digest)
    {
        if (key.Numbers[0].Length > MaxModulusSize || key.Numbers[1].Length > MaxSubgroupSize)
        {
            return false;
        }

        var parameters = new DsaParameters(Number(key, 0), Number(key, 1), Number(key, 2));
        var signer = new DsaSigner();
        signer.Init(false, new DsaPublicKeyParameters(Number(key, 3), parameters));
        var size = Math.Max(20, (parameters.Q.BitLength + 7) / 8);
        return signer.VerifySignature(digest.Length > size ? digest[..size] : digest, Number(signature, 0), Number(signature, 1));
    }

    private static bool VerifyEcdsa(OpenPgpMaterial key, OpenPgpMaterial signature, byte[] digest)
    {
        var oid = new DerObjectIdentifier(DecodeOid(key.Curve.Span));
        var curve = NistNamedCurves.GetByOid(oid) ?? ECNamedCurveTable.GetByOid(oid);
        if (curve is null)
        {
            return false;
        }

        var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(curve.Curve.DecodePoint(key.Numbers[0].ToArray()), domain));
        return signer.VerifySignature(digest, Number(signature, 0), Number(signature, 1));
    }

    private static bool VerifyEdDsa(OpenPgpMaterial key, OpenPgpMaterial signature, byte[] digest)
    {
        var point = key.Numbers[0].Span;
        if (!key.Curve.Span.SequenceEqual(Ed25519Curve) || point.Length != Ed25519KeySize + 1 || point[0] != 0x40)
        {
            return false;
        }

        // The two halves lose their leading zeros as numbers.
        const int Half = Ed25519SignatureSize / 2;
        var r = signature.Numbers[0].Span;
        var s = signature.Numbers[1].Span;
        if (r.Length > Half || s.Length > Half)
        {
            return false;
        }

        var whole = new byte[Ed25519SignatureSize];
        r.CopyTo(whole.AsSpan(Half - r.Length));
        s.CopyTo(whole.AsSpan(Ed25519SignatureSize - s.Length));
        return VerifyEd25519(point[1..], whole, digest);
    }

    private static bool VerifyBytes(OpenPgpAlgorithm algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, byte[] digest) => algorithm switch
    {
        OpenPgpAlgorithm.Ed25519 => VerifyEd25519(key, signature, digest),
        OpenPgpAlgorithm.Ed448 => VerifyEd448(key, signature, digest),
        OpenPgpAlgorithm.MlDsa65Ed25519 => VerifyEd25519(key[..Ed25519KeySize], signature[..Ed25519SignatureSize], digest)
            && VerifyMlDsa(MLDsaParameters.ml_dsa_65, key[Ed25519KeySize..], signature[Ed25519SignatureSize..], digest),
        OpenPgpAlgorithm.MlDsa87Ed448 => VerifyEd448(key[..Ed448KeySize], signature[..Ed448SignatureSize], digest)
            && VerifyMlDsa(MLDsaParameters.ml_dsa_87, key[Ed448KeySize..], signature[Ed448SignatureSize..], digest),
        _ => false,
    };

    private static bool VerifyEd25519(ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, byte[] digest) =>
        Verify(new Ed25519Signer(), new Ed25519PublicKeyParameters(key), signature, digest);

    private static bool VerifyEd448(ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, byte[] digest) =>
        Verify(new Ed448Signer([]), new Ed448PublicKeyParameters(key), signature, digest);

    private static bool VerifyMlDsa(MLDsaParameters parameters, ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, byte[] digest) =>
        Verify(new MLDsaSigner(parameters, deterministic: true), MLDsaPublicKeyParameters.FromEncoding(parameters, key.ToArray()), signature, digest);

    private static bool Verify(ISigner signer, ICipherParameters key, ReadOnlySpan<byte> signature, byte[] digest)
    {
        signer.Init(false, key);
        signer.BlockUpdate(digest, 0, digest.Length);
        return signer.VerifySignature(signature.ToArray());
    }

    private static BigInteger Number(OpenPgpMaterial material, int index) => new(1, material.Numbers[index].ToArray());

    private static string DecodeOid(ReadOnlySpan<byte> der)
    {
        byte[] whole = [0x06, (byte)der.Length, .. der];
        return DerObjectIdentifier.GetInstance(Asn1Object.FromByteArray(whole)).Id;
    }

    // A digest that has been made already, for signers that insist on making it.
    private sealed class PresetDigest(IDigest named, byte[] digest) : IDigest
    {
        public string AlgorithmName => named.AlgorithmName;

        public int GetDigestSize() => digest.Length;

        public int GetByteLength() => named.GetByteLength();

        public void Update(byte input)
        {
        }

        public void BlockUpdate(byte[] input, int inOff, int inLen)
        {
        }

        public void BlockUpdate(ReadOnlySpan<byte> input)
        {
        }

        public int DoFinal(byte[] output, int outOff)
        {
            digest.CopyTo(output.AsSpan(outOff));
            return digest.Length;
        }

        public int DoFinal(Span<byte> output)
        {
            digest.CopyTo(output);
            return digest.Length;
        }

        public void Reset()
        {
        }
    }
}
