using System.Buffers.Binary;
using NodeImage.Rpm.Digests;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>A public key or subkey packet of version 4 or 6 (RFC 9580, section 5.5).</summary>
internal sealed class OpenPgpPublicKey
{
    private readonly ReadOnlyMemory<byte> _body;

    private OpenPgpPublicKey(ReadOnlyMemory<byte> body, OpenPgpMaterial material)
    {
        _body = body;
        Version = body.Span[0];
        CreationTime = BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]);
        Algorithm = (OpenPgpAlgorithm)body.Span[5];
        Material = material;
        Fingerprint = RunningDigest.Of(Version == 4 ? DigestAlgorithm.Sha1 : DigestAlgorithm.Sha256, DigestedForm());
        KeyId = BinaryPrimitives.ReadUInt64BigEndian(Version == 4 ? Fingerprint.Span[12..] : Fingerprint.Span);
    }

    /// <summary>The version of the packet.</summary>
    public int Version { get; }

    /// <summary>When the key was made, in seconds since 1970.</summary>
    public uint CreationTime { get; }

    /// <summary>Its algorithm.</summary>
    public OpenPgpAlgorithm Algorithm { get; }

    /// <summary>The key itself.</summary>
    public OpenPgpMaterial Material { get; }

    /// <summary>What tells it from every other key: 20 bytes, or 32 for version 6.</summary>
    public ReadOnlyMemory<byte> Fingerprint { get; }

    /// <summary>The short form of the fingerprint.</summary>
    public ulong KeyId { get; }

    /// <summary>Reads the body of a key packet.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The key, or null where it is malformed or of an unknown version or algorithm.</returns>
    public static OpenPgpPublicKey? Read(ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        if (span.Length < 7 || span[0] is not (4 or 6) || span.Length > ushort.MaxValue)
        {
            return null;
        }

        var rest = body[6..];
        if (span[0] == 6)
        {
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest.Span) != (uint)(rest.Length - 4))
            {
                return null;
            }

            rest = rest[4..];
        }

        return OpenPgpMaterial.ReadKey((OpenPgpAlgorithm)span[5], rest) is { } material ? new OpenPgpPublicKey(body, material) : null;
    }

    /// <summary>The form in which the key is digested, for fingerprints and for signatures over keys.</summary>
    /// <returns>The bytes.</returns>
    public byte[] DigestedForm()
    {
        if (Version == 4)
        {
            byte[] old = [0x99, (byte)(_body.Length >> 8), (byte)_body.Length, .. _body.Span];
            return old;
        }

        return [0x9b, 0, 0, (byte)(_body.Length >> 8), (byte)_body.Length, .. _body.Span];
    }
}
