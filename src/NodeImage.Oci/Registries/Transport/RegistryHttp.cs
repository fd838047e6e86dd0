using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Authentication;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>Single exchanges over HTTP, whose failures of the connection come out in one shape.</summary>
internal sealed class RegistryHttp : IDisposable
{
    private readonly HttpClient _client;
    private readonly RegistryOptions _options;

    public RegistryHttp(RegistryOptions options, HttpMessageHandler handler)
    {
        _options = options;
        Retry = new RetryPolicy(options);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("NodeImage.Sdk", "1.0"));
    }

    public RetryPolicy Retry { get; }

    /// <summary>Sends a request.</summary>
    /// <param name="registry">Whom it is for, in diagnostics.</param>
    /// <param name="create">Makes the request; its content tells the guard how it moves.</param>
    /// <param name="cancellation">Stops the exchange.</param>
    /// <returns>The answer, whatever it says, with its body still to be read.</returns>
    /// <exception cref="RegistryFaultException">There was no answer.</exception>
    public async Task<RegistryAnswer> SendAsync(RegistryName registry, Func<StallGuard, HttpRequestMessage> create, CancellationToken cancellation)
    {
        var guard = new StallGuard(_options, cancellation);
        try
        {
            using var message = create(guard);
            var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, guard.Token).ConfigureAwait(false);
            return new RegistryAnswer(registry, message, response, guard, _options);
        }
        catch (Exception e)
        {
            guard.Dispose();
            if (IsFault(e, cancellation))
            {
                throw Fault(registry, e);
            }

            throw;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Whether a failure is the connection's, and not ours or the caller's.</summary>
    internal static bool IsFault(Exception e, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && e is HttpRequestException or HttpIOException or OperationCanceledException;

    internal RegistryFaultException Fault(RegistryName registry, Exception e) => Fault(registry, e, _options);

    internal static RegistryFaultException Fault(RegistryName registry, Exception e, RegistryOptions options)
    {
        var reason = e switch
        {
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"nothing came for {options.StallLimit.TotalSeconds} seconds."),
            _ => string.Join(" ", Causes(e).Distinct(StringComparer.Ordinal)),
        };
        var mayPass = e is not HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
        return new RegistryFaultException(RegistryDiagnostics.Unreachable.Wrap(e, options.Subject, registry, reason), mayPass);
    }

    // What is wrong with a certificate stands in the inner exception only.
    private static IEnumerable<string> Causes(Exception e)
    {
        yield return WithStop(e.Message);
        if (e.InnerException is AuthenticationException inner)
        {
            yield return WithStop(inner.Message);
        }
    }

    private static string WithStop(string text) => text.EndsWith('.') ? text : text + ".";
}
