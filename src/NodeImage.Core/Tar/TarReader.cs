using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using NodeImage.Core.Files;
using NodeImage.Core.IO;

namespace NodeImage.Core.Tar;

/// <summary>
/// Reads tar archives from front to back: ustar, pax extended headers, and GNU's long names. Whatever it says is as
/// hostile as where it came from; only lengths are bounded here.
/// </summary>
/// <param name="input">The archive; it is left open.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "The slice owns nothing: it is a view of the input, which stays open.")]
public sealed class TarReader(Stream input)
{
    private const int MaxExtendedHeader = 1 << 20;

    private readonly byte[] _block = new byte[TarHeader.BlockSize];
    private SliceStream? _content;
    private long _padding;

    /// <summary>The content of the entry last read; empty for everything but regular files.</summary>
    public Stream Content => (Stream?)_content ?? Stream.Null;

    /// <summary>How many bytes of the archive have been read up to the content of the entry last read.</summary>
    public long ContentOffset { get; private set; }

    /// <summary>Goes on to the next entry, skipping what has not been read of the last one.</summary>
    /// <returns>The entry, or null at the archive's end.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged or uses what no image needs.</exception>
    public TarEntry? Next()
    {
        SkipContent();
        var extended = new TarExtendedHeader();
        while (ReadBlock())
        {
            var type = _block[TarHeader.TypeFlag];
            var size = TarHeader.ReadNumber(_block.AsSpan(TarHeader.Size));
            switch (type)
            {
                case TarHeader.PaxLocal:
                    extended.Add(ReadSmall(size));
                    break;
                case TarHeader.PaxGlobal:
                    ReadSmall(size);
                    break;
                case TarHeader.GnuLongName:
                    extended.Path = Encoding.UTF8.GetString(ReadSmall(size)).TrimEnd('\0');
                    break;
                case TarHeader.GnuLongLink:
                    extended.LinkPath = Encoding.UTF8.GetString(ReadSmall(size)).TrimEnd('\0');
                    break;
                default:
                    return Begin(type, size, extended);
            }
        }

        return null;
    }

    private TarEntry Begin(byte typeFlag, long size, TarExtendedHeader extended)
    {
        var name = extended.Path ?? ReadName();
        var type = typeFlag switch
        {
            // Before POSIX a zero byte marked a regular file, and a folder was one whose name ends in a slash.
            0 => name.EndsWith('/') ? TarEntryType.Directory : TarEntryType.Regular,
            (byte)'7' => TarEntryType.Regular,
            >= (byte)'0' and <= (byte)'6' => (TarEntryType)typeFlag,
            _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{name}' is of type '{(char)typeFlag}', which has no place in an image.")),
        };
        size = extended.Size ?? size;
        if (size < 0)
        {
            throw new InvalidDataException($"'{name}' has a negative size.");
        }

        var hasContent = type == TarEntryType.Regular;
        if (!hasContent && type != TarEntryType.HardLink)
        {
            size = 0;
        }

        _content = new SliceStream(input, size);
        _padding = (TarHeader.BlockSize - (size % TarHeader.BlockSize)) % TarHeader.BlockSize;
        var content = ContentOffset;
        var entry = new TarEntry
        {
            Name = name.TrimEnd('/'),
            Type = type,
            Mode = (int)(TarHeader.ReadNumber(_block.AsSpan(TarHeader.Mode)) & Inode.PermissionMask),
            Uid = extended.Uid ?? ReadId(TarHeader.Uid),
            Gid = extended.Gid ?? ReadId(TarHeader.Gid),
            Size = hasContent ? size : 0,
            ModificationTime = extended.ModificationTime ?? TarHeader.ReadNumber(_block.AsSpan(TarHeader.ModificationTime)),
            LinkName = type is TarEntryType.HardLink or TarEntryType.SymbolicLink ? extended.LinkPath ?? TarHeader.ReadText(_block.AsSpan(TarHeader.LinkName)) : "",
            DeviceMajor = type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice ? ReadId(TarHeader.DeviceMajor) : 0,
            DeviceMinor = type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice ? ReadId(TarHeader.DeviceMinor) : 0,
            Xattrs = extended.Xattrs,
        };
        ContentOffset = content;
        return entry;
    }

    private string ReadName()
    {
        var name = TarHeader.ReadText(_block.AsSpan(TarHeader.Name));
        if (!_block.AsSpan(TarHeader.Magic).SequenceEqual(TarHeader.UstarMagic))
        {
            return name;
        }

        var prefix = TarHeader.ReadText(_block.AsSpan(TarHeader.Prefix));
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private uint ReadId(Range field)
    {
        var value = TarHeader.ReadNumber(_block.AsSpan(field));
        return value is >= 0 and <= uint.MaxValue
            ? (uint)value
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{value} is no owner or device number."));
    }

    private byte[] ReadSmall(long size)
    {
        if (size is < 0 or > MaxExtendedHeader)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"An extended header of {size} bytes is larger than any real one."));
        }

        var bytes = new byte[size];
        ReadExactly(bytes);
        ReadExactly(new byte[(TarHeader.BlockSize - (size % TarHeader.BlockSize)) % TarHeader.BlockSize]);
        return bytes;
    }

    private void SkipContent()
    {
        if (_content is null)
        {
            return;
        }

        try
        {
            _content.Drain();
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The archive ends in the middle of a file.", e);
        }

        ContentOffset += _content.Length;
        _content = null;
        ReadExactly(new byte[_padding]);
    }

    // False at the end: two empty blocks, or simply no more data, which some writers leave it at.
    private bool ReadBlock()
    {
        var read = input.ReadAtLeast(_block, TarHeader.BlockSize, throwOnEndOfStream: false);
        ContentOffset += read;
        if (read == 0)
        {
            return false;
        }

        if (read < TarHeader.BlockSize)
        {
            throw new InvalidDataException("The archive ends in the middle of a header.");
        }

        if (_block.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            DrainRest();
            return false;
        }

        return TarHeader.HasValidChecksum(_block) ? true : throw new InvalidDataException("A header in the archive has a wrong checksum.");
    }

    private void DrainRest()
    {
        while (input.Read(_block) > 0)
        {
        }
    }

    private void ReadExactly(Span<byte> buffer)
    {
        try
        {
            input.ReadExactly(buffer);
            ContentOffset += buffer.Length;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The archive ends too early.", e);
        }
    }
}
