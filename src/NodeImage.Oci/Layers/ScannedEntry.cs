using NodeImage.Core.Digests;
using NodeImage.Core.Tar;

namespace NodeImage.Oci.Layers;

/// <summary>An entry of a layer that has been scanned.</summary>
/// <param name="Entry">What the archive says of it.</param>
/// <param name="Digest">The digest of a regular file's content, else all zeros.</param>
/// <param name="Content">The content where it was kept, else null.</param>
public sealed record ScannedEntry(TarEntry Entry, Sha256Digest Digest, byte[]? Content)
{
    internal void Write(BinaryWriter writer)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        Digest.CopyTo(digest);
        writer.Write(Entry.Name);
        writer.Write((byte)Entry.Type);
        writer.Write7BitEncodedInt(Entry.Mode);
        writer.Write(Entry.Uid);
        writer.Write(Entry.Gid);
        writer.Write7BitEncodedInt64(Entry.Size);
        writer.Write(Entry.ModificationTime);
        writer.Write(Entry.LinkName);
        writer.Write(Entry.DeviceMajor);
        writer.Write(Entry.DeviceMinor);
        writer.Write7BitEncodedInt(Entry.Xattrs.Count);
        foreach (var (name, value) in Entry.Xattrs)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(value.Length);
            writer.Write(value.AsSpan());
        }

        writer.Write(digest);
        writer.Write7BitEncodedInt(Content?.Length ?? -1);
        writer.Write(Content ?? []);
    }

    internal static ScannedEntry Read(BinaryReader reader)
    {
        var entry = new TarEntry
        {
            Name = reader.ReadString(),
            Type = (TarEntryType)reader.ReadByte(),
            Mode = reader.Read7BitEncodedInt(),
            Uid = reader.ReadUInt32(),
            Gid = reader.ReadUInt32(),
            Size = reader.Read7BitEncodedInt64(),
            ModificationTime = reader.ReadInt64(),
            LinkName = reader.ReadString(),
            DeviceMajor = reader.ReadUInt32(),
            DeviceMinor = reader.ReadUInt32(),
        };
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var name = reader.ReadString();
            entry = entry with { Xattrs = entry.Xattrs.SetItem(name, [.. reader.ReadBytes(reader.Read7BitEncodedInt())]) };
        }

        var digest = new Sha256Digest(reader.ReadBytes(Sha256Digest.Size));
        var length = reader.Read7BitEncodedInt();
        return new ScannedEntry(entry, digest, length < 0 ? null : reader.ReadBytes(length));
    }
}
