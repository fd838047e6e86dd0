using System.Buffers;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Payloads;

/// <summary>The archive in the clear: a buffer over the decoder, and the walk over cpio headers.</summary>
internal sealed class PayloadArchive(Stream stream, string source) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    // Reads of this size and more go past the buffer.
    private const int DirectReadSize = 16 * 1024;

    private readonly byte[] _name = new byte[CpioEntryHeader.MaxNameSize];
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;
    private long _position;

    /// <summary>Reads the next header.</summary>
    /// <param name="names">Finds files by name.</param>
    /// <param name="fileCount">How many files the package has.</param>
    /// <param name="index">The file's place in the list, when the result is true.</param>
    /// <param name="archivedSize">The size of the content as the archive has it, or null where it has none.</param>
    /// <returns>Whether there is a further file.</returns>
    /// <exception cref="DiagnosticException">NI2311: the archive is damaged, or names a file that the package does not list.</exception>
    public bool ReadHeader(PayloadFileIndex names, int fileCount, out int index, out uint? archivedSize)
    {
        Span<byte> bytes = stackalloc byte[CpioEntryHeader.FieldsSize];
        SkipPadding();
        var magic = bytes[..CpioEntryHeader.MagicSize];
        ReadExactly(magic);
        if (CpioEntryHeader.IsIndexed(magic))
        {
            archivedSize = null;
            return ReadIndex(bytes[..CpioEntryHeader.IndexSize], fileCount, out index);
        }

        if (!CpioEntryHeader.IsAscii(magic))
        {
            throw Damaged("an entry does not begin as one");
        }

        ReadExactly(bytes);
        if (!CpioEntryHeader.TryReadSizes(bytes, out var fileSize, out var nameSize))
        {
            throw Damaged("an entry's numbers are not numbers");
        }

        var name = _name.AsSpan(0, (int)nameSize);
        ReadExactly(name);
        SkipPadding();
        archivedSize = fileSize;
        return FindByName(names, name, out index);
    }

    /// <summary>Reads content.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <returns>How many bytes were read, at least one.</returns>
    /// <exception cref="DiagnosticException">NI2311: the archive is damaged or ends too early.</exception>
    public int Read(Span<byte> buffer)
    {
        if (_start == _end && buffer.Length >= DirectReadSize)
        {
            return Advance(ReadStream(buffer));
        }

        if (_start == _end)
        {
            _start = 0;
            _end = ReadStream(_buffer.AsSpan(0, BufferSize));
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return Advance(count);
    }

    /// <summary>Passes over content.</summary>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="DiagnosticException">NI2311: the archive is damaged or ends too early.</exception>
    public void Skip(long length)
    {
        Span<byte> scratch = stackalloc byte[4096];
        while (length > 0)
        {
            length -= Read(scratch[..(int)Math.Min(scratch.Length, length)]);
        }
    }

    /// <summary>Makes an error that says the archive is damaged.</summary>
    /// <param name="defect">What is wrong with it.</param>
    /// <returns>The error, to be thrown.</returns>
    public DiagnosticException Damaged(string defect) => PayloadDiagnostics.Damaged.Error(null, source, defect);

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    private bool ReadIndex(Span<byte> field, int fileCount, out int index)
    {
        ReadExactly(field);
        SkipPadding();
        if (!CpioEntryHeader.TryReadNumber(field, out var number))
        {
            throw Damaged("an entry's number is not a number");
        }

        index = unchecked((int)number);
        if (index == -1)
        {
            return false;
        }

        return number < fileCount ? true : throw Damaged($"it has a file number {number}, but the package has {fileCount} files");
    }

    private bool FindByName(PayloadFileIndex names, ReadOnlySpan<byte> name, out int index)
    {
        var end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        index = -1;
        if (name.SequenceEqual(CpioEntryHeader.Trailer))
        {
            return false;
        }

        index = names.Find(name);
        return index >= 0 ? true : throw Damaged($"it has {CpioEntryHeader.Show(name)}, which the header does not list");
    }

    private void ReadExactly(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[Read(buffer)..];
        }
    }

    private void SkipPadding() => Skip((4 - (_position & 3)) & 3);

    private int Advance(int count)
    {
        _position += count;
        return count;
    }

    private int ReadStream(Span<byte> buffer)
    {
        int read;
        try
        {
            read = stream.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw PayloadDiagnostics.Damaged.Wrap(e, null, source, e.Message);
        }

        return read > 0 ? read : throw Damaged("it ends too early");
    }
}
