using System.IO.Hashing;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>The index that ends an xz stream, section 4 of the format's specification.</summary>
internal sealed class XzIndex(LzmaInput input)
{
    private readonly Crc32 _crc32 = new();

    /// <summary>How many bytes the index has.</summary>
    public long Size { get; private set; }

    /// <summary>Reads the index and holds it against the blocks that were read.</summary>
    /// <param name="blocks">The blocks in their order.</param>
    /// <exception cref="InvalidDataException">It is damaged, or tells of other blocks.</exception>
    public void Verify(IReadOnlyList<XzBlockSizes> blocks)
    {
        // The byte that told the index from a block was already taken.
        Take(0);
        var matches = ReadNumber() == (ulong)blocks.Count;
        for (var i = 0; matches && i < blocks.Count; i++)
        {
            matches = ReadNumber() == blocks[i].UnpaddedSize && ReadNumber() == blocks[i].Size;
        }

        while (matches && Size % 4 != 0)
        {
            matches = Next() == 0;
        }

        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        Span<byte> expected = stackalloc byte[sizeof(uint)];
        _crc32.GetCurrentHash(checksum);
        if (matches)
        {
            input.ReadExactly(expected);
        }

        if (!matches || !checksum.SequenceEqual(expected))
        {
            throw new InvalidDataException("The index of the xz data is damaged.");
        }

        Size += sizeof(uint);
    }

    private ulong ReadNumber()
    {
        Span<byte> number = stackalloc byte[XzNumber.MaxLength];
        var length = 0;
        do
        {
            number[length] = Next();
        }
        while ((number[length++] & 0x80) != 0 && length < number.Length);

        ReadOnlySpan<byte> digits = number[..length];
        return XzNumber.Read(ref digits);
    }

    private byte Next()
    {
        var next = (byte)input.ReadByte();
        Take(next);
        return next;
    }

    private void Take(byte next)
    {
        Size++;
        _crc32.Append([next]);
    }
}
