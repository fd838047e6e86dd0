using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layers;

namespace NodeImage.Fuzz.Targets;

/// <summary>Archives of image layers.</summary>
internal sealed class TarTarget : Target
{
    public override string Name => "tar";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Sample(longNames: false), Sample(longNames: true)];

    /// <summary>An archive with an entry of every kind.</summary>
    public static byte[] Sample(bool longNames)
    {
        using var output = new MemoryStream();
        var tar = new TarWriter(output);
        var folder = longNames ? "ü" + new string('d', 180) : "d";
        tar.Write(new TarEntry { Name = folder, Type = TarEntryType.Directory, Mode = 493 });
        tar.Write(new TarEntry { Name = folder + "/file", Type = TarEntryType.Regular, Size = 700, Uid = longNames ? 3_000_000u : 5, Xattrs = Inode.NoXattrs.Add("security.capability", [1, 2, 3]) }, new MemoryStream(new byte[700]));
        tar.Write(new TarEntry { Name = folder + "/hard", Type = TarEntryType.HardLink, LinkName = folder + "/file" });
        tar.Write(new TarEntry { Name = folder + "/soft", Type = TarEntryType.SymbolicLink, LinkName = folder, ModificationTime = longNames ? -5 : 5 });
        tar.Write(new TarEntry { Name = folder + "/.wh.gone", Type = TarEntryType.Regular });
        tar.Write(new TarEntry { Name = folder + "/.wh..wh..opq", Type = TarEntryType.Regular });
        tar.Write(new TarEntry { Name = folder + "/dev", Type = TarEntryType.CharacterDevice, DeviceMajor = 1, DeviceMinor = 3 });
        tar.Finish();
        return output.ToArray();
    }

    public override void Read(byte[] input)
    {
        try
        {
            var scan = LayerScan.Take(new MemoryStream(input), entry => entry.Size < 1000, CancellationToken.None);
            LayerScan.Read(scan.Write());
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            // What a layer's reader turns into a diagnostic.
        }
    }
}
