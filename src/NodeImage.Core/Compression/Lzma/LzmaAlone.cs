using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>The <c>.lzma</c> format: five bytes of properties, the size of the data in the clear, the data.</summary>
internal static class LzmaAlone
{
    private const int PropertiesSize = 5;

    /// <summary>Opens data of this format.</summary>
    /// <exception cref="InvalidDataException">It asks for too much memory.</exception>
    /// <exception cref="EndOfStreamException">It ends within its header.</exception>
    public static LzmaStream Open(Stream stream)
    {
        var input = new LzmaInput(stream);
        var header = new byte[PropertiesSize + sizeof(long)];
        input.ReadExactly(header);
        LzmaMemory.Check(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(1)));

        // All ones where the size is not known.
        var size = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(PropertiesSize));
        return LzmaStream.Create(header[..PropertiesSize], input, -1, size);
    }
}
