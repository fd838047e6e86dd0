using System.Globalization;
using System.Net;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>What may pass is tried again, after pauses; what does not is not.</summary>
public sealed class RetryTests : IDisposable
{
    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        FailFirst(2, () => FakeRegistry.Answer((HttpStatusCode)status));
        Assert.Null(await AskAsync());
        Assert.Equal(3, Registry.Seen.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        FailFirst(2, () => throw new HttpRequestException("The connection was refused."));
        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task Pauses_double_and_are_spread()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Answer(HttpStatusCode.ServiceUnavailable));
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => AskAsync(options => options with { Attempts = 5 }))).Code);
        Assert.Equal(5, Registry.Seen.Count);
        Assert.Equal(4, _bench.Time.Pauses.Count);
        for (var i = 0; i < 4; i++)
        {
            Assert.InRange(_bench.Time.Pauses[i].TotalSeconds, 0.25 * (1 << i), 0.75 * (1 << i));
        }
    }

    [Fact]
    public async Task Pauses_do_not_grow_without_end()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Answer(HttpStatusCode.ServiceUnavailable));
        await RegistryBench.FailureAsync(() => AskAsync(options => options with { Attempts = 40 }));
        Assert.All(_bench.Time.Pauses, pause => Assert.InRange(pause.TotalSeconds, 0.2, 45));
    }

    [Fact]
    public async Task The_registry_says_how_long_to_wait()
    {
        FailFirst(1, () => FakeRegistry.Answer(HttpStatusCode.TooManyRequests, ("Retry-After", "17")));
        Assert.Null(await AskAsync());
        Assert.Equal([TimeSpan.FromSeconds(17)], _bench.Time.Pauses);
    }

    [Fact]
    public async Task It_may_say_so_as_a_date()
    {
        FailFirst(1, () => FakeRegistry.Answer(HttpStatusCode.TooManyRequests, ("Retry-After", _bench.Time.GetUtcNow().AddSeconds(23).ToString("R", CultureInfo.InvariantCulture))));
        Assert.Null(await AskAsync());
        Assert.Equal([TimeSpan.FromSeconds(23)], _bench.Time.Pauses);
    }

    [Fact]
    public async Task Nobody_waits_for_hours()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Answer(HttpStatusCode.TooManyRequests, ("Retry-After", "21600")));
        var failure = await RegistryBench.FailureAsync(() => AskAsync());
        Assert.Equal("NI5108", failure.Code);
        Assert.Contains("21600 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Time.Pauses);
    }

    [Theory]
    [InlineData(400, "NI5110")]
    [InlineData(403, "NI5103")]
    [InlineData(405, "NI5110")]
    [InlineData(401, "NI5102")]
    [InlineData(501, "NI5101")]
    [InlineData(418, "NI5110")]
    [InlineData(204, "NI5109")]
    public async Task What_does_not_pass_is_said_at_once(int status, string code)
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Answer((HttpStatusCode)status));
        Assert.Equal(code, (await RegistryBench.FailureAsync(() => AskAsync())).Code);
        Assert.Single(Registry.Seen);
    }

    [Theory]
    [InlineData(404, "NAME_UNKNOWN", "NI5107")]
    [InlineData(400, "DENIED", "NI5103")]
    [InlineData(403, "TOOMANYREQUESTS", "NI5108")]
    [InlineData(400, "SOMETHING_NEW", "NI5110")]
    public async Task The_registrys_own_code_says_more_than_the_status(int status, string code, string expected)
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Error((HttpStatusCode)status, code, "no such thing"));
        var failure = await RegistryBench.FailureAsync(() => _bench.Client().PullManifestAsync(_bench.Reference("9.6"), RegistryBench.Cancellation));
        Assert.Equal(expected, failure.Code);
        Assert.Contains("no such thing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_registry_says_cannot_write_to_the_terminal()
    {
        FailFirst(int.MaxValue, () => FakeRegistry.Error(HttpStatusCode.BadRequest, "X", "\\u001b[31mred\\u202e\\r\\nerror NI0000: made up" + new string('x', 5000)));
        var failure = await RegistryBench.FailureAsync(() => AskGetAsync());
        Assert.Contains("[31mred", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', failure.Message);
        Assert.InRange(failure.Message.Length, 100, 1000);
    }

    [Fact]
    public async Task An_error_of_any_length_is_read_only_so_far()
    {
        FailFirst(int.MaxValue, () => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new ByteArrayContent(new byte[1 << 20]) });
        Assert.Equal("NI5110", (await RegistryBench.FailureAsync(() => AskGetAsync())).Code);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_given_up()
    {
        using var client = new RegistryClient(_bench.Options with { Time = TimeProvider.System, AnswerLimit = TimeSpan.FromMilliseconds(100), Attempts = 1 }, new SilentServer());
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation))).Code);
    }

    [Fact]
    public async Task Who_stops_it_is_told_so()
    {
        using var stop = new CancellationTokenSource();
        using var client = new RegistryClient(_bench.Options with { Time = TimeProvider.System }, new SilentServer(stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ResolveAsync(_bench.Reference("9.6"), stop.Token));
    }

    [Fact]
    public async Task A_registry_on_this_machine_may_speak_http_where_it_speaks_no_tls()
    {
        Registry.Intercept = request => request.RequestUri!.Scheme == "https" ? throw new HttpRequestException(HttpRequestError.SecureConnectionError, "no TLS") : null;
        var reference = ImageReference.Parse("localhost:5000/team/node:9.6");
        Assert.Null(await _bench.Client().ResolveAsync(reference, RegistryBench.Cancellation));
        Assert.Equal("http://localhost:5000/v2/team/node/manifests/9.6", Registry.Seen.Last().Address.AbsoluteUri);
        Assert.Equal("https://localhost:5000/v2/", Registry.Seen.First().Address.AbsoluteUri);
    }

    [Fact]
    public async Task So_may_one_that_is_listed_and_no_other()
    {
        Registry.Intercept = request => request.RequestUri!.Scheme == "https" ? throw new HttpRequestException(HttpRequestError.SecureConnectionError, "no TLS") : null;
        RegistryOptions Listed(RegistryOptions options) => options with { InsecureRegistries = [RegistryName.Parse("lab.example:5000")] };
        Assert.Null(await _bench.Client(Listed).ResolveAsync(ImageReference.Parse("lab.example:5000/node:1"), RegistryBench.Cancellation));
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => _bench.Client(Listed).ResolveAsync(ImageReference.Parse("lab.example/node:1"), RegistryBench.Cancellation))).Code);
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => AskAsync())).Code);
        Assert.All(Registry.Seen.Where(exchange => exchange.Address.Scheme == "http"), exchange => Assert.Equal("lab.example:5000", exchange.Address.Authority));
    }

    private async Task<string?> AskAsync(Func<RegistryOptions, RegistryOptions>? change = null) =>
        (await _bench.Client(change).ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation))?.ToString();

    private Task AskGetAsync() => _bench.Client().PullManifestAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);

    private void FailFirst(int times, Func<HttpResponseMessage> fail) => Registry.Intercept = _ => times-- > 0 ? fail() : null;

    private sealed class SilentServer(CancellationTokenSource? stop = null) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (stop is not null)
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }

            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException();
        }
    }
}
