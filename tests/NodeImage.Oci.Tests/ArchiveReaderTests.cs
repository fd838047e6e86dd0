using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Tar;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests;

/// <summary>Archives are unpacked only as far as they are layouts, and only where everything in them is what it says.</summary>
public sealed class ArchiveReaderTests : IDisposable
{
    private readonly RegistryBench _bench = new();
    private readonly TemporaryFolder _folder = new();

    private string Archive => _folder["image.tar"];

    private string Output => _folder["out/layout"];

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(200_000, 2));
        OciArchive.Write(new OciImageSet(image.Layout, image.Descriptor, [image]), Archive, ["node:1"], CancellationToken.None);

        Unpack();

        var read = OciLayout.Open(Output).ReadImage();
        Assert.Equal(image.Digest, read.Digest);
        Assert.All(read.Manifest.Layers, layer => read.Layout.ReadBlob(layer, content => content.CopyTo(Stream.Null)));
    }

    [Fact]
    public void Nothing_but_the_index_and_blobs_is_taken()
    {
        var blob = Encoding.ASCII.GetBytes("blob");
        Write(
            Entry("./index.json", Index),
            Entry("../outside", blob),
            Entry("/absolute", blob),
            Entry("blobs/sha256/../../escaped", blob),
            Entry("blobs/sha256/short", blob),
            (new TarEntry { Name = "blobs/sha256/link", Type = TarEntryType.SymbolicLink, LinkName = "/etc/passwd" }, []),
            Entry($"./blobs/sha256/{Sha256Digest.Of(blob).Hex}", blob));

        Unpack();

        Assert.Equal(
            [$"layout/blobs/sha256/{Sha256Digest.Of(blob).Hex}", "layout/index.json", "layout/oci-layout"],
            Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder["out"], path)).Order(StringComparer.Ordinal));
        Assert.Equal([Archive], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_blob_that_is_not_what_its_name_says_is_refused()
    {
        Write(Entry("index.json", Index), Entry($"blobs/sha256/{new string('a', 64)}", [1, 2, 3]));
        Assert.Contains("What it has as the blob sha256:aaaa", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_an_index_or_with_two_is_refused()
    {
        Write(Entry("manifest.json", "[]"u8.ToArray()));
        Assert.Contains("It has no 'index.json'", Refused(), StringComparison.Ordinal);
        Write(Entry("index.json", Index), Entry("./index.json", Index));
        Assert.Contains("more than one 'index.json'", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_far_larger_than_any_is_not_read()
    {
        Write(Entry("index.json", new byte[5 << 20]));
        Assert.Contains("5242880 bytes", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(512 + 20)]
    [InlineData(100)]
    [InlineData(0)]
    public void An_archive_that_ends_too_early_is_refused(int length)
    {
        Write(Entry("index.json", Index), Entry($"blobs/sha256/{Sha256Digest.Of([1]).Hex}", [1]));
        File.WriteAllBytes(Archive, File.ReadAllBytes(Archive)[..length]);
        Refused();
    }

    [Fact]
    public void An_archive_that_has_changed_since_it_was_digested_is_refused()
    {
        Write(Entry("index.json", Index));
        Assert.Contains("instead of", Assert.Throws<DiagnosticException>(() => OciArchiveReader.Unpack(Archive, Sha256Digest.Of([1]), new OciLayoutWriter(Output), null, CancellationToken.None)).Diagnostic.Message, StringComparison.Ordinal);
    }

    private static byte[] Index => new ImageIndex([]).Write();

    private static (TarEntry Entry, byte[] Content) Entry(string name, byte[] content) =>
        (new TarEntry { Name = name, Type = TarEntryType.Regular, Mode = 0b110_100_100, Size = content.Length }, content);

    private void Write(params (TarEntry Entry, byte[] Content)[] entries)
    {
        using var file = File.Create(Archive);
        var tar = new TarWriter(file);
        foreach (var (entry, content) in entries)
        {
            if (entry.Type == TarEntryType.Regular)
            {
                tar.Write(entry, new MemoryStream(content));
            }
            else
            {
                tar.Write(entry);
            }
        }

        tar.Finish();
    }

    private void Unpack() => OciArchiveReader.Unpack(Archive, Sha256Digest.OfFile(Archive), new OciLayoutWriter(Output), null, CancellationToken.None);

    private string Refused()
    {
        var diagnostic = Assert.Throws<DiagnosticException>(Unpack).Diagnostic;
        Assert.Equal("NI3105", diagnostic.Code);
        Assert.False(File.Exists(Path.Combine(Output, "index.json")));
        return diagnostic.Message;
    }
}
