using System.Buffers.Binary;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>
/// Reads the subpackets of a signature (RFC 9580, section 5.2.3.7). Refused are critical ones that are not known or would
/// have to be acted upon, and times or key flags that are given twice. Only what the signature covers is believed, save
/// for the issuer, which the signature itself bears out.
/// </summary>
internal sealed class OpenPgpSubpackets
{
    private const int CreationTimeType = 2;
    private const int IssuerType = 16;
    private const int KeyFlagsType = 27;
    private const int IssuerFingerprintType = 33;
    private const int CriticalBit = 0x80;

    // Wishes and explanations, which nothing here depends on: a critical one may be left out of account.
    private static ReadOnlySpan<byte> Harmless =>
        [4, 7, 9, 11, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32, 34, 35, 39];

    /// <summary>When the signature was made, in seconds since 1970, or null where it is not told.</summary>
    public uint? CreationTime { get; private set; }

    /// <summary>What the key may be used for, or null where it is not told.</summary>
    public byte? KeyFlags { get; private set; }

    /// <summary>The identifier of the key that made the signature, 0 where it is not told.</summary>
    public ulong Issuer { get; private set; }

    /// <summary>Reads an area of subpackets.</summary>
    /// <param name="area">The area.</param>
    /// <param name="hashed">Whether the signature covers it.</param>
    /// <returns>Whether all of it could be read and is understood as far as need be.</returns>
    public bool TryRead(ReadOnlySpan<byte> area, bool hashed)
    {
        while (!area.IsEmpty)
        {
            if (!TryTakeLength(ref area, out var length) || length < 1 || length > (uint)area.Length)
            {
                return false;
            }

            var subpacket = area[..(int)length];
            area = area[(int)length..];
            if (!TryUse(subpacket[0] & ~CriticalBit, subpacket[1..], hashed, out var used)
                || (!used && (subpacket[0] & CriticalBit) != 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryTakeLength(ref ReadOnlySpan<byte> area, out uint length)
    {
        length = area[0];
        switch (area[0])
        {
            case < 192:
                area = area[1..];
                return true;
            case < 255 when area.Length >= 2:
                length = ((length - 192) << 8) + area[1] + 192;
                area = area[2..];
                return true;
            case 255 when area.Length >= 5:
                length = BinaryPrimitives.ReadUInt32BigEndian(area[1..]);
                area = area[5..];
                return true;
            default:
                return false;
        }
    }

    private bool TryUse(int type, ReadOnlySpan<byte> value, bool hashed, out bool used)
    {
        used = false;
        switch (type)
        {
            case CreationTimeType when hashed && value.Length == 4:
                if (CreationTime is not null)
                {
                    return false;
                }

                CreationTime = BinaryPrimitives.ReadUInt32BigEndian(value);
                used = true;
                return true;
            case KeyFlagsType when hashed:
                if (KeyFlags is not null)
                {
                    return false;
                }

                KeyFlags = value.IsEmpty ? (byte)0 : value[0];
                used = true;
                return true;
            case IssuerType:
                Issuer = Issuer == 0 && value.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(value) : Issuer;
                used = true;
                return true;
            case IssuerFingerprintType when value.Length > 20:
                Issuer = Issuer == 0 ? IssuerOf(value[0], value[1..]) : Issuer;
                used = true;
                return true;
            default:
                used = Harmless.Contains((byte)type);
                return true;
        }
    }

    private static ulong IssuerOf(byte version, ReadOnlySpan<byte> fingerprint) =>
        BinaryPrimitives.ReadUInt64BigEndian(version >= 5 ? fingerprint : fingerprint[^8..]);
}
