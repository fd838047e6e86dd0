using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Core.Tar;

/// <summary>What the extended headers before an entry say in place of its own header's fields.</summary>
internal sealed class TarExtendedHeader
{
    private const string XattrKeyword = "SCHILY.xattr.";

    public string? Path { get; set; }

    public string? LinkPath { get; set; }

    public long? Size { get; private set; }

    public uint? Uid { get; private set; }

    public uint? Gid { get; private set; }

    public long? ModificationTime { get; private set; }

    public ImmutableSortedDictionary<string, ImmutableArray<byte>> Xattrs { get; private set; } = Inode.NoXattrs;

    public void Add(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space <= 0
                || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length || records[length - 1] != (byte)'\n')
            {
                throw new InvalidDataException("An extended header in the archive is malformed.");
            }

            var record = records[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw new InvalidDataException("An extended header in the archive is malformed.");
            }

            Set(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..]);
            records = records[length..];
        }
    }

    private void Set(string keyword, ReadOnlySpan<byte> value)
    {
        switch (keyword)
        {
            case "path":
                Path = Encoding.UTF8.GetString(value);
                break;
            case "linkpath":
                LinkPath = Encoding.UTF8.GetString(value);
                break;
            case "size":
                Size = Number(value);
                break;
            case "uid":
                Uid = Id(value);
                break;
            case "gid":
                Gid = Id(value);
                break;
            case "mtime":
                ModificationTime = Number(value);
                break;
            default:
                SetXattr(keyword, value);
                break;
        }
    }

    private void SetXattr(string keyword, ReadOnlySpan<byte> value)
    {
        if (keyword.StartsWith(XattrKeyword, StringComparison.Ordinal))
        {
            Xattrs = Xattrs.SetItem(keyword[XattrKeyword.Length..], [.. value]);
        }
        else if (keyword.StartsWith("GNU.sparse.", StringComparison.Ordinal))
        {
            throw new InvalidDataException("The archive holds a sparse file, which no image layer may.");
        }
    }

    private static uint Id(ReadOnlySpan<byte> value) =>
        Number(value) is var id and >= 0 and <= uint.MaxValue ? (uint)id : throw new InvalidDataException("An extended header holds an impossible owner.");

    // Times may have a fraction, which images do not keep.
    private static long Number(ReadOnlySpan<byte> value)
    {
        var dot = value.IndexOf((byte)'.');
        return long.TryParse(dot < 0 ? value : value[..dot], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException("An extended header holds something that is not a number.");
    }
}
