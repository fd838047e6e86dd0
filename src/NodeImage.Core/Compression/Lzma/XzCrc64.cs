using System.Buffers.Binary;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>The CRC-64 of xz: the polynomial of ECMA-182 with its bits reflected, which the framework's CRC-64 does not do.</summary>
internal sealed class XzCrc64
{
    private const ulong Polynomial = 0xc96c5795d7870f42;

    private static readonly ulong[] Table = [.. Enumerable.Range(0, 256).Select(TableEntry)];

    private ulong _value = ulong.MaxValue;

    public void Append(ReadOnlySpan<byte> data)
    {
        var value = _value;
        foreach (var one in data)
        {
            value = Table[(byte)value ^ one] ^ (value >> 8);
        }

        _value = value;
    }

    public void GetCurrentHash(Span<byte> destination) => BinaryPrimitives.WriteUInt64LittleEndian(destination, ~_value);

    private static ulong TableEntry(int index)
    {
        var value = (ulong)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        }

        return value;
    }
}
