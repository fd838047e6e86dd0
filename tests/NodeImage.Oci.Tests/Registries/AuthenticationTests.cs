using System.Net;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>How a registry learns who we are, and nobody else does.</summary>
public sealed class AuthenticationTests : IDisposable
{
    private static readonly RegistryCredential Password = RegistryCredential.OfPassword("builder", "secret");

    private readonly RegistryBench _bench = new();

    private FakeRegistry Registry => _bench.Registry;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_token_is_got_where_the_registry_asks_for_one()
    {
        var server = new TokenServer(Registry) { Wants = RegistryBench.Basic("builder", "secret") };
        await _bench.PushAsync(Image(), client: _bench.Client(Password));
        var asked = Assert.Single(server.Asked).Exchange;
        Assert.Equal("GET", asked.Method);
        Assert.Equal("registry.example", FakeRegistry.Query(asked.Address)["service"]);
        Assert.Equal("repository:team/node:pull,push", FakeRegistry.Query(asked.Address)["scope"]);
        Assert.All(Registry.Seen.Where(exchange => exchange.Address.Host == FakeRegistry.Host), exchange => Assert.DoesNotContain("Basic", exchange.Authorization ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_of_nobody_is_tried_without_credentials()
    {
        var server = new TokenServer(Registry);
        Assert.Null(await AskAsync(null));
        Assert.Null(Assert.Single(server.Asked).Exchange.Authorization);
    }

    [Fact]
    public async Task Many_requests_share_a_token()
    {
        var server = new TokenServer(Registry) { Lifetime = 3600 };
        var client = _bench.Client(Password);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation)));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var server = new TokenServer(Registry) { Lifetime = 300 };
        var client = _bench.Client(Password);
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        _bench.Time.Advance(TimeSpan.FromSeconds(200));
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        Assert.Single(server.Asked);
        _bench.Time.Advance(TimeSpan.FromSeconds(90));
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_token_without_a_word_on_its_life_lives_a_minute()
    {
        var server = new TokenServer(Registry);
        var client = _bench.Client(Password);
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        _bench.Time.Advance(TimeSpan.FromSeconds(60));
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_token_that_is_taken_back_in_the_middle_of_an_upload_is_renewed()
    {
        var server = new TokenServer(Registry) { Lifetime = 3600 };
        var guard = Registry.Intercept!;
        var revoked = 0;
        Registry.Intercept = request =>
        {
            if (request.Method == HttpMethod.Patch && Interlocked.Exchange(ref revoked, 1) == 0)
            {
                server.Revoke();
            }

            return guard(request);
        };
        var client = _bench.Client(options => options with { SingleRequestLimit = 100, Credentials = new FixedCredentials(_bench.Repository.Registry, Password) });
        await _bench.PushAsync(Image(), client: client);
        Assert.Equal(1, revoked);
        Assert.Equal(2, server.Asked.Count);
        Assert.True(Registry.Manifests.ContainsKey(("team/node", "9.6")));
    }

    [Fact]
    public async Task An_identity_token_goes_into_a_form_and_nowhere_else()
    {
        var server = new TokenServer(Registry);
        Assert.Null(await AskAsync(RegistryCredential.OfIdentityToken("secret-refresh")));
        var (exchange, form) = Assert.Single(server.Asked);
        Assert.Equal("POST", exchange.Method);
        Assert.Empty(exchange.Address.Query);
        Assert.Contains("grant_type=refresh_token", form, StringComparison.Ordinal);
        Assert.Contains("refresh_token=secret-refresh", form, StringComparison.Ordinal);
        Assert.Contains("scope=repository%3Ateam%2Fnode%3Apull", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_token_goes_to_the_registry_as_it_is()
    {
        Registry.Intercept = request => request.Headers.Authorization?.ToString() == "Bearer given" ? null : FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", $"Bearer realm=\"{TokenServer.Realm}\""));
        Assert.Null(await AskAsync(RegistryCredential.OfRegistryToken("given")));
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(RegistryCredential.OfRegistryToken("other")))).Code);
        Assert.All(Registry.Seen, exchange => Assert.Equal(FakeRegistry.Host, exchange.Address.Host));
    }

    [Fact]
    public async Task Basic_authentication_sends_the_password_only_when_asked()
    {
        Registry.Intercept = request => request.Headers.Authorization?.ToString() == RegistryBench.Basic("builder", "secret") ? null : FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", "Basic realm=\"lab\""));
        var client = _bench.Client(Password);
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        await client.ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation);
        Assert.Equal([false, true, true], Registry.Seen.Select(exchange => exchange.Authorization is not null));
    }

    [Fact]
    public async Task Wrong_passwords_are_said_to_be_wrong_once()
    {
        Registry.Intercept = _ => FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", "Basic realm=\"lab\""));
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(Password))).Code);
        Assert.Equal(2, Registry.Seen.Count);
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(null))).Code);
    }

    [Fact]
    public async Task A_token_service_that_does_not_know_us_is_heard()
    {
        _ = new TokenServer(Registry) { Wants = "Basic other" };
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(Password))).Code);
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(null))).Code);
    }

    [Fact]
    public async Task Credentials_of_one_registry_are_not_shown_to_another()
    {
        var server = new TokenServer(Registry);
        var client = _bench.Client(Password);
        await client.ResolveAsync(ImageReference.Parse("other.example/team/node:1"), RegistryBench.Cancellation);
        Assert.Null(Assert.Single(server.Asked).Exchange.Authorization);
    }

    [Fact]
    public async Task A_mount_that_needs_a_right_we_lack_is_done_without()
    {
        var server = new TokenServer(Registry) { DeniedScope = "repository:other/base" };
        var other = RegistryRepository.Create(_bench.Repository.Registry, "other/base");
        var pushed = await _bench.PushAsync(Image(), new(_bench.Repository, ["9.6"]) { MountFrom = [other] }, _bench.Client(Password));
        Assert.Equal((2, 0), (pushed.Sent, pushed.Mounted));
        Assert.Contains(server.Asked, asked => Uri.UnescapeDataString(asked.Exchange.Address.Query).Contains("scope=repository:other/base:pull", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Bearer realm=\"http://auth.example/token\"")]
    [InlineData("Bearer realm=\"https://user:pw@auth.example/token\"")]
    [InlineData("Bearer realm=\"file:///etc/passwd\"")]
    [InlineData("Bearer realm=\"/token\"")]
    [InlineData("Bearer service=\"x\"")]
    [InlineData("Bearer realm=\"https://auth.example")]
    public async Task A_token_service_without_a_safe_address_is_not_asked(string challenge)
    {
        var server = new TokenServer(Registry) { Challenge = challenge };
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => AskAsync(Password))).Code);
        Assert.Empty(server.Asked);
        Assert.All(Registry.Seen, exchange => Assert.Equal(FakeRegistry.Host, exchange.Address.Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Digest realm=\"x\", nonce=\"y\"")]
    [InlineData("Negotiate YIIC==")]
    [InlineData("\"\"\"\"")]
    [InlineData(",,,=,=\"\\")]
    [InlineData("Bearer realm=\"https://auth.example/token\\")]
    public async Task A_challenge_that_makes_no_sense_is_one_error(string challenge)
    {
        _ = new TokenServer(Registry) { Challenge = challenge };
        Assert.Contains((await RegistryBench.FailureAsync(() => AskAsync(Password))).Code, (string[])["NI5102", "NI5109"]);
        Assert.All(Registry.Seen, exchange => Assert.Null(exchange.Authorization));
    }

    [Fact]
    public async Task A_challenge_of_any_length_is_one_error()
    {
        _ = new TokenServer(Registry) { Challenge = "Bearer " + string.Concat(Enumerable.Repeat("a=\"b\",", 100_000)) };
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => AskAsync(Password))).Code);
    }

    [Fact]
    public async Task One_challenge_among_others_is_found()
    {
        var server = new TokenServer(Registry) { Challenge = $"Negotiate YIIC==, Basic realm=\"a, \\\"b\\\"\", BEARER Realm = \"{TokenServer.Realm}\" , service=registry.example" };
        Assert.Null(await AskAsync(Password));
        Assert.Equal("registry.example", FakeRegistry.Query(Assert.Single(server.Asked).Exchange.Address)["service"]);
    }

    [Fact]
    public async Task The_path_of_a_token_service_cannot_name_another_host()
    {
        Registry.Intercept = request => request.RequestUri switch
        {
            { Scheme: "https" } => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "no TLS"),
            { AbsolutePath: "/v2/" } => null,
            _ => FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:5000//evil.example/token\"")),
        };
        var client = _bench.Client(options => options with { Credentials = new FixedCredentials(RegistryName.Parse("127.0.0.1:5000"), Password) });
        await Assert.ThrowsAsync<DiagnosticException>(() => client.ResolveAsync(ImageReference.Parse("127.0.0.1:5000/node:1"), RegistryBench.Cancellation));
        Assert.Contains(Registry.Seen, exchange => exchange.Authorization is not null);
        Assert.All(Registry.Seen, exchange => Assert.Equal("127.0.0.1", exchange.Address.Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"token\":\"a\\r\\nb\"}")]
    [InlineData("{\"token\":5}")]
    public async Task An_answer_without_a_token_is_one_error(string body)
    {
        Registry.Intercept = request => request.RequestUri!.Host == "auth.example"
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) }
            : FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", $"Bearer realm=\"{TokenServer.Realm}\""));
        Assert.Equal("NI5109", (await RegistryBench.FailureAsync(() => AskAsync(Password))).Code);
    }

    private async Task<string?> AskAsync(RegistryCredential? credential) =>
        (await (credential is null ? _bench.Client() : _bench.Client(credential)).ResolveAsync(_bench.Reference("9.6"), RegistryBench.Cancellation))?.ToString();

    private Oci.Layouts.OciImage Image() => _bench.WriteImage("image", RegistryBench.Bytes(1000));
}
