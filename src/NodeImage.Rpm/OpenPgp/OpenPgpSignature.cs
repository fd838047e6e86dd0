using System.Buffers.Binary;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>A signature packet of version 3, 4 or 6 (RFC 9580, section 5.2; RFC 4880 for version 3).</summary>
internal sealed class OpenPgpSignature
{
    private OpenPgpSignature()
    {
    }

    /// <summary>The version of the packet.</summary>
    public required int Version { get; init; }

    /// <summary>What it is over.</summary>
    public required OpenPgpSignatureType Type { get; init; }

    /// <summary>The algorithm of the key.</summary>
    public required OpenPgpAlgorithm Algorithm { get; init; }

    /// <summary>The algorithm of the digest.</summary>
    public required DigestAlgorithm DigestAlgorithm { get; init; }

    /// <summary>The identifier of the key that made it, 0 where it is not told.</summary>
    public required ulong Issuer { get; init; }

    /// <summary>What the key that it is over may be used for, or null where it is not told.</summary>
    public byte? KeyFlags { get; init; }

    /// <summary>What is digested before the data.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>What is digested after the data.</summary>
    public required ReadOnlyMemory<byte> Suffix { get; init; }

    /// <summary>The first two bytes of the digest, to tell early that it does not fit.</summary>
    public required ReadOnlyMemory<byte> DigestStart { get; init; }

    /// <summary>The signature itself.</summary>
    public required OpenPgpMaterial Material { get; init; }

    /// <summary>Reads a signature that stands alone, as in a package's signature header.</summary>
    /// <param name="data">A single packet.</param>
    /// <returns>The signature, or null where it is malformed or of an unknown kind.</returns>
    public static OpenPgpSignature? ReadSingle(ReadOnlyMemory<byte> data) =>
        OpenPgpPacket.TryTake(ref data, out var packet) && data.IsEmpty && packet.Tag == OpenPgpPacketTag.Signature
            ? Read(packet.Body)
            : null;

    /// <summary>Reads the body of a signature packet.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The signature, or null where it is malformed or of an unknown kind.</returns>
    public static OpenPgpSignature? Read(ReadOnlyMemory<byte> body) => body.Length < 6 ? null : body.Span[0] switch
    {
        3 => ReadVersion3(body),
        4 => ReadVersion4Or6(body, 2),
        6 => ReadVersion4Or6(body, 4),
        _ => null,
    };

    /// <summary>Begins the digest that the signature is over.</summary>
    /// <returns>The digest, to be fed the data and then ended by <see cref="FinishDigest"/>; null where its algorithm is not known.</returns>
    public RunningDigest? BeginDigest()
    {
        var digest = RunningDigest.TryCreate(DigestAlgorithm);
        digest?.Append(Salt.Span);
        return digest;
    }

    /// <summary>Ends the digest that the signature is over.</summary>
    /// <param name="digest">A digest from <see cref="BeginDigest"/> that has been fed the data.</param>
    /// <returns>The digest.</returns>
    public byte[] FinishDigest(RunningDigest digest)
    {
        digest.Append(Suffix.Span);
        return digest.Finish();
    }

    private static OpenPgpSignature? ReadVersion3(ReadOnlyMemory<byte> body)
    {
        const int FixedSize = 19;
        var span = body.Span;
        if (body.Length <= FixedSize || span[1] != 5)
        {
            return null;
        }

        var algorithm = (OpenPgpAlgorithm)span[15];
        return OpenPgpMaterial.ReadSignature(algorithm, body[FixedSize..]) is not { } material ? null : new OpenPgpSignature
        {
            Version = 3,
            Type = (OpenPgpSignatureType)span[2],
            Algorithm = algorithm,
            DigestAlgorithm = (DigestAlgorithm)span[16],
            Issuer = BinaryPrimitives.ReadUInt64BigEndian(span[7..]),
            Suffix = body.Slice(2, 5),
            DigestStart = body.Slice(17, 2),
            Material = material,
        };
    }

    private static OpenPgpSignature? ReadVersion4Or6(ReadOnlyMemory<byte> body, int lengthSize)
    {
        var rest = body[4..];
        var subpackets = new OpenPgpSubpackets();
        if (!TryTakeArea(ref rest, lengthSize, out var hashed) || !subpackets.TryRead(hashed.Span, hashed: true)
            || subpackets.CreationTime is null
            || !TryTakeArea(ref rest, lengthSize, out var unhashed) || !subpackets.TryRead(unhashed.Span, hashed: false)
            || rest.Length < 2)
        {
            return null;
        }

        var start = rest[..2];
        rest = rest[2..];
        ReadOnlyMemory<byte> salt = default;
        if (lengthSize == 4 && !TryTakeArea(ref rest, 1, out salt))
        {
            return null;
        }

        var span = body.Span;
        var algorithm = (OpenPgpAlgorithm)span[2];
        return OpenPgpMaterial.ReadSignature(algorithm, rest) is not { } material ? null : new OpenPgpSignature
        {
            Version = span[0],
            Type = (OpenPgpSignatureType)span[1],
            Algorithm = algorithm,
            DigestAlgorithm = (DigestAlgorithm)span[3],
            Issuer = subpackets.Issuer,
            KeyFlags = subpackets.KeyFlags,
            Salt = salt,
            Suffix = SuffixOf(span[..(4 + lengthSize + hashed.Length)]),
            DigestStart = start,
            Material = material,
        };
    }

    private static byte[] SuffixOf(ReadOnlySpan<byte> covered)
    {
        var suffix = new byte[covered.Length + 6];
        covered.CopyTo(suffix);
        suffix[covered.Length] = covered[0];
        suffix[covered.Length + 1] = 0xff;
        BinaryPrimitives.WriteInt32BigEndian(suffix.AsSpan(covered.Length + 2), covered.Length);
        return suffix;
    }

    private static bool TryTakeArea(ref ReadOnlyMemory<byte> rest, int lengthSize, out ReadOnlyMemory<byte> area)
    {
        area = default;
        if (rest.Length < lengthSize)
        {
            return false;
        }

        var span = rest.Span;
        var length = lengthSize switch
        {
            1 => span[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(span),
            _ => BinaryPrimitives.ReadUInt32BigEndian(span),
        };
        if (length > rest.Length - lengthSize)
        {
            return false;
        }

        area = rest.Slice(lengthSize, (int)length);
        rest = rest[(lengthSize + (int)length)..];
        return true;
    }
}
