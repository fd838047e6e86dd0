using System.Buffers.Binary;
using System.IO.Hashing;
using SharpCompress.Compressors.LZMA;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>A block of an xz stream, section 3 of the format's specification.</summary>
internal sealed class XzBlock : IDisposable
{
    private const ulong Lzma2 = 0x21;
    private const int LargestDictionaryProperty = 40;

    private readonly LzmaInput _input;
    private readonly XzCheck _check;
    private readonly LzmaStream _decoder;
    private readonly int _headerSize;
    private readonly long _start;
    private readonly ulong? _compressedSize;
    private readonly ulong? _size;
    private ulong _read;

    /// <summary>Begins a block.</summary>
    /// <param name="input">The data, behind the first byte of the block.</param>
    /// <param name="firstByte">That byte; it tells how long the header is.</param>
    /// <param name="checkId">The kind of the integrity check.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or asks for a filter or for memory that it does not get.</exception>
    public XzBlock(LzmaInput input, byte firstByte, int checkId)
    {
        _input = input;
        _headerSize = (firstByte + 1) * 4;
        var header = new byte[_headerSize];
        header[0] = firstByte;
        input.ReadExactly(header.AsSpan(1));
        var body = header.AsSpan(0, _headerSize - sizeof(uint));
        if (Crc32.HashToUInt32(body) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(body.Length)))
        {
            throw new InvalidDataException("The header of an xz block is damaged.");
        }

        (_compressedSize, _size, var dictionary) = ParseHeader(body[1..]);
        _check = new XzCheck(checkId);
        _start = input.Taken;
        _decoder = LzmaStream.Create([dictionary], input, leaveOpen: true);
    }

    /// <summary>Reads on.</summary>
    /// <returns>How many bytes; 0 once the block has ended and was found whole.</returns>
    /// <exception cref="InvalidDataException">The block is not what its header or its check says.</exception>
    public int Read(Span<byte> buffer)
    {
        var count = _decoder.Read(buffer);
        _read += (ulong)count;
        _check.Append(buffer[..count]);
        return count;
    }

    /// <summary>Holds the block, which has been read to its end, against all that is said of it.</summary>
    /// <returns>Its sizes as the index lists them.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public XzBlockSizes Finish()
    {
        var compressed = (ulong)(_input.Taken - _start);
        for (var position = compressed; position % 4 != 0; position++)
        {
            Require(_input.ReadByte() == 0);
        }

        Span<byte> expected = stackalloc byte[_check.Size];
        _input.ReadExactly(expected);
        Require(_check.Matches(expected));
        Require((_compressedSize ?? compressed) == compressed && (_size ?? _read) == _read);
        return new XzBlockSizes((ulong)_headerSize + compressed + (ulong)_check.Size, _read);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _check.Dispose();
    }

    private static (ulong? CompressedSize, ulong? Size, byte Dictionary) ParseHeader(ReadOnlySpan<byte> rest)
    {
        var flags = rest[0];
        rest = rest[1..];
        ulong? compressedSize = (flags & 0x40) != 0 ? XzNumber.Read(ref rest) : null;
        ulong? size = (flags & 0x80) != 0 ? XzNumber.Read(ref rest) : null;
        if ((flags & 0x3f) != 0 || XzNumber.Read(ref rest) != Lzma2)
        {
            throw new InvalidDataException("The xz data is filtered in a way that is not supported; only LZMA2 alone is.");
        }

        if (XzNumber.Read(ref rest) != 1 || rest.IsEmpty || rest[0] > LargestDictionaryProperty || rest[1..].ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException("The header of an xz block is damaged.");
        }

        var property = rest[0];
        LzmaMemory.Check(property == LargestDictionaryProperty ? uint.MaxValue : (2u | (property & 1u)) << ((property / 2) + 11));
        return (compressedSize, size, property);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("A block of the xz data is damaged.");
        }
    }
}
