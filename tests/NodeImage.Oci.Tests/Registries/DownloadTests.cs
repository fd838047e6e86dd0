using System.Net;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Single blobs and manifests on their way from a registry.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Body = RegistryBench.Bytes(300_000);

    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_blob_comes_as_it_is() => Assert.Equal(Body, await PullAsync(Registry.AddBlob("team/node", Body)));

    [Fact]
    public async Task A_broken_download_is_gone_on_with()
    {
        Registry.DownloadBreaks.Enqueue(100_000);
        Registry.DownloadBreaks.Enqueue(150_000);
        Assert.Equal(Body, await PullAsync(Registry.AddBlob("team/node", Body)));
        Assert.Equal([null, "bytes=100000-", "bytes=250000-"], Registry.Seen.Where(exchange => exchange.Method == "GET").Select(exchange => exchange.Range));
    }

    [Fact]
    public async Task A_registry_without_ranges_sends_it_all_again()
    {
        Registry.IgnoresRanges = true;
        Registry.DownloadBreaks.Enqueue(100_000);
        Assert.Equal(Body, await PullAsync(Registry.AddBlob("team/node", Body)));
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_last_byte_has_done_its_work()
    {
        Registry.DownloadBreaks.Enqueue(Body.Length);
        Assert.Equal(Body, await PullAsync(Registry.AddBlob("team/node", Body)));
        Assert.Equal(1, Registry.Count("GET"));
    }

    [Fact]
    public async Task A_blob_with_another_digest_is_refused()
    {
        var blob = Registry.AddBlob("team/node", Body);
        Registry.Blobs[("team/node", blob.Digest.ToString())] = RegistryBench.Bytes(300_000, seed: 2);
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => PullAsync(blob))).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_byte_more_than_the_size_is_taken(bool announced)
    {
        var blob = Registry.AddBlob("team/node", Body);
        Registry.Intercept = _ =>
        {
            var answer = FakeRegistry.Answer(HttpStatusCode.OK);
            answer.Content = new StreamContent(new BreakingStream(new MemoryStream(RegistryBench.Bytes(400_000)), long.MaxValue));
            answer.Content.Headers.ContentLength = announced ? 400_000 : null;
            return answer;
        };
        using var target = new MemoryStream();
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => _bench.Client().PullBlobAsync(_bench.Repository, blob, target, null, RegistryBench.Cancellation))).Code);
        Assert.True(target.Length <= Body.Length);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_said_to_be_missing() =>
        Assert.Equal("NI5107", (await RegistryBench.FailureAsync(() => PullAsync(new Descriptor(MediaTypes.Layer, Sha256Digest.Of(Body), 1)))).Code);

    [Fact]
    public async Task Blobs_are_fetched_from_where_the_registry_sends_us_without_our_proof()
    {
        var blob = Registry.AddBlob("team/node", Body);
        _ = new TokenServer(Registry);
        var guard = Registry.Intercept!;
        Registry.Intercept = request =>
        {
            if (request.RequestUri!.Host == "cdn.example")
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Body) };
            }

            return guard(request) ?? FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, ("Location", "https://cdn.example/store/1?signature=x"));
        };
        Assert.Equal(Body, await PullAsync(blob));
        Assert.Contains(Registry.Seen, exchange => exchange.Address.Host == FakeRegistry.Host && exchange.Authorization is not null);
        Assert.All(Registry.Seen.Where(exchange => exchange.Address.Host == "cdn.example"), exchange => Assert.Null(exchange.Authorization));
    }

    [Theory]
    [InlineData("http://cdn.example/1")]
    [InlineData("https://user:pw@cdn.example/1")]
    [InlineData("ftp://cdn.example/1")]
    [InlineData("https://")]
    public async Task A_redirection_to_where_there_is_no_tls_is_refused(string location)
    {
        var blob = Registry.AddBlob("team/node", Body);
        Registry.Intercept = _ => FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, ("Location", location));
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => PullAsync(blob))).Code);
        Assert.Single(Registry.Seen);
    }

    [Fact]
    public async Task Redirections_come_to_an_end()
    {
        var blob = Registry.AddBlob("team/node", Body);
        Registry.Intercept = _ => FakeRegistry.Answer(HttpStatusCode.TemporaryRedirect, ("Location", "/elsewhere"));
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => PullAsync(blob))).Code);
        Assert.InRange(Registry.Seen.Count, 2, 10);
    }

    [Fact]
    public void A_handler_that_follows_redirections_by_itself_is_not_used()
    {
        using var handler = new SocketsHttpHandler();
        Assert.Throws<ArgumentException>(() => new RegistryClient(_bench.Options, handler));
        using var ours = RegistryClient.CreateHandler(_bench.Options);
        Assert.False(ours.AllowAutoRedirect);
    }

    [Fact]
    public async Task A_manifest_comes_with_its_digest()
    {
        var added = Registry.AddManifest("team/node", "9.6", Manifest());
        var manifest = await _bench.Client().PullManifestAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        Assert.Equal(added, manifest.Descriptor);
        Assert.False(manifest.IsIndex);
        Assert.Equal(added.Digest, await _bench.Client().ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation));
        Assert.Null(await _bench.Client().ResolveAsync(_bench.Reference("9.7"), RegistryBench.Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_of_more_than_4_MiB_is_refused(bool announced)
    {
        Registry.Intercept = _ =>
        {
            var answer = FakeRegistry.Answer(HttpStatusCode.OK);
            answer.Content = announced
                ? new ByteArrayContent(new byte[(4 << 20) + 1])
                : new StreamContent(new BreakingStream(new MemoryStream(new byte[5 << 20]), long.MaxValue));
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", MediaTypes.Manifest);
            return answer;
        };
        var failure = await RegistryBench.FailureAsync(() => PullManifestAsync("9.6"));
        Assert.Equal("NI5109", failure.Code);
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_asked_for_is_refused()
    {
        var asked = Sha256Digest.Of([1]);
        Registry.Manifests[("team/node", asked.ToString())] = (MediaTypes.Manifest, Manifest());
        var reference = Oci.Registries.Naming.ImageReference.OfDigest(_bench.Repository, asked);
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => _bench.Client().PullManifestAsync(reference, RegistryBench.Cancellation))).Code);
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_announced_is_refused()
    {
        Registry.Intercept = _ =>
        {
            var answer = FakeRegistry.Answer(HttpStatusCode.OK, ("Docker-Content-Digest", Sha256Digest.Of([1]).ToString()));
            answer.Content = new ByteArrayContent(Manifest()) { Headers = { { "Content-Type", MediaTypes.Manifest } } };
            return answer;
        };
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => PullManifestAsync("9.6"))).Code);
    }

    [Theory]
    [InlineData("not json", MediaTypes.Manifest)]
    [InlineData("[]", MediaTypes.Manifest)]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", MediaTypes.Manifest)]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[],"config":{}}""", MediaTypes.Manifest)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],"layers":[]}""", MediaTypes.Index)]
    [InlineData("""{"schemaVersion":1}""", "application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("""{"schemaVersion":2}""", "text/html")]
    public async Task A_manifest_that_may_be_read_in_two_ways_or_none_is_refused(string text, string mediaType)
    {
        Registry.AddManifest("team/node", "9.6", System.Text.Encoding.UTF8.GetBytes(text), mediaType);
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => PullManifestAsync("9.6"))).Code);
    }

    private static byte[] Manifest() => new ImageManifest(new Descriptor(MediaTypes.Config, Sha256Digest.Of([]), 0), []).Write();

    private Task PullManifestAsync(string tag) => _bench.Client().PullManifestAsync(_bench.Reference(tag), RegistryBench.Cancellation);

    private async Task<byte[]> PullAsync(Descriptor blob)
    {
        using var target = new MemoryStream();
        await _bench.Client().PullBlobAsync(_bench.Repository, blob, target, null, RegistryBench.Cancellation);
        return target.ToArray();
    }
}
