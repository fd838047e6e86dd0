using System.Net;
using System.Net.Http.Headers;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Authentication;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Speaks with one registry: finds its origin, proves who we are, follows redirections, and tries again.</summary>
internal sealed class RegistryConnection(RegistryName registry, RegistryHttp http, RegistryOptions options) : IDisposable
{
    private const int MaxRedirections = 5;

    private readonly RegistryOrigin _origin = new(registry, http, options);
    private readonly RegistryAuthenticator _authenticator = new(registry, http, options);

    public RegistryName Registry => registry;

    public RegistryOptions Options => options;

    public RetryPolicy Retry => http.Retry;

    /// <summary>Sends a request, again where that may help.</summary>
    /// <returns>An answer that is final, be it good or bad.</returns>
    /// <exception cref="DiagnosticException">There is none.</exception>
    public Task<RegistryAnswer> SendAsync(RegistryRequest request, CancellationToken cancellation) =>
        Retry.RunAsync(() => SendOnceAsync(request, cancellation), cancellation);

    /// <summary>Sends a request once, and again only where the registry asks for (new) proof of who we are.</summary>
    /// <returns>An answer that is final, be it good or bad.</returns>
    /// <exception cref="RegistryFaultException">There is none, or one that may be better later.</exception>
    /// <exception cref="DiagnosticException">The registry leads astray, or credentials cannot be had.</exception>
    public async Task<RegistryAnswer> SendOnceAsync(RegistryRequest request, CancellationToken cancellation)
    {
        var origin = await _origin.FindAsync(cancellation).ConfigureAwait(false);
        var answer = await FollowAsync(origin, request, cancellation).ConfigureAwait(false);

        // Once without proof, and once more where a token that others use, too, was taken back or has expired meanwhile.
        for (var hadProof = false; !hadProof && answer.Status == HttpStatusCode.Unauthorized && TrustRules.IsSameOrigin(answer.Address, origin);)
        {
            hadProof = answer.Proof is not null;
            if (!await RenewAsync(origin, answer, request, cancellation).ConfigureAwait(false))
            {
                break;
            }

            answer.Dispose();
            answer = await FollowAsync(origin, request, cancellation).ConfigureAwait(false);
        }

        await RegistryErrors.ThrowIfPassingAsync(answer, request.What, options, cancellation).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Says what an answer refuses.</summary>
    public Task<DiagnosticException> DescribeAsync(RegistryAnswer answer, RegistryRequest request, CancellationToken cancellation) =>
        RegistryErrors.DescribeAsync(answer, request.What, options, cancellation);

    public void Dispose()
    {
        _origin.Dispose();
        _authenticator.Dispose();
    }

    private async Task<bool> RenewAsync(Uri origin, RegistryAnswer answer, RegistryRequest request, CancellationToken cancellation)
    {
        try
        {
            return await _authenticator.RenewAsync(origin, answer, request, cancellation).ConfigureAwait(false);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<RegistryAnswer> FollowAsync(Uri origin, RegistryRequest request, CancellationToken cancellation)
    {
        var target = new Uri(origin, request.Address);
        for (var redirections = 0; ; redirections++)
        {
            var authorization = TrustRules.IsSameOrigin(target, origin)
                ? await _authenticator.AuthorizeAsync(request, cancellation).ConfigureAwait(false)
                : null;
            var address = target;
            var answer = await http.SendAsync(registry, guard => Create(request, address, authorization, guard), cancellation).ConfigureAwait(false);
            if (!IsRedirection(answer.Status, request.Method))
            {
                return answer;
            }

            using (answer)
            {
                if (redirections == MaxRedirections)
                {
                    throw answer.Malformed("it redirects without end.");
                }

                if (!answer.TryGetHeader("Location", out var location) || !TrustRules.TryResolve(target, location, options, out target))
                {
                    throw answer.Malformed("it redirects to nowhere, or to where there is no TLS.");
                }
            }
        }
    }

    // Only these keep the method; the older ones may be meant as anything but for reading.
    private static bool IsRedirection(HttpStatusCode status, HttpMethod method) =>
        status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        || (status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther && (method == HttpMethod.Get || method == HttpMethod.Head));

    private static HttpRequestMessage Create(RegistryRequest request, Uri address, AuthenticationHeaderValue? authorization, StallGuard guard)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = request.Content?.Invoke(guard) };
        message.Headers.Authorization = authorization;
        foreach (var mediaType in request.Accept)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        }

        if (request.From is { } from)
        {
            message.Headers.Range = new RangeHeaderValue(from, null);
        }

        return message;
    }
}
