using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Authentication;

/// <summary>
/// Gets bearer tokens: the distribution project's token authentication specification (GET), and its OAuth 2 variant (POST)
/// for identity tokens.
/// </summary>
internal sealed class TokenService(RegistryName registry, RegistryHttp http, RegistryOptions options)
{
    private const int LargestAnswer = 1 << 18;
    private const string ClientId = "nodeimage-sdk";

    // What the specification assumes where the answer does not say, and the least that it allows.
    private const int ShortestLife = 60;
    private const int LongestLife = 3600;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>Gets a token.</summary>
    /// <param name="origin">The registry's own address.</param>
    /// <param name="challenge">What the registry asked for.</param>
    /// <param name="scopes">What the token must allow.</param>
    /// <param name="credential">Who we are, or null.</param>
    /// <param name="what">What it is for, in words.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The token.</returns>
    /// <exception cref="DiagnosticException">The service refuses, cannot be reached, or makes no sense.</exception>
    public Task<AccessToken> GetAsync(Uri origin, AuthenticateChallenge challenge, ImmutableArray<string> scopes, RegistryCredential? credential, string what, CancellationToken cancellation)
    {
        var realm = Realm(origin, challenge);
        return http.Retry.RunAsync(
            async () =>
            {
                using var answer = await http.SendAsync(registry, guard => Create(realm, challenge["service"], scopes, credential), cancellation).ConfigureAwait(false);
                await RegistryErrors.ThrowIfPassingAsync(answer, what, options, cancellation).ConfigureAwait(false);
                return answer.Status switch
                {
                    HttpStatusCode.OK => await ReadAsync(answer, cancellation).ConfigureAwait(false),
                    HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized => throw RegistryDiagnostics.CredentialsRefused.Error(options.Subject, what, credential is null ? "its token service gives nothing without credentials." : "its token service does not accept the credentials."),
                    >= HttpStatusCode.BadRequest => throw await RegistryErrors.DescribeAsync(answer, what, options, cancellation).ConfigureAwait(false),
                    _ => throw answer.Unexpected(),
                };
            },
            cancellation);
    }

    // Credentials go there, so it must be as safe as the registry itself.
    private Uri Realm(Uri origin, AuthenticateChallenge challenge) =>
        Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm)
        && realm.UserInfo.Length == 0
        && (realm.Scheme == Uri.UriSchemeHttps || (realm.Scheme == Uri.UriSchemeHttp && origin.Scheme == Uri.UriSchemeHttp && TrustRules.MayBePlain(realm, options)))
            ? realm
            : throw RegistryDiagnostics.AnswerMalformed.Error(options.Subject, registry, "the token service that it names has no address, or none with TLS.");

    private static HttpRequestMessage Create(Uri realm, string? service, ImmutableArray<string> scopes, RegistryCredential? credential)
    {
        if (credential?.IdentityToken is { } refresh)
        {
            return new HttpRequestMessage(HttpMethod.Post, realm)
            {
                Content = new FormUrlEncodedContent(
                [
                    KeyValuePair.Create("grant_type", "refresh_token"),
                    KeyValuePair.Create("service", service ?? ""),
                    KeyValuePair.Create("client_id", ClientId),
                    KeyValuePair.Create("scope", string.Join(' ', scopes)),
                    KeyValuePair.Create("refresh_token", refresh),
                ]),
            };
        }

        var query = new StringBuilder(realm.Query).Append(realm.Query.Length > 1 ? "&" : "").Append("client_id=").Append(ClientId);
        if (service is not null)
        {
            query.Append("&service=").Append(Uri.EscapeDataString(service));
        }

        foreach (var scope in scopes)
        {
            query.Append("&scope=").Append(Uri.EscapeDataString(scope));
        }

        // A builder keeps the host, whatever the path looks like.
        var message = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString(), Fragment = "" }.Uri);
        message.Headers.Authorization = Basic(credential);
        return message;
    }

    /// <summary>The header for a user name and a password: RFC 7617.</summary>
    /// <returns>The header, or null where there is no password.</returns>
    public static AuthenticationHeaderValue? Basic(RegistryCredential? credential) => credential is { UserName: { } user, Password: { } password }
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
        : null;

    private async Task<AccessToken> ReadAsync(RegistryAnswer answer, CancellationToken cancellation)
    {
        var body = await answer.TryReadAllAsync(LargestAnswer, cancellation).ConfigureAwait(false) ?? throw answer.Malformed("the answer of its token service is far too large.");
        JsonObject json;
        try
        {
            json = OciJson.Parse(body, "answer");
        }
        catch (InvalidDataException)
        {
            throw answer.Malformed("the answer of its token service is not JSON.");
        }

        var token = OciJson.OptionalText(json, "token") is { Length: > 0 } given ? given : OciJson.OptionalText(json, "access_token");
        if (string.IsNullOrEmpty(token) || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw answer.Malformed("the answer of its token service has no token.");
        }

        var seconds = json["expires_in"] is JsonValue value && value.TryGetValue<long>(out var announced) ? Math.Clamp(announced, ShortestLife, LongestLife) : ShortestLife;
        return new AccessToken(token, options.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds) - Margin);
    }
}
