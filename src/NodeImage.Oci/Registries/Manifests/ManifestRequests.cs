using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Manifests;

/// <summary>Manifests: OCI distribution specification 1.1, "Pulling manifests" and "Pushing Manifests".</summary>
internal static class ManifestRequests
{
    private static readonly ImmutableArray<string> Accepted = [MediaTypes.Manifest, MediaTypes.Index, DockerMediaTypes.Manifest, DockerMediaTypes.ManifestList];

    /// <summary>Asks for a manifest's digest.</summary>
    /// <returns>The digest, or null where there is no such manifest, or the registry does not tell.</returns>
    public static async Task<Sha256Digest?> HeadAsync(RegistryConnection connection, ImageReference reference, CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Head, reference, RegistryRequest.PullScope(reference.Repository)) with { Accept = Accepted };
        using var answer = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Digest,
            HttpStatusCode.NotFound => null,
            _ => throw await RefusalAsync(connection, answer, request, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>Fetches a manifest.</summary>
    public static Task<RegistryManifest> GetAsync(RegistryConnection connection, ImageReference reference, CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Get, reference, RegistryRequest.PullScope(reference.Repository)) with { Accept = Accepted };
        return connection.Retry.RunAsync(
            async () =>
            {
                using var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
                if (answer.Status != HttpStatusCode.OK)
                {
                    throw await RefusalAsync(connection, answer, request, cancellation).ConfigureAwait(false);
                }

                var bytes = await answer.TryReadAllAsync(OciJson.MaxDocumentSize, cancellation).ConfigureAwait(false)
                    ?? throw answer.Malformed("the manifest is far too large.");
                var digest = Sha256Digest.Of(bytes);
                CheckDigest(connection, reference, digest, reference.Digest, "asked for was");
                CheckDigest(connection, reference, digest, answer.Digest, "announced was");
                return new RegistryManifest(ReadMediaType(answer, bytes), digest, bytes);
            },
            cancellation);
    }

    /// <summary>Sends a manifest.</summary>
    public static async Task PutAsync(RegistryConnection connection, ImageReference reference, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var digest = Sha256Digest.Of(bytes.Span);
        CheckDigest(connection, reference, digest, reference.Digest, "it should be");
        var request = Request(HttpMethod.Put, reference, RegistryRequest.PushScope(reference.Repository)) with
        {
            Content = _ => new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        using var answer = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.Created)
        {
            throw await RefusalAsync(connection, answer, request, cancellation).ConfigureAwait(false);
        }

        CheckDigest(connection, reference, digest, answer.Digest, "the registry says that it has got");
    }

    private static void CheckDigest(RegistryConnection connection, ImageReference reference, Sha256Digest actual, Sha256Digest? expected, string how)
    {
        if (expected is { } wanted && wanted != actual)
        {
            throw RegistryDiagnostics.DigestMismatch.Error(connection.Options.Subject, reference, $"the manifest is {actual}, {how} {wanted}.");
        }
    }

    // One text that two readers take for two things is refused: OCI image specification, "mediaType".
    private static string ReadMediaType(RegistryAnswer answer, byte[] bytes)
    {
        try
        {
            var json = OciJson.Parse(bytes, "manifest");
            if (json.ContainsKey("manifests") && (json.ContainsKey("layers") || json.ContainsKey("config")))
            {
                throw answer.Malformed("the manifest is an index, too.");
            }

            var inside = OciJson.OptionalText(json, "mediaType");
            var announced = answer.Response.Content.Headers.ContentType?.MediaType;
            var mediaType = announced is not null && Accepted.Contains(announced) ? announced : inside;
            return mediaType is null || !Accepted.Contains(mediaType) || (inside is not null && inside != mediaType)
                ? throw answer.Malformed($"the manifest has the media type '{RegistryErrors.Clean(announced ?? "")}', and '{RegistryErrors.Clean(inside ?? "")}' inside.")
                : mediaType;
        }
        catch (InvalidDataException e)
        {
            throw answer.Malformed($"{RegistryErrors.Clean(e.Message)}.");
        }
    }

    private static RegistryRequest Request(HttpMethod method, ImageReference reference, string scope) =>
        new(method, reference.Repository, $"/v2/{reference.Repository.Name}/manifests/{reference.Target}", [scope], reference.ToString());

    private static async Task<DiagnosticException> RefusalAsync(RegistryConnection connection, RegistryAnswer answer, RegistryRequest request, CancellationToken cancellation) =>
        (int)answer.Status >= 400 ? await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false) : answer.Unexpected();
}
