using System.Buffers.Binary;

namespace NodeImage.Fuzz;

/// <summary>Changes inputs, the same way for the same seed.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly uint[] Telling =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xffff, 0x10000, 0xfffff, 0x100000,
        0x0fffffff, 0x10000000, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffff0, 0xfffffffe, 0xffffffff,
    ];

    /// <summary>Changes an input here and there.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another input, to take pieces from.</param>
    /// <returns>The changed input.</returns>
    public byte[] Change(byte[] input, byte[] other)
    {
        var changed = (byte[])input.Clone();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            changed = ChangeOnce(changed, other);
        }

        return changed;
    }

    private byte[] ChangeOnce(byte[] input, byte[] other)
    {
        if (input.Length == 0)
        {
            return [.. other.Take(64)];
        }

        var position = random.Next(input.Length);
        switch (random.Next(9))
        {
            case 0:
                input[position] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[position] = (byte)random.Next(256);
                return input;
            case 2:
                return input[..position];
            case 3:
                return Number(input, position & ~3, bigEndian: true);
            case 4:
                return Number(input, position, random.Next(2) == 0);
            case 5:
                var length = Math.Min(random.Next(1, 65), input.Length - position);
                return [.. input[..position], .. input[(position + length)..]];
            case 6:
                var again = Math.Min(random.Next(1, 257), input.Length - position);
                return [.. input[..(position + again)], .. input[position..]];
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                var piece = other[from..Math.Min(other.Length, from + random.Next(1, 257))];
                piece.AsSpan(0, Math.Min(piece.Length, input.Length - position)).CopyTo(input.AsSpan(position));
                return input;
            default:
                return Digits(input, position);
        }
    }

    private byte[] Number(byte[] input, int position, bool bigEndian)
    {
        if (position + 4 > input.Length)
        {
            return input;
        }

        var span = input.AsSpan(position, 4);
        var number = random.Next(3) == 0 ? BinaryPrimitives.ReadUInt32BigEndian(span) + (uint)random.Next(-4, 5) : Telling[random.Next(Telling.Length)];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(span, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(span, number);
        }

        return input;
    }

    // Numbers that are written in digits, as in cpio and XML.
    private byte[] Digits(byte[] input, int position)
    {
        while (position < input.Length && !char.IsAsciiHexDigit((char)input[position]))
        {
            position++;
        }

        for (; position < input.Length && char.IsAsciiHexDigit((char)input[position]); position++)
        {
            input[position] = (byte)"0123456789abcdef"[random.Next(16)];
        }

        return input;
    }
}
