using System.Net;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Blobs;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Single blobs on their way to a registry.</summary>
public sealed class UploadTests : IDisposable
{
    private const string Uploads = "/v2/team/node/blobs/uploads/";

    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_small_blob_goes_in_one_request()
    {
        var bytes = RegistryBench.Bytes(1000);
        Assert.Equal(BlobFate.Sent, await PushAsync(bytes));
        AssertThere(bytes);
        Assert.Equal((1, 0, 1), (Registry.Count("POST"), Registry.Count("PATCH"), Registry.Count("PUT")));
        Assert.Null(Registry.Seen.Last().ContentRange);
    }

    [Fact]
    public async Task An_empty_blob_can_be_sent()
    {
        Assert.Equal(BlobFate.Sent, await PushAsync([]));
        AssertThere([]);
    }

    [Fact]
    public async Task A_large_blob_goes_in_one_part_without_a_range()
    {
        var bytes = RegistryBench.Bytes(300_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000 });
        AssertThere(bytes);
        Assert.Equal(1, Registry.Count("PATCH"));
        Assert.DoesNotContain(Registry.Seen, exchange => exchange.ContentRange is not null);
    }

    [Fact]
    public async Task Chunks_say_which_part_they_are()
    {
        var bytes = RegistryBench.Bytes(250_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000, ChunkSize = 100_000 });
        AssertThere(bytes);
        Assert.Equal(["0-99999", "100000-199999", "200000-249999"], Registry.Seen.Where(exchange => exchange.Method == "PATCH").Select(exchange => exchange.ContentRange));

        // Each answer says where the next part goes.
        Assert.Equal(["?state=0", "?state=100000", "?state=200000"], Registry.Seen.Where(exchange => exchange.Method == "PATCH").Select(exchange => exchange.Address.Query));
    }

    [Fact]
    public async Task A_registry_may_want_larger_chunks()
    {
        Registry.Intercept = request => request.Method == HttpMethod.Post
            ? Forward(request, answer => answer.Headers.Add("OCI-Chunk-Min-Length", "150000"))
            : null;
        var bytes = RegistryBench.Bytes(250_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000, ChunkSize = 100_000 });
        Assert.Equal(["0-149999", "150000-249999"], Registry.Seen.Where(exchange => exchange.Method == "PATCH").Select(exchange => exchange.ContentRange));
    }

    [Fact]
    public async Task A_cut_connection_is_gone_on_from_where_the_registry_says()
    {
        Registry.UploadBreaks.Enqueue(200_000);
        var bytes = RegistryBench.Bytes(500_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000 });
        AssertThere(bytes);
        Assert.Equal([null, "200000-499999"], Registry.Seen.Where(exchange => exchange.Method == "PATCH").Select(exchange => exchange.ContentRange));
        Assert.Equal(1, Registry.Count("POST"));
        Assert.Equal(1, Registry.Count($"GET {Uploads}"));
    }

    [Fact]
    public async Task An_upload_that_the_registry_has_forgotten_begins_anew()
    {
        Registry.ForgetsUploads = true;
        Registry.UploadBreaks.Enqueue(200_000);
        var bytes = RegistryBench.Bytes(500_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000 });
        AssertThere(bytes);
        Assert.Equal(2, Registry.Count("POST"));
    }

    [Fact]
    public async Task An_upload_that_gets_on_may_break_more_often_than_a_request_may_fail()
    {
        for (var i = 0; i < 12; i++)
        {
            Registry.UploadBreaks.Enqueue(10_000);
        }

        var bytes = RegistryBench.Bytes(500_000);
        await PushAsync(bytes, options => options with { SingleRequestLimit = 1000, Attempts = 3 });
        AssertThere(bytes);
    }

    [Fact]
    public async Task An_upload_that_never_gets_further_is_given_up()
    {
        Registry.ForgetsUploads = true;
        for (var i = 0; i < 100; i++)
        {
            Registry.UploadBreaks.Enqueue(200_000);
        }

        var failure = await RegistryBench.FailureAsync(() => PushAsync(RegistryBench.Bytes(500_000), options => options with { SingleRequestLimit = 1000, Attempts = 4 }));
        Assert.Equal("NI5101", failure.Code);
        Assert.Equal(4, Registry.Count("PATCH"));
    }

    [Fact]
    public async Task A_blob_whose_last_answer_was_lost_is_not_sent_again()
    {
        var lost = true;
        Registry.Intercept = request =>
        {
            if (request.Method != HttpMethod.Put || !lost)
            {
                return null;
            }

            lost = false;
            Forward(request, _ => { }).Dispose();
            throw new HttpRequestException("The connection was reset.");
        };
        var bytes = RegistryBench.Bytes(1000);
        Registry.ForgetsUploads = true;
        await PushAsync(bytes);
        AssertThere(bytes);
        Assert.Equal(1, Registry.Count("PUT"));
    }

    [Fact]
    public async Task What_is_there_is_not_sent()
    {
        var bytes = RegistryBench.Bytes(1000);
        Registry.AddBlob("team/node", bytes);
        Assert.Equal(BlobFate.AlreadyThere, await PushAsync(bytes));
        Assert.All(Registry.Seen, exchange => Assert.Equal("HEAD", exchange.Method));
    }

    [Fact]
    public async Task A_blob_of_another_repository_is_mounted()
    {
        var bytes = RegistryBench.Bytes(1000);
        Registry.AddBlob("team/base", bytes);
        Assert.Equal(BlobFate.Mounted, await PushAsync(bytes, mountFrom: ["team/base"]));
        AssertThere(bytes);
        Assert.Equal((1, 0), (Registry.Count("POST"), Registry.Count("PUT")));
    }

    [Fact]
    public async Task Where_it_cannot_be_mounted_the_upload_begun_instead_is_used()
    {
        Registry.Mounts = false;
        var bytes = RegistryBench.Bytes(1000);
        Assert.Equal(BlobFate.Sent, await PushAsync(bytes, mountFrom: ["team/base"]));
        AssertThere(bytes);
        Assert.Equal((1, 1), (Registry.Count("POST"), Registry.Count("PUT")));
    }

    [Fact]
    public async Task Every_repository_that_is_named_is_asked_and_uploads_begun_in_vain_are_ended()
    {
        var bytes = RegistryBench.Bytes(1000);
        Registry.AddBlob("team/third", bytes);
        Assert.Equal(BlobFate.Mounted, await PushAsync(bytes, mountFrom: ["team/first", "team/second", "team/third"]));
        Assert.Equal(2, Registry.Count("DELETE"));
    }

    [Fact]
    public async Task Nothing_is_mounted_from_another_registry_or_from_itself()
    {
        var blob = new Descriptor(MediaTypes.LayerGzip, Sha256Digest.Of([1]), 1);
        var elsewhere = ImageReference.Parse("other.example/team/base").Repository;
        await _bench.Client().PushBlobAsync(_bench.Repository, blob, () => new MemoryStream([1]), [elsewhere, _bench.Repository], null, RegistryBench.Cancellation);
        Assert.DoesNotContain(Registry.Seen, exchange => exchange.Address.Query.Contains("mount", StringComparison.Ordinal));
        Assert.All(Registry.Seen, exchange => Assert.Equal(FakeRegistry.Host, exchange.Address.Host));
    }

    [Fact]
    public async Task A_registry_that_has_got_something_else_is_not_believed()
    {
        Registry.Intercept = request => request.Method == HttpMethod.Put
            ? FakeRegistry.Answer(HttpStatusCode.Created, ("Docker-Content-Digest", Sha256Digest.Of([9]).ToString()))
            : null;
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => PushAsync(RegistryBench.Bytes(10)))).Code);
    }

    [Fact]
    public async Task A_registry_that_refuses_the_digest_is_heard()
    {
        Registry.Intercept = request => request.Method == HttpMethod.Put ? FakeRegistry.Error(HttpStatusCode.BadRequest, "DIGEST_INVALID") : null;
        Assert.Equal("NI5106", (await RegistryBench.FailureAsync(() => PushAsync(RegistryBench.Bytes(10)))).Code);
        Assert.Equal(1, Registry.Count("PUT"));
    }

    [Theory]
    [InlineData("http://registry.example/v2/team/node/blobs/uploads/1")]
    [InlineData("https://user:password@registry.example/1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task An_upload_that_leads_astray_is_refused(string location)
    {
        Registry.Intercept = request => request.Method == HttpMethod.Post ? FakeRegistry.Answer(HttpStatusCode.Accepted, ("Location", location)) : null;
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => PushAsync(RegistryBench.Bytes(10)))).Code);
        Assert.Equal(0, Registry.Count("PUT"));
    }

    [Fact]
    public async Task Progress_goes_back_where_an_attempt_failed()
    {
        Registry.ForgetsUploads = true;
        Registry.UploadBreaks.Enqueue(200_000);
        var heard = new List<long>();
        var bytes = RegistryBench.Bytes(500_000);
        await _bench.Client(options => options with { SingleRequestLimit = 1000 })
            .PushBlobAsync(_bench.Repository, Describe(bytes), () => new MemoryStream(bytes), [], new Ear(heard), RegistryBench.Cancellation);
        Assert.Equal(500_000, heard[^1]);
        Assert.Contains(0, heard);
    }

    private Task<BlobFate> PushAsync(byte[] bytes, Func<RegistryOptions, RegistryOptions>? change = null, string[]? mountFrom = null) =>
        _bench.Client(change).PushBlobAsync(
            _bench.Repository,
            Describe(bytes),
            () => new MemoryStream(bytes),
            [.. (mountFrom ?? []).Select(name => RegistryRepository.Create(_bench.Repository.Registry, name))],
            null,
            RegistryBench.Cancellation);

    private static Descriptor Describe(byte[] bytes) => new(MediaTypes.LayerGzip, Sha256Digest.Of(bytes), bytes.Length);

    private void AssertThere(byte[] bytes) => Assert.Equal(bytes, Registry.Blobs[("team/node", Sha256Digest.Of(bytes).ToString())]);

    // Lets the registry do its work and changes what it says.
    private HttpResponseMessage Forward(HttpRequestMessage request, Action<HttpResponseMessage> change)
    {
        var answer = Registry.ServeAsync(request).GetAwaiter().GetResult();
        change(answer);
        return answer;
    }

    private sealed class Ear(List<long> heard) : IProgress<long>
    {
        public void Report(long value) => heard.Add(value);
    }
}
