using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Authentication;

/// <summary>
/// Proves to one registry who we are, in the way that it asks for. Tokens are kept for what they allow, and got by one
/// request however many wait for them.
/// </summary>
internal sealed class RegistryAuthenticator(RegistryName registry, RegistryHttp http, RegistryOptions options) : IDisposable
{
    private readonly TokenService _service = new(registry, http, options);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _wanted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RegistryRepository, RegistryCredential?> _credentials = new();
    private volatile Demand? _demand;

    /// <summary>The proof that goes with a request.</summary>
    /// <returns>The header, or null as long as the registry has not asked for any.</returns>
    /// <exception cref="DiagnosticException">The proof cannot be had.</exception>
    public async Task<AuthenticationHeaderValue?> AuthorizeAsync(RegistryRequest request, CancellationToken cancellation)
    {
        if (_demand is not { } demand)
        {
            return null;
        }

        if (Fresh(request) is { } kept && demand.Challenge.Scheme == "bearer")
        {
            return new AuthenticationHeaderValue("Bearer", kept.Value);
        }

        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var credential = await FindCredentialAsync(request.Repository, cancellation).ConfigureAwait(false);
            if (credential?.RegistryToken is { } registryToken)
            {
                return new AuthenticationHeaderValue("Bearer", registryToken);
            }

            if (demand.Challenge.Scheme == "basic")
            {
                return TokenService.Basic(credential);
            }

            // Only what is new is kept: a token that was refused meanwhile must not come back.
            if (Fresh(request) is { } fetched)
            {
                return new AuthenticationHeaderValue("Bearer", fetched.Value);
            }

            var token = await _service.GetAsync(demand.Origin, demand.Challenge, Wanted(request), credential, request.What, cancellation).ConfigureAwait(false);
            _tokens[Key(request)] = token;
            return new AuthenticationHeaderValue("Bearer", token.Value);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Learns from an answer 401 what the registry asks for.</summary>
    /// <returns>Whether the request should be made once more.</returns>
    public async Task<bool> RenewAsync(Uri origin, RegistryAnswer answer, RegistryRequest request, CancellationToken cancellation)
    {
        var used = answer.Proof;
        var challenge = Choose(answer);
        if (challenge is null)
        {
            return false;
        }

        _demand = new Demand(origin, challenge);
        if (challenge.Scheme == "basic")
        {
            return used is null && await AuthorizeAsync(request, cancellation).ConfigureAwait(false) is not null;
        }

        // Registries may want more than the specification says, so what they ask for is added.
        var asked = challenge["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        _wanted[Key(request)] = [.. request.Scopes.Concat(asked).Distinct(StringComparer.Ordinal)];
        if (used is { Scheme: "Bearer", Parameter: { } refused })
        {
            if (_credentials.GetValueOrDefault(request.Repository)?.RegistryToken is not null)
            {
                return false;
            }

            if (_tokens.TryGetValue(Key(request), out var token) && token.Value == refused)
            {
                _tokens.TryRemove(KeyValuePair.Create(Key(request), token));
            }
        }

        return true;
    }

    public void Dispose() => _gate.Dispose();

    private static AuthenticateChallenge? Choose(RegistryAnswer answer)
    {
        if (!answer.Response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var lines))
        {
            return null;
        }

        var challenges = lines.SelectMany(AuthenticateChallenge.Parse).ToList();
        return challenges.Find(challenge => challenge.Scheme == "bearer") ?? challenges.Find(challenge => challenge.Scheme == "basic");
    }

    private static string Key(RegistryRequest request) => string.Join(' ', request.Scopes);

    private ImmutableArray<string> Wanted(RegistryRequest request) => _wanted.TryGetValue(Key(request), out var wanted) ? wanted : request.Scopes;

    private AccessToken? Fresh(RegistryRequest request) =>
        _tokens.TryGetValue(Key(request), out var token) && token.Until > options.Time.GetUtcNow() ? token : null;

    // Helpers are programs, and may ask the user: once for each repository is enough.
    private async Task<RegistryCredential?> FindCredentialAsync(RegistryRepository repository, CancellationToken cancellation)
    {
        if (!_credentials.TryGetValue(repository, out var credential))
        {
            _credentials[repository] = credential = await options.Credentials.FindAsync(repository, cancellation).ConfigureAwait(false);
        }

        return credential;
    }

    private sealed record Demand(Uri Origin, AuthenticateChallenge Challenge);
}
