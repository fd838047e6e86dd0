using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transport;

/// <summary>An answer whose body is still on its way.</summary>
internal sealed class RegistryAnswer(RegistryName registry, HttpRequestMessage request, HttpResponseMessage response, StallGuard guard, RegistryOptions options) : IDisposable
{
    private const string DigestHeader = "Docker-Content-Digest";

    private Stream? _body;

    public RegistryName Registry => registry;

    /// <summary>Where it comes from.</summary>
    public Uri Address { get; } = request.RequestUri!;

    /// <summary>The proof of who we are that went with the request, or null.</summary>
    public AuthenticationHeaderValue? Proof { get; } = request.Headers.Authorization;

    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseMessage Response => response;

    /// <summary>The digest that the registry announces; null where there is none, or one of another algorithm.</summary>
    public Sha256Digest? Digest => TryGetHeader(DigestHeader, out var text) && Sha256Digest.TryParse(text, out var digest) ? digest : null;

    /// <summary>How long the registry asks us to wait, or null.</summary>
    public TimeSpan? RetryAfter => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > options.Time.GetUtcNow() => date - options.Time.GetUtcNow(),
        _ => null,
    };

    /// <summary>The first value of a header, as it was sent.</summary>
    public bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.FirstOrDefault()
            : null;
        return value is not null;
    }

    /// <summary>Reads some of the body.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="RegistryFaultException">The connection broke or stands still.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            guard.ExpectBytes();
            _body ??= await response.Content.ReadAsStreamAsync(guard.Token).ConfigureAwait(false);
            return await _body.ReadAsync(buffer, guard.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw RegistryHttp.Fault(registry, e, options);
        }
    }

    /// <summary>Reads the body into memory.</summary>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The bytes, or null where there are more.</returns>
    /// <exception cref="RegistryFaultException">The connection broke or stands still.</exception>
    public async Task<byte[]?> TryReadAllAsync(int limit, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            return null;
        }

        using var memory = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int read; (read = await ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (memory.Length + read > limit)
            {
                return null;
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    /// <summary>Says that the answer makes no sense.</summary>
    public DiagnosticException Malformed(string why) => RegistryDiagnostics.AnswerMalformed.Error(options.Subject, registry, why);

    /// <summary>Says so of a status that has no place here.</summary>
    public DiagnosticException Unexpected() => Malformed(string.Create(CultureInfo.InvariantCulture, $"the answer {(int)Status} has no place here."));

    public void Dispose()
    {
        _body?.Dispose();
        response.Dispose();
        guard.Dispose();
    }
}
