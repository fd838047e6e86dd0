using System.Globalization;
using System.Text;
using NodeImage.Core.Digests;

namespace NodeImage.Core.Tar;

/// <summary>
/// Writes tar archives whose bytes depend on nothing but the entries: the ustar format of POSIX.1-2001 with extended
/// headers (<c>pax</c>) only where a field cannot hold its value. The platform's own writer puts the time and the
/// process number into its headers.
/// </summary>
/// <param name="output">Where the archive goes; it is left open.</param>
/// <param name="listener">Hears what is written, or null.</param>
public sealed class TarWriter(Stream output, ITarListener? listener = null)
{
    private const int CopyBufferSize = 1 << 16;
    private const string XattrKeyword = "SCHILY.xattr.";
    private static readonly byte[] Zeros = new byte[TarHeader.BlockSize * 2];

    private readonly byte[] _block = new byte[TarHeader.BlockSize];
    private readonly byte[] _copyBuffer = new byte[CopyBufferSize];

    /// <summary>Writes an entry that has no content.</summary>
    /// <param name="entry">The entry; its size must be 0.</param>
    public void Write(TarEntry entry)
    {
        if (entry.Size != 0)
        {
            throw new ArgumentException($"'{entry.Name}' has content that was not given.", nameof(entry));
        }

        WriteHeader(entry);
    }

    /// <summary>Writes a regular file.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="content">Its content, read from the current position; it must have just the entry's size.</param>
    /// <param name="digest">The content's digest for the listener, where it is known and reading is held to it.</param>
    /// <exception cref="InvalidDataException">The content is shorter or longer than announced; the archive is then useless.</exception>
    public void Write(TarEntry entry, Stream content, Sha256Digest? digest = null)
    {
        WriteHeader(entry, digest);
        var remaining = entry.Size;
        while (remaining > 0)
        {
            var read = content.Read(_copyBuffer, 0, (int)Math.Min(_copyBuffer.Length, remaining));
            if (read == 0)
            {
                throw new InvalidDataException($"The content of '{entry.Name}' ends {remaining} bytes too early.");
            }

            output.Write(_copyBuffer, 0, read);
            listener?.Content(_copyBuffer.AsSpan(0, read));
            remaining -= read;
        }

        if (content.Read(_copyBuffer, 0, 1) != 0)
        {
            throw new InvalidDataException($"The content of '{entry.Name}' is longer than the announced {entry.Size} bytes.");
        }

        WritePadding(entry.Size);
    }

    /// <summary>Writes a regular file's header, and leaves room for its content; the output must be a file.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Where in the output the content belongs. What is not written there reads as zeros.</returns>
    public long Reserve(TarEntry entry)
    {
        WriteHeader(entry);
        var place = output.Position;
        output.Position = place + entry.Size;
        WritePadding(entry.Size);
        return place;
    }

    /// <summary>Writes the two empty blocks that end an archive.</summary>
    public void Finish() => output.Write(Zeros);

    private static string HeaderName(TarEntry entry) =>
        entry.Type == TarEntryType.Directory && entry.Name.Length > 0 ? entry.Name + "/" : entry.Name.Length == 0 ? "./" : entry.Name;

    private void WriteHeader(TarEntry entry, Sha256Digest? digest = null)
    {
        listener?.Begin(entry, digest);
        var name = HeaderName(entry);
        var records = new List<byte>();
        var (prefix, shortName) = SplitName(name, records);
        var linkName = entry.LinkName;
        if (!FitsField(linkName, TarHeader.LinkName))
        {
            AddRecord(records, "linkpath", Encoding.UTF8.GetBytes(linkName));
            linkName = "";
        }

        var uid = FitOrRecord(records, "uid", entry.Uid, TarHeader.Uid);
        var gid = FitOrRecord(records, "gid", entry.Gid, TarHeader.Gid);
        var size = FitOrRecord(records, "size", entry.Size, TarHeader.Size);
        var time = FitOrRecord(records, "mtime", entry.ModificationTime, TarHeader.ModificationTime);
        foreach (var (key, value) in entry.Xattrs)
        {
            AddRecord(records, XattrKeyword + key, value.AsSpan());
        }

        if (records.Count > 0)
        {
            WriteExtendedHeader(records);
        }

        var block = BeginBlock();
        WriteText(block, TarHeader.Name, shortName);
        WriteText(block, TarHeader.Prefix, prefix);
        WriteText(block, TarHeader.LinkName, linkName);
        TarHeader.WriteOctal(block, TarHeader.Mode, entry.Mode);
        TarHeader.WriteOctal(block, TarHeader.Uid, uid);
        TarHeader.WriteOctal(block, TarHeader.Gid, gid);
        TarHeader.WriteOctal(block, TarHeader.Size, size);
        TarHeader.WriteOctal(block, TarHeader.ModificationTime, time);
        TarHeader.WriteOctal(block, TarHeader.DeviceMajor, entry.DeviceMajor);
        TarHeader.WriteOctal(block, TarHeader.DeviceMinor, entry.DeviceMinor);
        EndBlock((byte)entry.Type);
    }

