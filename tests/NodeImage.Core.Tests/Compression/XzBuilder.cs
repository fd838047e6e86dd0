using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace NodeImage.Core.Tests.Compression;

/// <summary>Writes xz files whose data is stored rather than compressed, with each part open to be got wrong.</summary>
internal sealed class XzBuilder
{
    private readonly List<byte> _index = [];
    private readonly List<byte> _file = [];
    private int _blocks;

    public XzBuilder(byte check = 1)
    {
        Check = check;
        _file.AddRange([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, check]);
        _file.AddRange(Crc32.Hash([0, check]));
    }

    public byte Check { get; }

    /// <summary>The one-byte size of the dictionary, as section 5.3.1 of the specification codes it; 0 is 4 KiB.</summary>
    public byte Dictionary { get; init; }

    /// <summary>The filter; LZMA2 is 0x21.</summary>
    public byte Filter { get; init; } = 0x21;

    /// <summary>The size in the clear that the header of each block announces.</summary>
    public byte? AnnouncedSize { get; init; }

    public XzBuilder Block(byte[] data)
    {
        var size = AnnouncedSize is byte announced ? (byte[])[0x80, announced] : [0];
        var header = Padded([.. (byte[])[0], .. size, Filter, 1, Dictionary]);
        header[0] = (byte)(header.Length / 4);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(data.Length - 1));
        byte[] compressed = [1, .. length, .. data, 0];
        byte[] check = Check switch
        {
            1 => Crc32.Hash(data),
            10 => SHA256.HashData(data),
            _ => [],
        };
        _file.AddRange(header);
        _file.AddRange(Crc32.Hash(header));
        _file.AddRange(Padded(compressed));
        _file.AddRange(check);
        _blocks++;
        AddNumber(header.Length + sizeof(uint) + compressed.Length + check.Length);
        AddNumber(data.Length);
        return this;
    }

    public byte[] Build(int blocksMissingInIndex = 0)
    {
        var index = Padded([0, (byte)(_blocks - blocksMissingInIndex), .. _index]);
        _file.AddRange(index);
        _file.AddRange(Crc32.Hash(index));
        var footer = new byte[6];
        BinaryPrimitives.WriteInt32LittleEndian(footer, index.Length / 4);
        footer[5] = Check;
        _file.AddRange(Crc32.Hash(footer));
        _file.AddRange(footer);
        _file.AddRange("YZ"u8);
        return [.. _file];
    }

    private void AddNumber(int number)
    {
        for (; number > 0x7f; number >>= 7)
        {
            _index.Add((byte)(number | 0x80));
        }

        _index.Add((byte)number);
    }

    private static byte[] Padded(byte[] data)
    {
        Array.Resize(ref data, (data.Length + 3) / 4 * 4);
        return data;
    }
}
