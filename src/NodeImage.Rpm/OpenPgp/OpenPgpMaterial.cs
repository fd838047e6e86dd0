using System.Buffers.Binary;

namespace NodeImage.Rpm.OpenPgp;

/// <summary>The numbers or bytes of a key or a signature.</summary>
/// <param name="Curve">The object identifier of the curve, as DER without tag and length; empty where there is none.</param>
/// <param name="Numbers">The numbers, most significant byte first, without leading zeros; none where they are bytes.</param>
/// <param name="Bytes">The bytes, none where they are numbers.</param>
internal sealed record OpenPgpMaterial(ReadOnlyMemory<byte> Curve, IReadOnlyList<ReadOnlyMemory<byte>> Numbers, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Reads the material of a signature.</summary>
    /// <param name="algorithm">Its algorithm.</param>
    /// <param name="data">What follows the rest of the packet.</param>
    /// <returns>The material, or null where the algorithm is not known or the bytes do not fit it.</returns>
    public static OpenPgpMaterial? ReadSignature(OpenPgpAlgorithm algorithm, ReadOnlyMemory<byte> data) =>
        Read(data, default, OpenPgpAlgorithms.SignatureNumbersOf(algorithm), OpenPgpAlgorithms.SignatureSizeOf(algorithm));

    /// <summary>Reads the material of a key.</summary>
    /// <param name="algorithm">Its algorithm.</param>
    /// <param name="data">What follows the rest of the packet.</param>
    /// <returns>The material, or null where the algorithm is not known or the bytes do not fit it.</returns>
    public static OpenPgpMaterial? ReadKey(OpenPgpAlgorithm algorithm, ReadOnlyMemory<byte> data)
    {
        ReadOnlyMemory<byte> curve = default;
        if (algorithm is OpenPgpAlgorithm.Ecdsa or OpenPgpAlgorithm.EdDsa)
        {
            var length = data.IsEmpty ? 0 : data.Span[0];
            if (length is 0 or 0xff || length >= data.Length)
            {
                return null;
            }

            curve = data.Slice(1, length);
            data = data[(1 + length)..];
        }

        return Read(data, curve, OpenPgpAlgorithms.KeyNumbersOf(algorithm), OpenPgpAlgorithms.KeySizeOf(algorithm));
    }

    private static OpenPgpMaterial? Read(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> curve, int count, int size)
    {
        if (count == 0)
        {
            return data.Length == size ? new OpenPgpMaterial(curve, [], data) : null;
        }

        var numbers = new List<ReadOnlyMemory<byte>>();
        while (numbers.Count < count && data.Length >= 2)
        {
            var length = (BinaryPrimitives.ReadUInt16BigEndian(data.Span) + 7) / 8;
            if (length > data.Length - 2)
            {
                return null;
            }

            var number = data.Slice(2, length);
            numbers.Add(number[(length - number.Span.TrimStart((byte)0).Length)..]);
            data = data[(2 + length)..];
        }

        return numbers.Count == count && data.IsEmpty ? new OpenPgpMaterial(curve, numbers, default) : null;
    }
}
