using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Whole images on their way from a registry.</summary>
public sealed class PullTests : IDisposable
{
    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_image_comes_as_it_is()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(2000, 2));
        _bench.Seed(image, "9.6");
        var pulled = await _bench.PullAsync("9.6", "pulled");
        Assert.Equal((image.Digest, image.Digest), (pulled.Image.Digest, pulled.RegistryDigest));
        foreach (var layer in image.Manifest.Layers)
        {
            Assert.Equal(File.ReadAllBytes(image.Layout.BlobPath(layer.Digest)), File.ReadAllBytes(pulled.Image.Layout.BlobPath(layer.Digest)));
        }
    }

    [Fact]
    public async Task An_image_can_be_named_by_its_digest()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        _bench.Seed(image, "9.6");
        var reference = ImageReference.Parse($"{_bench.Repository}:ignored@{image.Digest}");
        var pulled = await new ImagePuller(_bench.Client()).PullAsync(reference, new Platform("amd64"), new OciLayoutWriter(_bench["pulled"]), null, RegistryBench.Cancellation);
        Assert.Equal(image.Digest, pulled.Image.Digest);
    }

    [Fact]
    public async Task Blobs_that_are_there_are_not_fetched_again()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(2000, 2));
        _bench.Seed(image, "9.6");
        await _bench.PullAsync("9.6", "pulled");
        Registry.Seen.Clear();
        await _bench.PullAsync("9.6", "pulled");
        Assert.Equal(["GET /v2/team/node/manifests/9.6"], Registry.Seen.Select(exchange => exchange.Line));
    }

    [Fact]
    public async Task A_blob_that_is_there_but_damaged_is_fetched_again()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(2000, 2));
        _bench.Seed(image, "9.6");
        var pulled = await _bench.PullAsync("9.6", "pulled");
        var path = pulled.Image.Layout.BlobPath(image.Manifest.Layers[0].Digest);
        File.WriteAllBytes(path, RegistryBench.Bytes(1000, 9));
        Registry.Seen.Clear();
        await _bench.PullAsync("9.6", "pulled");
        Assert.Equal(2, Registry.Seen.Count);
        Assert.Equal(RegistryBench.Bytes(1000), File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_pull_that_failed_half_way_leaves_whole_blobs_only_and_is_completed_by_another()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(3000), RegistryBench.Bytes(2000, 2), RegistryBench.Bytes(1000, 3));
        _bench.Seed(image, "9.6");
        var last = image.Manifest.Layers[2].Digest.ToString();
        Registry.Blobs.TryRemove(("team/node", last), out var bytes);
        await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled", _bench.Client(options => options with { BlobsAtOnce = 1 })));
        Assert.False(File.Exists(_bench["pulled/index.json"]));
        Assert.All(Directory.GetFiles(_bench["pulled/blobs/sha256"]), file => Assert.Equal(Path.GetFileName(file), Sha256Digest.OfFile(file).Hex));

        Registry.Blobs[("team/node", last)] = bytes!;
        Registry.Seen.Clear();
        Assert.Equal(image.Digest, (await _bench.PullAsync("9.6", "pulled")).Image.Digest);
        Assert.Equal(1, Registry.Count("GET /v2/team/node/blobs/"));
    }

    [Fact]
    public async Task An_image_without_the_platform_is_refused_and_the_old_one_stays()
    {
        _bench.Seed(_bench.WriteImage("image", RegistryBench.Bytes(1000)), "9.6");
        var before = await _bench.PullAsync("9.6", "pulled");
        _bench.Seed(_bench.WriteImage("other", new Platform("arm64"), RegistryBench.Bytes(1000, 5)), "9.7");
        Assert.Equal("NI3104", (await RegistryBench.FailureAsync(() => _bench.PullAsync("9.7", "pulled"))).Code);
        Assert.Equal(before.Image.Digest, OciLayout.Open(_bench["pulled"]).ReadImage().Digest);
        Assert.DoesNotContain(Registry.Seen, exchange => exchange.Line.EndsWith(Sha256Digest.Of(RegistryBench.Bytes(1000, 5)).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_without_the_platform_says_what_it_has()
    {
        var index = new ImageIndex([new Descriptor(MediaTypes.Manifest, Sha256Digest.Of([]), 0) { Platform = new Platform("s390x\u001b[2J") }]);
        Registry.AddManifest("team/node", "9.6", index.Write(), MediaTypes.Index);
        var failure = await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled"));
        Assert.Equal("NI3104", failure.Code);
        Assert.Contains("s390x", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_in_an_index_is_refused()
    {
        var inner = Registry.AddManifest("team/node", "inner", new ImageIndex([]).Write(), MediaTypes.Index);
        Registry.AddManifest("team/node", "9.6", new ImageIndex([inner with { MediaType = MediaTypes.Manifest, Platform = new Platform("amd64") }]).Write(), MediaTypes.Index);
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled"))).Code);
    }

    [Fact]
    public async Task An_image_in_dockers_format_is_rewritten()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        _bench.Seed(image, "oci");
        var docker = Encoding.UTF8.GetString(image.Manifest.Write())
            .Replace(MediaTypes.Manifest, "application/vnd.docker.distribution.manifest.v2+json", StringComparison.Ordinal)
            .Replace(MediaTypes.Config, "application/vnd.docker.container.image.v1+json", StringComparison.Ordinal)
            .Replace(MediaTypes.LayerGzip, "application/vnd.docker.image.rootfs.diff.tar.gzip", StringComparison.Ordinal);
        var added = Registry.AddManifest("team/node", "9.6", Encoding.UTF8.GetBytes(docker), "application/vnd.docker.distribution.manifest.v2+json");
        var pulled = await _bench.PullAsync("9.6", "pulled");
        Assert.Equal(added.Digest, pulled.RegistryDigest);
        Assert.Equal(image.Manifest.Layers, pulled.Image.Manifest.Layers);
        Assert.Equal(MediaTypes.Config, pulled.Image.Manifest.Config.MediaType);
    }

    [Fact]
    public async Task An_image_that_announces_too_much_is_refused_before_it_is_fetched()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        _bench.Seed(image, "small");
        foreach (var size in (long[])[1L << 40, long.MaxValue])
        {
            var manifest = image.Manifest with { Layers = [image.Manifest.Layers[0] with { Size = size }, image.Manifest.Layers[0]] };
            Registry.AddManifest("team/node", "9.6", manifest.Write());
            Assert.Equal("NI5114", (await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled"))).Code);
        }

        Assert.Equal(0, Registry.Count("GET /v2/team/node/blobs/"));
    }

    [Fact]
    public async Task A_configuration_that_makes_no_sense_is_refused_before_layers_are_fetched()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        _bench.Seed(image, "small");
        ImageManifest[] wrong =
        [
            image.Manifest with { Config = image.Manifest.Config with { Size = 5 << 20 } },
            image.Manifest with { Config = Registry.AddBlob("team/node", "nonsense"u8.ToArray()) },
            image.Manifest with { Config = Registry.AddBlob("team/node", """{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":["\u001b[2Jnone"]}}"""u8.ToArray()) },
            image.Manifest with { Layers = [] },
        ];
        foreach (var manifest in wrong)
        {
            Registry.AddManifest("team/node", "9.6", manifest.Write());
            Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled"))).Code);
        }

        Assert.DoesNotContain(Registry.Seen, exchange => exchange.Line.EndsWith(image.Manifest.Layers[0].Digest.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_layer_that_is_not_what_its_digest_says_never_gets_its_name()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        _bench.Seed(image, "9.6");
        var layer = image.Manifest.Layers[0].Digest;
        Registry.Blobs[("team/node", layer.ToString())] = RegistryBench.Bytes(1000, 9);
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => _bench.PullAsync("9.6", "pulled"))).Code);
        Assert.Equal([image.Manifest.Config.Digest.Hex], Directory.GetFiles(_bench["pulled/blobs/sha256"]).Select(Path.GetFileName));
    }
}
