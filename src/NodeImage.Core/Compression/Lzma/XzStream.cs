using System.Buffers.Binary;
using System.IO.Hashing;
using NodeImage.Core.IO;

namespace NodeImage.Core.Compression.Lzma;

/// <summary>
/// The xz container, version 1.1.0 of its specification: streams of blocks of LZMA2, every check, size and index of
/// which is verified. LZMA2 itself is a library's; its container reads half of some files without a word.
/// </summary>
internal sealed class XzStream(Stream stream) : ReadOnlyForwardStream
{
    private const int HeaderSize = 12;
    private const int FlagsOffset = 6;
    private const int FlagsSize = 2;

    private readonly LzmaInput _input = new(stream);
    private readonly List<XzBlockSizes> _blocks = [];
    private readonly byte[] _flags = new byte[FlagsSize];
    private XzBlock? _block;
    private bool _inStream;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_block is not null || Begin()))
        {
            var count = _block!.Read(buffer);
            if (count > 0)
            {
                return count;
            }

            _blocks.Add(_block.Finish());
            _block.Dispose();
            _block = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _block?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    // Moves to the next block, over the ends and beginnings of streams. False behind the last one.
    private bool Begin()
    {
        while (!_ended)
        {
            if (!_inStream)
            {
                ReadStreamHeader();
                _inStream = true;
            }

            var first = (byte)_input.ReadByte();
            if (first != 0)
            {
                _block = new XzBlock(_input, first, _flags[1]);
                return true;
            }

            EndStream();
            _inStream = false;
            _ended = SkipPadding();
        }

        return false;
    }

    private void ReadStreamHeader()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        _input.ReadExactly(header);
        var flags = header.Slice(FlagsOffset, FlagsSize);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[(FlagsOffset + FlagsSize)..]);
        if (!header.StartsWith<byte>([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]) || flags[0] != 0 || Crc32.HashToUInt32(flags) != checksum)
        {
            throw new InvalidDataException("The header of the xz data is damaged.");
        }

        flags.CopyTo(_flags);
    }

    // The index, then the footer: its checksum, the size of the index in words less one, the flags again, "YZ".
    private void EndStream()
    {
        var index = new XzIndex(_input);
        index.Verify(_blocks);
        _blocks.Clear();

        Span<byte> footer = stackalloc byte[HeaderSize];
        _input.ReadExactly(footer);
        var body = footer[sizeof(uint)..^2];
        if (!footer.EndsWith("YZ"u8)
            || Crc32.HashToUInt32(body) != BinaryPrimitives.ReadUInt32LittleEndian(footer)
            || (BinaryPrimitives.ReadUInt32LittleEndian(body) + 1L) * 4 != index.Size
            || !body[sizeof(uint)..].SequenceEqual(_flags))
        {
            throw new InvalidDataException("The footer of the xz data is damaged.");
        }
    }

    // Zeroes, four at a time, may lie between streams and behind the last one.
    private bool SkipPadding()
    {
        Span<byte> padding = stackalloc byte[4];
        while (!_input.AtEnd)
        {
            if (_input.Peek() != 0)
            {
                return false;
            }

            _input.ReadExactly(padding);
            if (padding.ContainsAnyExcept((byte)0))
            {
                throw new InvalidDataException("The padding of the xz data is damaged.");
            }
        }

        return true;
    }
}
