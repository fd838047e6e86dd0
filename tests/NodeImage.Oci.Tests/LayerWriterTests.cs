using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests;

/// <summary>The bytes of layers.</summary>
public sealed class LayerWriterTests
{
    public static TheoryData<string> Compressions => ["gzip", "zstd"];

    [Theory]
    [MemberData(nameof(Compressions))]
    public void The_same_pieces_give_the_same_bytes_with_and_without_a_cache(string kind)
    {
        using var folder = new TestImage();
        var plan = new LayerPlan("test", [Piece("a", 100), Piece("b", 300_000), Piece("c", 0)]);
        var cold = Write(folder, kind, plan, "one", "cache-1");
        var warm = Write(folder, kind, plan, "two", "cache-1");
        var other = Write(folder, kind, plan, "three", "cache-2");
        Assert.Equal(cold, warm);
        Assert.Equal(cold, other);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Layers_written_at_once_are_those_written_one_by_one(string kind)
    {
        using var folder = new TestImage();
        var plans = Enumerable.Range(0, 12).Select(i => new LayerPlan($"{i}", [.. Enumerable.Range(i, 4).Select(j => Piece($"piece{j}", j * 10_000))])).ToList();
        var single = plans.ConvertAll(plan => Write(folder, kind, plan, "one", "cache-1"));
        var several = new WrittenLayer[plans.Count];
        Parallel.For(0, plans.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => several[i] = Write(folder, kind, plans[i], "two", "cache-2"));
        Assert.Equal(single, several);
    }

    [Fact]
    public void A_scan_taken_while_a_layer_is_written_is_what_reading_it_gives()
    {
        using var folder = new TestImage();
        bool Keep(TarEntry entry) => entry.Size < 200;
        var plan = new LayerPlan("test", [Piece("a", 100), Piece("b", 300_000), Piece("c", 0)]);
        foreach (var again in (string[])["fresh", "from cached pieces"])
        {
            var layout = new OciLayoutWriter(folder[again]);
            var written = new LayerWriter(folder.Cache("cache"), LayerCompression.Gzip(4), Keep).Write(plan, layout, CancellationToken.None);
            using var archive = new System.IO.Compression.GZipStream(File.OpenRead(Path.Combine(folder[again], "blobs", "sha256", written.Descriptor.Digest.Hex)), System.IO.Compression.CompressionMode.Decompress);
            Assert.Equal(LayerScan.Take(archive, Keep, CancellationToken.None).Write(), written.Scan!.Write());
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void A_damaged_piece_in_the_cache_is_made_anew(string kind)
    {
        using var folder = new TestImage();
        var plan = new LayerPlan("test", [Piece("a", 5000), Piece("b", 5000)]);
        var sound = Write(folder, kind, plan, "one", "cache");
        foreach (var file in Directory.EnumerateFiles(folder["cache/layer-piece-2"], "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 4;
            File.WriteAllBytes(file, bytes);
        }

        Assert.Equal(sound, Write(folder, kind, plan, "two", "cache"));
    }

    [Fact]
    public void A_gzip_layer_is_one_member_that_gzip_accepts()
    {
        using var folder = new TestImage();
        var layer = Write(folder, "gzip", new LayerPlan("test", [Piece("a", 100_000), Piece("b", 7)]), "one", "cache");
        var path = folder[$"one/blobs/sha256/{layer.Descriptor.Digest.Hex}"];
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], bytes[..10]);
        File.Copy(path, folder["layer.gz"]);
        Peer.Run("gzip", "--test", folder["layer.gz"]);
        Assert.Equal("a\nb\n", Peer.Run("tar", "-tzf", path));
    }

    [Fact]
    public void A_zstd_layer_is_accepted_by_zstd()
    {
        using var folder = new TestImage();
        var layer = Write(folder, "zstd", new LayerPlan("test", [Piece("a", 100_000), Piece("b", 7)]), "one", "cache");
        Peer.Run("zstd", "--test", folder[$"one/blobs/sha256/{layer.Descriptor.Digest.Hex}"]);
    }

    [Fact]
    public void A_diff_id_is_the_digest_of_the_archive_in_the_clear()
    {
        using var folder = new TestImage();
        var layer = Write(folder, "gzip", new LayerPlan("test", [Piece("a", 100_000)]), "one", "cache");
        using var file = File.OpenRead(folder[$"one/blobs/sha256/{layer.Descriptor.Digest.Hex}"]);
        using var clear = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(layer.DiffId, Sha256Digest.Of(clear));
    }

    [Fact]
    public void A_layer_that_cannot_be_written_leaves_nothing_behind()
    {
        using var folder = new TestImage();
        var failing = new LayerPiece(Sha256Digest.Of("x"u8), _ => throw new InvalidOperationException("no"));
        Assert.Throws<InvalidOperationException>(() => Write(folder, "gzip", new LayerPlan("test", [Piece("a", 10), failing]), "one", "cache"));
        Assert.Empty(Directory.EnumerateFiles(folder["one"], "*", SearchOption.AllDirectories));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["cache"], "*", SearchOption.AllDirectories), path => Path.GetFileName(path).StartsWith('.'));
    }

    [Fact]
    public void Gnu_tar_sees_what_was_written()
    {
        using var folder = new TestImage();
        var tree = new FileTree();
        tree.Put("/usr/bin/su", Inode.Regular(FileContent.Of("su"), 2541) with { ModificationTime = 1_700_000_000 });
        tree.Link("/usr/bin/su2", tree.Find("/usr/bin/su")!);
        tree.Put("/usr/" + new string('l', 200), Inode.SymbolicLink(new string('t', 300)));
        tree.Put("/dev/null", new Inode { Type = FileType.CharacterDevice, Mode = 438, DeviceMajor = 1, DeviceMinor = 3, Owner = new FileOwner(5, 6) });
        var image = folder.Write("layout", [tree], buckets: 1);
        var listing = Peer.Run("tar", "--numeric-owner", "--utc", "-tvzf", image.Layout.BlobPath(image.Manifest.Layers[^1].Digest));
        Assert.Contains("crw-rw-rw- 5/6", listing, StringComparison.Ordinal);
        Assert.Contains("-rwsr-xr-x 0/0               2 2023-11-14 22:13 usr/bin/su\n", listing, StringComparison.Ordinal);
        Assert.Contains("usr/bin/su2 link to usr/bin/su\n", listing, StringComparison.Ordinal);
        Assert.Contains($"usr/{new string('l', 200)} -> {new string('t', 300)}\n", listing, StringComparison.Ordinal);
    }

    private static LayerPiece Piece(string name, int length) => new(Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{name} {length}")), tar =>
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        tar.Write(new TarEntry { Name = name, Type = TarEntryType.Regular, Size = length }, new MemoryStream(content));
    });

    private static WrittenLayer Write(TestImage folder, string kind, LayerPlan plan, string layout, string cache) =>
        new LayerWriter(folder.Cache(cache), kind == "gzip" ? LayerCompression.Gzip(4) : LayerCompression.Zstd(3))
            .Write(plan, new OciLayoutWriter(folder[layout]), CancellationToken.None);
}
