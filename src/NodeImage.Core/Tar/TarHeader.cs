using System.Text;

namespace NodeImage.Core.Tar;

/// <summary>The 512-byte block of the ustar format: where its fields are, and how they are written and read.</summary>
internal static class TarHeader
{
    public const int BlockSize = 512;

    public const byte PaxLocal = (byte)'x';
    public const byte PaxGlobal = (byte)'g';
    public const byte GnuLongName = (byte)'L';
    public const byte GnuLongLink = (byte)'K';

    public static readonly Range Name = 0..100;
    public static readonly Range Mode = 100..108;
    public static readonly Range Uid = 108..116;
    public static readonly Range Gid = 116..124;
    public static readonly Range Size = 124..136;
    public static readonly Range ModificationTime = 136..148;
    public static readonly Range Checksum = 148..156;
    public const int TypeFlag = 156;
    public static readonly Range LinkName = 157..257;
    public static readonly Range Magic = 257..265;
    public static readonly Range DeviceMajor = 329..337;
    public static readonly Range DeviceMinor = 337..345;
    public static readonly Range Prefix = 345..500;

    public static ReadOnlySpan<byte> UstarMagic => "ustar\000"u8;

    public static ReadOnlySpan<byte> GnuMagic => "ustar  \0"u8;

    /// <summary>Whether a number fits a field as octal digits and a final zero.</summary>
    public static bool FitsOctal(long value, Range field)
    {
        var digits = field.End.Value - field.Start.Value - 1;
        return value >= 0 && value < 1L << (digits * 3);
    }

    public static void WriteOctal(Span<byte> block, Range field, long value)
    {
        var bytes = block[field];
        bytes[^1] = 0;
        for (var i = bytes.Length - 2; i >= 0; i--)
        {
            bytes[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    public static void WriteChecksum(Span<byte> block)
    {
        WriteOctal(block[..(Checksum.End.Value - 1)], Checksum.Start.Value..(Checksum.End.Value - 1), Sum(block));
        block[Checksum.End.Value - 1] = (byte)' ';
    }

    public static bool HasValidChecksum(ReadOnlySpan<byte> block) => ReadNumber(block[Checksum]) == Sum(block);

    /// <summary>Reads a number in octal, or in the base-256 form that GNU tar uses for large ones.</summary>
    public static long ReadNumber(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            return ReadBase256(field);
        }

        var value = 0L;
        foreach (var b in field.Trim((byte)' '))
        {
            if (b == 0)
            {
                break;
            }

            if (b is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
            {
                throw new InvalidDataException("A number in the archive's header is not octal.");
            }

            value = (value << 3) | (uint)(b - '0');
        }

        return value;
    }

    public static string ReadText(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long ReadBase256(ReadOnlySpan<byte> field)
    {
        var negative = (field[0] & 0x40) != 0;
        var value = negative ? -1L : 0L;
        for (var i = 0; i < field.Length; i++)
        {
            var b = i == 0 ? (byte)(negative ? field[0] | 0x80 : field[0] & 0x3f) : field[i];
            if (value > long.MaxValue >> 8 || value < long.MinValue >> 8)
            {
                throw new InvalidDataException("A number in the archive's header is too large.");
            }

            value = (value << 8) | b;
        }

        return value;
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        // The checksum's own bytes count as spaces.
        var sum = 0L;
        for (var i = 0; i < block.Length; i++)
        {
            sum += i >= Checksum.Start.Value && i < Checksum.End.Value ? (byte)' ' : block[i];
        }

        return sum;
    }
}
