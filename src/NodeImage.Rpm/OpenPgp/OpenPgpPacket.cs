using System.Buffers.Binary;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>A packet of an OpenPGP message, key or signature (RFC 9580, section 4).</summary>
/// <param name="Tag">The kind of packet.</param>
/// <param name="Body">Its content.</param>
internal readonly record struct OpenPgpPacket(OpenPgpPacketTag Tag, ReadOnlyMemory<byte> Body)
{
    /// <summary>Takes the first packet off some bytes.</summary>
    /// <param name="data">The bytes; what follows the packet, when the result is true.</param>
    /// <param name="packet">The packet, when the result is true.</param>
    /// <returns>Whether the bytes begin with a whole packet of known length. Packets in pieces occur only in messages.</returns>
    public static bool TryTake(ref ReadOnlyMemory<byte> data, out OpenPgpPacket packet)
    {
        packet = default;
        var span = data.Span;
        if (span.Length < 2 || (span[0] & 0x80) == 0)
        {
            return false;
        }

        var current = (span[0] & 0x40) != 0;
        var tag = (OpenPgpPacketTag)(current ? span[0] & 0x3f : (span[0] >> 2) & 0xf);
        var rest = span[1..];
        if (!(current ? TryTakeLength(ref rest, out var length) : TryTakeOldLength(ref rest, span[0] & 3, out length))
            || length > (uint)rest.Length)
        {
            return false;
        }

        packet = new OpenPgpPacket(tag, data.Slice(span.Length - rest.Length, (int)length));
        data = data[(span.Length - rest.Length + (int)length)..];
        return true;
    }

    private static bool TryTakeLength(ref ReadOnlySpan<byte> rest, out uint length)
    {
        length = rest[0];
        switch (rest[0])
        {
            case < 192:
                rest = rest[1..];
                return true;
            case < 224 when rest.Length >= 2:
                length = ((length - 192) << 8) + rest[1] + 192;
                rest = rest[2..];
                return true;
            case 255 when rest.Length >= 5:
                length = BinaryPrimitives.ReadUInt32BigEndian(rest[1..]);
                rest = rest[5..];
                return true;
            default:
                return false;
        }
    }

    private static bool TryTakeOldLength(ref ReadOnlySpan<byte> rest, int kind, out uint length)
    {
        length = 0;
        var size = 1 << kind;
        if (kind == 3 || rest.Length < size)
        {
            return false;
        }

        foreach (var octet in rest[..size])
        {
            length = (length << 8) | octet;
        }

        rest = rest[size..];
        return true;
    }
}

/// <summary>The kinds of packets that matter here (RFC 9580, section 5).</summary>
internal enum OpenPgpPacketTag
{
    Reserved = 0,
    Signature = 2,
    PublicKey = 6,
    UserId = 13,
    PublicSubkey = 14,
}
