using System.Net;
using System.Net.Http.Headers;
using NodeImage.Core.Transfer;

namespace NodeImage.Core.Tests;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_local_file_is_copied()
    {
        File.WriteAllBytes(_folder["source"], Body);
        await Fetch(new StubServer(), new Uri(_folder["source"]));
        Assert.Equal(Body, File.ReadAllBytes(_folder["target"]));
    }

    [Fact]
    public async Task A_broken_transfer_goes_on_where_it_broke_off()
    {
        var server = new StubServer { BreakAfter = 100_000 };
        await Fetch(server, new Uri("http://mirror.example/file"));
        Assert.Equal(Body, File.ReadAllBytes(_folder["target"]));
        Assert.Equal([null, 100_000L, 200_000L], server.Offsets);
    }

    [Fact]
    public async Task A_server_without_ranges_is_asked_from_the_start_again()
    {
        var server = new StubServer { BreakAfter = 100_000, BreakOnce = true, IgnoresRanges = true };
        await Fetch(server, new Uri("http://mirror.example/file"));
        Assert.Equal(Body, File.ReadAllBytes(_folder["target"]));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        var server = new StubServer { FailFirst = 2 };
        await Fetch(server, new Uri("http://mirror.example/file"));
        Assert.Equal(Body, File.ReadAllBytes(_folder["target"]));
    }

    [Fact]
    public async Task The_next_mirror_serves_when_one_does_not_have_the_file()
    {
        var server = new StubServer { MissingHost = "first.example" };
        await Fetch(server, new Uri("http://first.example/file"), new Uri("http://second.example/file"));
        Assert.Equal(Body, File.ReadAllBytes(_folder["target"]));
    }

    [Fact]
    public async Task What_is_not_as_announced_never_reaches_its_place()
    {
        var request = Request(new Uri("http://mirror.example/file")) with { Verify = _ => throw new InvalidDataException("It has another checksum.") };
        var failure = await Assert.ThrowsAsync<TransferException>(() => Fetch(new StubServer(), request));
        Assert.True(failure.IsDamaged);
        Assert.Contains("another checksum", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_file_larger_than_announced_is_given_up_early()
    {
        var request = Request(new Uri("http://mirror.example/file")) with { Size = 1000 };
        var failure = await Assert.ThrowsAsync<TransferException>(() => Fetch(new StubServer(), request));
        Assert.True(failure.IsDamaged);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_missing_file_is_not_asked_for_again_and_a_password_is_not_shown()
    {
        var server = new StubServer { MissingHost = "first.example" };
        var failure = await Assert.ThrowsAsync<TransferException>(() => Fetch(server, Request(new Uri("http://user:secret@first.example/file"))));
        Assert.Single(server.Offsets);
        Assert.Contains("404", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private TransferRequest Request(params Uri[] sources) => new(sources, _folder["target"], 1 << 20) { Size = Body.Length };

    private Task Fetch(StubServer server, params Uri[] sources) => Fetch(server, Request(sources));

    private static async Task Fetch(StubServer server, TransferRequest request)
    {
        using var downloader = new Downloader(new ImpatientTime(), server);
        await downloader.FetchAsync(request, null, TestContext.Current.CancellationToken);
    }

    private sealed class StubServer : HttpMessageHandler
    {
        public int? BreakAfter { get; init; }

        public bool BreakOnce { get; init; }

        public bool IgnoresRanges { get; init; }

        public int FailFirst { get; init; }

        public string? MissingHost { get; init; }

        public List<long?> Offsets { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var offset = request.Headers.Range?.Ranges.Single().From;
            Offsets.Add(offset);
            if (request.RequestUri!.Host == MissingHost)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            }

            if (Offsets.Count <= FailFirst)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
            }

            var start = IgnoresRanges ? 0 : (int)(offset ?? 0);
            var breaks = BreakAfter is { } limit && !(BreakOnce && Offsets.Count > 1) ? limit : Body.Length;
            var length = Math.Min(breaks, Body.Length - start);
            var response = new HttpResponseMessage(start > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
            {
                Content = new StreamContent(new MemoryStream(Body, start, length)),
            };
            if (start > 0)
            {
                response.Content.Headers.ContentRange = new ContentRangeHeaderValue(start, Body.Length - 1, Body.Length);
            }

            return Task.FromResult(response);
        }
    }

    /// <summary>A clock whose pauses are over at once.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
