using System.Net;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>
/// Where a registry is spoken to. It is https, unless the registry is on this machine or listed as insecure, and does not
/// speak it: then, and only then, http.
/// </summary>
internal sealed class RegistryOrigin(RegistryName registry, RegistryHttp http, RegistryOptions options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private Uri? _found;

    /// <summary>Finds out.</summary>
    /// <returns>The address with scheme, host and port.</returns>
    /// <exception cref="RegistryFaultException">It answers neither way.</exception>
    public async Task<Uri> FindAsync(CancellationToken cancellation)
    {
        if (_found is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _found ??= await ProbeAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Uri> ProbeAsync(CancellationToken cancellation)
    {
        var secure = registry.Endpoint(Uri.UriSchemeHttps);
        if (!options.MayBePlain(registry.Host, registry.Port))
        {
            return secure;
        }

        var (_, fault) = await AskAsync(secure, cancellation).ConfigureAwait(false);
        if (fault is null)
        {
            return secure;
        }

        var plain = registry.Endpoint(Uri.UriSchemeHttp);
        var (status, second) = await AskAsync(plain, cancellation).ConfigureAwait(false);

        // A TLS port that is spoken to in plain text answers 400: then it is the certificate that is wrong.
        return second is null && status != HttpStatusCode.BadRequest ? plain : throw (second is { MayPass: true } && !fault.MayPass ? second : fault);
    }

    private async Task<(HttpStatusCode Status, RegistryFaultException? Fault)> AskAsync(Uri origin, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.SendAsync(registry, _ => new HttpRequestMessage(HttpMethod.Get, new Uri(origin, "/v2/")), cancellation).ConfigureAwait(false);
            return (answer.Status, null);
        }
        catch (RegistryFaultException fault)
        {
            return (default, fault);
        }
    }
}