    private void WriteExtendedHeader(List<byte> records)
    {
        var block = BeginBlock();
        WriteText(block, TarHeader.Name, "PaxHeaders/entry");
        TarHeader.WriteOctal(block, TarHeader.Mode, 0b110_100_100);
        TarHeader.WriteOctal(block, TarHeader.Uid, 0);
        TarHeader.WriteOctal(block, TarHeader.Gid, 0);
        TarHeader.WriteOctal(block, TarHeader.Size, records.Count);
        TarHeader.WriteOctal(block, TarHeader.ModificationTime, 0);
        TarHeader.WriteOctal(block, TarHeader.DeviceMajor, 0);
        TarHeader.WriteOctal(block, TarHeader.DeviceMinor, 0);
        EndBlock(TarHeader.PaxLocal);
        output.Write(records.ToArray());
        WritePadding(records.Count);
    }

    private Span<byte> BeginBlock()
    {
        Array.Clear(_block);
        TarHeader.UstarMagic.CopyTo(_block.AsSpan(TarHeader.Magic));
        return _block;
    }

    private void EndBlock(byte typeFlag)
    {
        _block[TarHeader.TypeFlag] = typeFlag;
        TarHeader.WriteChecksum(_block);
        output.Write(_block);
    }

    private void WritePadding(long size)
    {
        var over = (int)(size % TarHeader.BlockSize);
        if (over != 0)
        {
            output.Write(Zeros, 0, TarHeader.BlockSize - over);
        }
    }

    // Plain ASCII goes into the name, with its folders in the prefix where it is long; all else into a "path" record.
    private static (string Prefix, string Name) SplitName(string name, List<byte> records)
    {
        if (FitsField(name, TarHeader.Name))
        {
            return ("", name);
        }

        if (name.Length <= 256 && IsAscii(name))
        {
            var slash = name.LastIndexOf('/', Math.Min(name.Length - 2, 155));
            if (slash > 0 && name.Length - slash - 1 <= 100)
            {
                return (name[..slash], name[(slash + 1)..]);
            }
        }

        AddRecord(records, "path", Encoding.UTF8.GetBytes(name));
        return ("", "long-name");
    }

    private static bool FitsField(string text, Range field) =>
        text.Length <= field.End.Value - field.Start.Value && IsAscii(text);

    private static bool IsAscii(string text) => Ascii.IsValid(text);

    private static long FitOrRecord(List<byte> records, string keyword, long value, Range field)
    {
        if (TarHeader.FitsOctal(value, field))
        {
            return value;
        }

        AddRecord(records, keyword, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        return 0;
    }

    // A record is "LENGTH KEYWORD=VALUE\n", where the length counts its own digits too.
    private static void AddRecord(List<byte> records, string keyword, ReadOnlySpan<byte> value)
    {
        var name = Encoding.UTF8.GetBytes(keyword);
        var rest = name.Length + value.Length + 3;
        var length = rest + Digits(rest);
        length = rest + Digits(length);
        records.AddRange(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        records.Add((byte)' ');
        records.AddRange(name);
        records.Add((byte)'=');
        records.AddRange(value);
        records.Add((byte)'\n');
    }

    private static int Digits(int value) => value.ToString(CultureInfo.InvariantCulture).Length;

    private static void WriteText(Span<byte> block, Range field, string text) => Encoding.ASCII.GetBytes(text, block[field]);
}
