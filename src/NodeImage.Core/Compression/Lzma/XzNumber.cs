namespace NodeImage.Core.Compression.Lzma;

/// <summary>The numbers of variable length of xz, section 1.2 of the format's specification.</summary>
internal static class XzNumber
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int MaxLength = 9;

    /// <summary>Reads a number and moves behind it.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static ulong Read(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        for (var i = 0; i < Math.Min(MaxLength, data.Length); i++)
        {
            var one = data[i];
            value |= (ulong)(one & 0x7f) << (7 * i);
            if ((one & 0x80) == 0)
            {
                if (one == 0 && i > 0)
                {
                    break;
                }

                data = data[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("A number in the xz data is malformed.");
    }
}
