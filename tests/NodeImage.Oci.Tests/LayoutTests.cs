using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests;

/// <summary>Layouts: written whole or not at all, and read only as far as they are sound.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Another_image_takes_the_place_of_the_first_and_its_blobs_go()
    {
        using var folder = new TestImage();
        var first = folder.Write("layout", [Tree("one")]);
        var second = folder.Write("layout", [Tree("two")]);
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(
            second.Manifest.Layers.Append(second.Manifest.Config).Append(second.Descriptor).Select(blob => blob.Digest.Hex).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder["layout/blobs/sha256"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
        Assert.Equal(first.Digest, folder.Write("layout", [Tree("one")]).Digest);
    }

    [Fact]
    public void A_damaged_small_blob_is_written_anew()
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("one")]);
        File.WriteAllBytes(image.Layout.BlobPath(image.Digest), new byte[image.Descriptor.Size]);
        Assert.Equal(image.Digest, folder.Write("layout", [Tree("one")]).Digest);
    }

    [Theory]
    [InlineData("bit")]
    [InlineData("short")]
    [InlineData("long")]
    [InlineData("missing")]
    [InlineData("folder")]
    public void Every_kind_of_damage_to_every_blob_has_one_code(string damage)
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("one")]);
        var all = image.Layout.ReadAll();
        foreach (var blob in image.Manifest.Layers.Append(image.Manifest.Config).Append(image.Descriptor).ToList())
        {
            var path = image.Layout.BlobPath(blob.Digest);
            var sound = File.ReadAllBytes(path);
            Damage(path, sound, damage);
            Assert.Equal("NI3103", Code(() => folder.Read(OciLayout.Open(folder["layout"]).ReadImage(), Guid.NewGuid().ToString())));
            Assert.Equal("NI3103", Code(() => OciArchive.Write(all, folder["archive.tar"], [], CancellationToken.None)));
            Assert.Equal("NI3103", Code(() => new OciLayoutWriter(folder["other"]).Import(image.Layout, blob)));
            Assert.False(File.Exists(folder["archive.tar"]));
            if (Directory.Exists(path))
            {
                Directory.Delete(path);
            }

            File.WriteAllBytes(path, sound);
        }
    }

    [Theory]
    [InlineData("NI3102", "not json")]
    [InlineData("NI3102", "[]")]
    [InlineData("NI3102", """{"manifests":[1]}""")]
    [InlineData("NI3102", """{"manifests":[{"mediaType":"x","digest":"sha256:../../../../etc/passwd","size":3}]}""")]
    [InlineData("NI3102", """{"manifests":[{"mediaType":"x","digest":"sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","size":3}]}""")]
    [InlineData("NI3102", """{"manifests":[{"mediaType":"x","digest":"md5:00","size":3}]}""")]
    [InlineData("NI3102", """{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","size":-1}]}""")]
    [InlineData("NI3103", """{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","size":9223372036854775807}]}""")]
    [InlineData("NI3103", """{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","size":3}]}""")]
    [InlineData("NI3104", """{"manifests":[{"mediaType":"application/vnd.example","digest":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","size":3}]}""")]
    [InlineData("NI3104", """{"manifests":[]}""")]
    [InlineData("NI3104", "{}")]
    [InlineData("NI3102", """{"manifests":[],"manifests":[]}""")]
    [InlineData("NI3102", """{"manifests":[{"mediaType":"\ud800","digest":"x","size":3}]}""")]
    [InlineData("NI3102", """{"annotations":{"\ud800":"x"}}""")]
    public void Hostile_indexes_are_refused_by_code(string code, string index)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[OciLayout.MarkerFile], OciLayout.Marker);
        File.WriteAllText(folder[OciLayout.IndexFile], index);
        Assert.Equal(code, Code(() => OciLayout.Open(folder.Root).ReadImage()));
    }

    [Fact]
    public void A_folder_without_a_layout_and_a_huge_index_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("NI3101", Code(() => OciLayout.Open(folder.Root)));
        Assert.Equal("NI3101", Code(() => OciLayout.Open(folder["missing"])));
        File.WriteAllText(folder[OciLayout.MarkerFile], OciLayout.Marker);
        using (var file = File.Create(folder[OciLayout.IndexFile]))
        {
            file.SetLength(5L << 30);
        }

        Assert.Equal("NI3102", Code(() => OciLayout.Open(folder.Root)));
    }

    [Theory]
    [InlineData("\"config\":{\"Labels\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:zz\"]}")]
    [InlineData("\"rootfs\":null")]
    [InlineData("\"architecture\":7")]
    public void Hostile_configurations_are_refused_by_code(string member)
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("x")]);
        var config = JsonNode.Parse(image.Config.Write())!.AsObject();
        config.Remove(member[1..member.IndexOf('"', 1)]);
        var text = config.ToJsonString().TrimEnd('}') + "," + member + "}";
        text = text.Count(c => c == '{') > text.Count(c => c == '}') ? config.ToJsonString()[..^1] + "," + member + "}" : text;
        var output = new OciLayoutWriter(folder["hostile"]);
        var manifest = output.Add(MediaTypes.Manifest, new ImageManifest(output.Add(MediaTypes.Config, Encoding.UTF8.GetBytes(text)), []).Write());
        output.Commit([manifest], new HashSet<Sha256Digest> { manifest.Digest, Sha256Digest.Of(Encoding.UTF8.GetBytes(text)) });
        Assert.Equal("NI3103", Code(() => OciLayout.Open(folder["hostile"]).ReadImage()));
    }

    [Fact]
    public void The_image_of_a_platform_is_found_though_the_others_are_not_there()
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("x")]);
        var absent = new Descriptor(MediaTypes.Manifest, Sha256Digest.Of("absent"u8), 6) { Platform = new Platform("arm64") };
        var nested = new OciLayoutWriter(folder["layout"]).Add(MediaTypes.Index, new ImageIndex([absent, image.Descriptor]).Write());
        File.WriteAllBytes(folder["layout/index.json"], new ImageIndex([nested]).Write());
        Assert.Equal(image.Digest, OciLayout.Open(folder["layout"]).ReadImage(new Platform("amd64")).Digest);
        Assert.Equal("NI3104", Code(() => OciLayout.Open(folder["layout"]).ReadImage(new Platform("s390x"))));
    }

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd")]
    [InlineData("application/vnd.oci.image.layer.v1.tar")]
    [InlineData("application/x-unknown")]
    public void A_layer_of_another_kind_than_announced_is_refused(string mediaType)
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("x")]);
        var announced = image with { Manifest = image.Manifest with { Layers = [.. image.Manifest.Layers.Select(layer => layer with { MediaType = mediaType })] } };
        Assert.Equal("NI3103", Code(() => folder.Read(announced)));
    }

    [Fact]
    public void A_wrong_diff_id_is_noticed_even_where_the_layer_is_known()
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("x")]);
        folder.Read(image);
        var hostile = image with { Config = image.Config with { DiffIds = [.. image.Config.DiffIds.Select(_ => Sha256Digest.Of("other"u8))] } };
        Assert.Equal("NI3103", Code(() => folder.Read(hostile)));
        Assert.Equal("NI3103", Code(() => folder.Read(hostile, "another-cache")));
    }

    [Fact]
    public void Content_that_changed_since_the_layer_was_read_is_noticed()
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Tree("x")], LayerCompression.Zstd(1));
        var tree = ImageTree.Read(image, folder.Cache(), _ => false, CancellationToken.None);
        var other = folder.Write("other", [Tree("y")], LayerCompression.Zstd(1));
        File.Copy(other.Layout.BlobPath(other.Manifest.Layers[0].Digest), image.Layout.BlobPath(image.Manifest.Layers[0].Digest), overwrite: true);
        Assert.Equal("NI3103", Code(() => tree.Find("/etc/file")!.Inode.Content!.ReadAllBytes()));
    }

    public static TheoryData<string, TarEntry[]> HostileLayers => new()
    {
        { "a path that climbs", [File_("../etc/passwd")] },
        { "a whiteout of nothing", [File_("etc/.wh.")] },
        { "a whiteout of the parent", [File_("etc/.wh...")] },
        { "a file for a root", [File_("./")] },
        { "a link for a root", [new TarEntry { Name = ".", Type = TarEntryType.SymbolicLink, LinkName = "etc" }] },
        { "a hard link for a root", [File_("a"), new TarEntry { Name = ".", Type = TarEntryType.HardLink, LinkName = "a" }] },
        { "a hard link to nothing", [new TarEntry { Name = "a", Type = TarEntryType.HardLink, LinkName = "b" }] },
        { "a hard link to a folder", [new TarEntry { Name = "d", Type = TarEntryType.Directory }, new TarEntry { Name = "a", Type = TarEntryType.HardLink, LinkName = "d" }] },
        { "a hard link to what it replaces", [File_("a/b"), new TarEntry { Name = "a", Type = TarEntryType.HardLink, LinkName = "a/b" }] },
        { "a hard link that climbs", [new TarEntry { Name = "a", Type = TarEntryType.HardLink, LinkName = "../../b" }] },
    };

    [Theory]
    [MemberData(nameof(HostileLayers))]
    public void Hostile_layers_are_refused_by_code(string what, TarEntry[] entries)
    {
        using var folder = new TestImage();
        var piece = new LayerPiece(Sha256Digest.Of(Encoding.UTF8.GetBytes(what)), tar => Array.ForEach(entries, tar.Write));
        Assert.Equal("NI3103", Code(() => folder.Read(OneLayer(folder, piece))));
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(9000)]
    public void A_layer_that_announces_more_than_it_holds_is_refused(long size)
    {
        using var folder = new TestImage();
        var entry = new TarEntry { Name = "a", Type = TarEntryType.Regular, Size = size };
        var piece = new LayerPiece(Sha256Digest.Of("size"u8), tar =>
        {
            try
            {
                tar.Write(entry, new MemoryStream([1, 2, 3]));
            }
            catch (InvalidDataException)
            {
            }
        });
        Assert.Equal("NI3103", Code(() => folder.Read(OneLayer(folder, piece))));
    }

    [Fact]
    public void Whiteouts_hide_what_is_below_and_nothing_of_their_own_layer()
    {
        using var folder = new TestImage();
        var below = new FileTree();
        below.Put("/etc/a/old", Inode.Regular(FileContent.Of("old")));
        below.Put("/etc/b", Inode.Regular(FileContent.Of("old")));
        below.Put("/etc/c/old", Inode.Regular(FileContent.Of("old")));
        var output = new OciLayoutWriter(folder["two"]);
        var writer = new LayerWriter(folder.Cache(), LayerCompression.Gzip(1));
        var lower = folder.Write("one", [below], buckets: 1);
        lower.Manifest.Layers.ToList().ForEach(layer => output.Import(lower.Layout, layer));
        TarEntry[] entries = [File_("etc/a/new"), File_("etc/a/.wh..wh..opq"), File_("etc/b"), File_("etc/.wh.b"), File_("etc/.wh.missing"), File_("etc/c/.wh.old")];
        var upper = writer.Write(new LayerPlan("upper", [new LayerPiece(Sha256Digest.Of("whiteouts"u8), tar => Array.ForEach(entries, tar.Write))]), output, CancellationToken.None);
        var image = TestImage.Finish(output, [.. lower.Manifest.Layers.Zip(lower.Config.DiffIds, (layer, id) => new WrittenLayer(layer, id)), upper]);
        Assert.Equal(["/", "/etc", "/etc/a", "/etc/a/new", "/etc/b", "/etc/c"], folder.Read(image).Walk().Select(node => node.Path));
    }

    private static TarEntry File_(string name) => new() { Name = name, Type = TarEntryType.Regular };

    private static OciImage OneLayer(TestImage folder, LayerPiece piece)
    {
        var output = new OciLayoutWriter(folder["hostile"]);
        return TestImage.Finish(output, [new LayerWriter(folder.Cache(), LayerCompression.Gzip(1)).Write(new LayerPlan("hostile", [piece]), output, CancellationToken.None)]);
    }

    private static FileTree Tree(string text)
    {
        var tree = new FileTree();
        tree.Put("/etc/file", Inode.Regular(FileContent.Of(text)));
        return tree;
    }

    private static void Damage(string path, byte[] sound, string damage)
    {
        File.Delete(path);
        switch (damage)
        {
            case "bit":
                sound = [.. sound];
                sound[sound.Length / 2] ^= 1;
                File.WriteAllBytes(path, sound);
                break;
            case "short":
                File.WriteAllBytes(path, sound[..^1]);
                break;
            case "long":
                File.WriteAllBytes(path, [.. sound, 0]);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
        }
    }

    // Work on several cores wraps what goes wrong; the tasks unwrap it.
    private static string Code(Action action)
    {
        try
        {
            action();
        }
        catch (DiagnosticException e)
        {
            return e.Diagnostic.Descriptor.Code;
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [DiagnosticException single, ..])
        {
            return single.Diagnostic.Descriptor.Code;
        }

        return "no diagnostic";
    }
}
