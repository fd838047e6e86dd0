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

        try
        {
            await AskAsync(secure, cancellation).ConfigureAwait(false);
            return secure;
        }
        catch (RegistryFaultException fault)
        {
            var plain = registry.Endpoint(Uri.UriSchemeHttp);
            try
            {
                // A TLS port that is spoken to in plain text answers 400: then it is the certificate that is wrong.
                return await AskAsync(plain, cancellation).ConfigureAwait(false) == HttpStatusCode.BadRequest ? throw fault : plain;
            }
            catch (RegistryFaultException second) when (second != fault)
            {
                throw fault.MayPass ? fault : second.MayPass ? second : fault;
            }
        }
    }

    private async Task<HttpStatusCode> AskAsync(Uri origin, CancellationToken cancellation)
    {
        using var answer = await http.SendAsync(registry, _ => new HttpRequestMessage(HttpMethod.Get, new Uri(origin, "/v2/")), cancellation).ConfigureAwait(false);
        return answer.Status;
    }
}
