using System.Collections.Concurrent;
using System.Net;

namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>Stands before a registry and lets nobody through without a token of its own.</summary>
internal sealed class TokenServer
{
    public const string Realm = "https://auth.example/token";

    private readonly ConcurrentDictionary<string, string> _valid = new();
    private int _count;

    public TokenServer(FakeRegistry registry) => registry.Intercept = Intercept;

    /// <summary>What was asked of it, in order, with the credentials, and what a form said.</summary>
    public ConcurrentQueue<(Exchange Exchange, string Form)> Asked { get; } = new();

    /// <summary>The credentials that it wants, as a header; null for none.</summary>
    public string? Wants { get; set; }

    /// <summary>How long tokens live by its own word.</summary>
    public int? Lifetime { get; set; }

    /// <summary>Scopes that it gives nothing for.</summary>
    public string? DeniedScope { get; set; }

    /// <summary>The challenge; its scope is that of the request.</summary>
    public string Challenge { get; set; } = $"Bearer realm=\"{Realm}\",service=\"registry.example\"";

    /// <summary>Takes back all tokens.</summary>
    public void Revoke() => _valid.Clear();

    private HttpResponseMessage? Intercept(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        if (address.Host == "auth.example")
        {
            return Give(request);
        }

        return request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token } && _valid.ContainsKey(token)
            ? null
            : FakeRegistry.Answer(HttpStatusCode.Unauthorized, ("WWW-Authenticate", Challenge));
    }

    private HttpResponseMessage Give(HttpRequestMessage request)
    {
        var form = request.Content is null ? "" : new StreamReader(request.Content.ReadAsStream()).ReadToEnd();
        Asked.Enqueue((Exchange.Of(request), form));
        if (Wants is not null && request.Headers.Authorization?.ToString() != Wants)
        {
            return FakeRegistry.Error(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }

        if (DeniedScope is not null && Uri.UnescapeDataString(request.RequestUri!.Query).Contains(DeniedScope, StringComparison.Ordinal))
        {
            return FakeRegistry.Error(HttpStatusCode.Forbidden, "DENIED");
        }

        var token = $"token-{Interlocked.Increment(ref _count)}";
        _valid[token] = token;
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(Lifetime is { } seconds ? $$"""{"token":"{{token}}","expires_in":{{seconds}}}""" : $$"""{"access_token":"{{token}}"}"""),
        };
    }
}
