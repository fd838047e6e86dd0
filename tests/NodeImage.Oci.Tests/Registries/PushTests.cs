using System.Collections.Immutable;
using System.Net;
using NodeImage.Core.Digests;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Whole images on their way to a registry.</summary>
public sealed class PushTests : IDisposable
{
    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_image_gets_all_its_tags_after_its_blobs()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(2000, 2));
        var pushed = await _bench.PushAsync(image, new PushRequest(_bench.Repository, ["9.6", "latest", "9.6"]));
        Assert.Equal(new PushedImage(image.Digest, 3, 0, 0), pushed);
        Assert.Equal(["PUT /v2/team/node/manifests/9.6", "PUT /v2/team/node/manifests/latest"], Registry.Seen.TakeLast(2).Select(exchange => exchange.Line));
        Assert.Equal(MediaTypes.Manifest, Registry.Manifests[("team/node", "9.6")].MediaType);
        Assert.Equal(File.ReadAllBytes(image.Layout.BlobPath(image.Digest)), Registry.Manifests[("team/node", "9.6")].Bytes);
        Assert.All(image.Manifest.Layers, layer => Assert.True(Registry.Blobs.ContainsKey(("team/node", layer.Digest.ToString()))));
    }

    [Fact]
    public async Task In_Docker_s_format_only_the_manifest_is_another()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        var arrived = new System.Collections.Concurrent.ConcurrentBag<Sha256Digest>();
        var pushed = await _bench.PushAsync(image, new PushRequest(_bench.Repository, ["1"]) { Format = ImageFormat.Docker, Arrived = (blob, _) => arrived.Add(blob.Digest) });
        var (mediaType, bytes) = Registry.Manifests[("team/node", "1")];
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", mediaType);
        Assert.Equal(Sha256Digest.Of(bytes), pushed.Digest);
        Assert.NotEqual(image.Digest, pushed.Digest);
        var manifest = ImageManifest.Read(bytes);
        Assert.Equal("application/vnd.docker.container.image.v1+json", manifest.Config.MediaType);
        Assert.Equal(image.Manifest.Layers.Select(layer => layer.Digest), manifest.Layers.Select(layer => layer.Digest));
        Assert.Equal(image.Manifest.Layers.Append(image.Manifest.Config).Select(blob => blob.Digest).Order(), arrived.Order());
    }

    [Fact]
    public async Task Without_a_tag_it_is_known_by_its_digest()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        await _bench.PushAsync(image, new PushRequest(_bench.Repository, []));
        Assert.Equal($"PUT /v2/team/node/manifests/{image.Digest}", Registry.Seen.Last().Line);
    }

    [Fact]
    public async Task A_tag_that_is_none_is_refused_before_anything_is_sent()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        Assert.Equal("NI5105", (await RegistryBench.FailureAsync(() => _bench.PushAsync(image, new PushRequest(_bench.Repository, ["no tag"])))).Code);
        Assert.Empty(Registry.Seen);
    }

    [Fact]
    public async Task Images_of_several_platforms_come_under_one_name()
    {
        var shared = RegistryBench.Bytes(5000, 7);
        OciImage[] images =
        [
            _bench.WriteImage("x64", new Platform("amd64"), shared, RegistryBench.Bytes(100)),
            _bench.WriteImage("arm64", new Platform("arm64"), shared, RegistryBench.Bytes(100, 2)),
        ];
        var pushed = await new ImagePusher(_bench.Client()).PushIndexAsync(images, new PushRequest(_bench.Repository, ["9.6", "latest"]), null, RegistryBench.Cancellation);
        Assert.Equal(5, pushed.Sent);
        var (mediaType, bytes) = Registry.Manifests[("team/node", "latest")];
        Assert.Equal(MediaTypes.Index, mediaType);
        Assert.Equal(pushed.Digest, Sha256Digest.Of(bytes));
        var index = ImageIndex.Read(bytes);
        Assert.Equal(images.Select(image => (image.Digest, (Platform?)image.Config.Platform)), index.Manifests.Select(entry => (entry.Digest, entry.Platform)));
        Assert.All(index.Manifests, entry => Assert.Empty(entry.Annotations));

        // Either can be pulled again by its platform.
        foreach (var image in images)
        {
            var pulled = await _bench.PullAsync("9.6", $"pulled-{image.Config.Platform.Architecture}", architecture: image.Config.Platform.Architecture);
            Assert.Equal(image.Digest, pulled.Image.Digest);
        }
    }

    [Fact]
    public async Task A_second_push_sends_nothing_but_names()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000));
        await _bench.PushAsync(image);
        Registry.Seen.Clear();
        Assert.Equal(new PushedImage(image.Digest, 0, 0, 2), await _bench.PushAsync(image));
        Assert.Equal((0, 1), (Registry.Count("POST"), Registry.Count("PUT")));
    }

    [Fact]
    public async Task A_push_that_failed_half_way_is_completed_by_another()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(1000), RegistryBench.Bytes(900, 2), RegistryBench.Bytes(800, 3));
        Registry.Intercept = request => request.Method == HttpMethod.Post && Registry.Count("PUT") >= 2 ? FakeRegistry.Answer(HttpStatusCode.InsufficientStorage) : null;
        var first = _bench.Client(options => options with { BlobsAtOnce = 1, Attempts = 1 });
        await RegistryBench.FailureAsync(() => _bench.PushAsync(image, client: first));
        Assert.Empty(Registry.Manifests);
        Registry.Intercept = null;
        Assert.Equal(new PushedImage(image.Digest, 2, 0, 2), await _bench.PushAsync(image));
    }

    [Fact]
    public async Task Blobs_of_the_base_are_mounted()
    {
        var shared = RegistryBench.Bytes(5000, 7);
        Registry.AddBlob("team/base", shared);
        var image = _bench.WriteImage("image", shared, RegistryBench.Bytes(100));
        var pushed = await _bench.PushAsync(image, new PushRequest(_bench.Repository, ["9.6"]) { MountFrom = [RegistryRepository.Create(_bench.Repository.Registry, "team/base")] });
        Assert.Equal((2, 1), (pushed.Sent, pushed.Mounted));
    }

    [Theory]
    [InlineData("registry.example/team/base:9.6", 1)]
    [InlineData("elsewhere.example/team/base:9.6", 0)]
    [InlineData("NO NAME", 0)]
    public async Task The_images_own_word_for_its_base_is_enough(string name, int mounted)
    {
        var shared = RegistryBench.Bytes(5000, 7);
        Registry.AddBlob("team/base", shared);
        var image = _bench.WriteImage("image", shared);
        image = image with { Manifest = image.Manifest with { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("org.opencontainers.image.base.name", name) } };
        Assert.Equal(mounted, (await _bench.PushAsync(image)).Mounted);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public async Task A_damaged_blob_is_our_fault_and_never_complete_in_the_registry(int limit)
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(300_000));
        var layer = image.Manifest.Layers[0];
        var path = image.Layout.BlobPath(layer.Digest);
        var bytes = File.ReadAllBytes(path);
        bytes[150_000] ^= 1;
        File.WriteAllBytes(path, bytes);
        var failure = await RegistryBench.FailureAsync(() => _bench.PushAsync(image, client: _bench.Client(options => options with { SingleRequestLimit = limit })));
        Assert.Equal("NI3103", failure.Code);
        Assert.Empty(Registry.Manifests);
        Assert.DoesNotContain(Registry.Blobs.Keys, key => key.Digest == layer.Digest.ToString());
    }

    [Fact]
    public async Task A_missing_blob_is_our_fault()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(3000));
        File.Delete(image.Layout.BlobPath(image.Manifest.Layers[0].Digest));
        Assert.Equal("NI3103", (await RegistryBench.FailureAsync(() => _bench.PushAsync(image))).Code);
        Assert.Empty(Registry.Manifests);
    }

    [Fact]
    public async Task Some_blobs_go_at_once_and_no_more()
    {
        var image = _bench.WriteImage("image", [.. Enumerable.Range(0, 12).Select(i => RegistryBench.Bytes(1000, i))]);
        var (now, most) = (0, 0);
        using var gate = new SemaphoreSlim(0);
        Registry.Intercept = request =>
        {
            if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal))
            {
                lock (gate)
                {
                    most = Math.Max(most, ++now);
                }

                Thread.Sleep(20);
                lock (gate)
                {
                    now--;
                }
            }

            return null;
        };
        await _bench.PushAsync(image, client: _bench.Client(options => options with { BlobsAtOnce = 3 }));
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task Progress_ends_with_all_bytes()
    {
        var image = _bench.WriteImage("image", RegistryBench.Bytes(100_000), RegistryBench.Bytes(50_000, 2));
        Registry.AddBlob("team/node", RegistryBench.Bytes(50_000, 2));
        var heard = new Ear();
        await _bench.PushAsync(image, progress: heard);
        Assert.Equal(150_000 + image.Manifest.Config.Size, heard.Last.Total);
        Assert.Equal(heard.Last.Total, heard.Most);
    }

    private sealed class Ear : IProgress<TransferProgress>
    {
        private readonly Lock _lock = new();

        public TransferProgress Last { get; private set; }

        public long Most { get; private set; }

        public void Report(TransferProgress value)
        {
            lock (_lock)
            {
                (Last, Most) = (value, Math.Max(Most, value.Done));
            }
        }
    }
}
