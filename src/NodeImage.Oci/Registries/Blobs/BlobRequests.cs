using System.Net;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>Questions about blobs: OCI distribution specification 1.1, "Checking if content exists in the registry".</summary>
internal static class BlobRequests
{
    /// <summary>Where a blob is.</summary>
    public static string Address(RegistryRepository repository, Descriptor descriptor) => $"/v2/{repository.Name}/blobs/{descriptor.Digest}";

    /// <summary>Where uploads begin.</summary>
    public static string Uploads(RegistryRepository repository) => $"/v2/{repository.Name}/blobs/uploads/";

    /// <summary>Asks whether a registry has a blob.</summary>
    /// <param name="connection">The registry.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="descriptor">The blob.</param>
    /// <param name="forPush">Whether a push follows, for which the same token will do.</param>
    /// <param name="cancellation">Stops the question.</param>
    /// <returns>Whether it has one of this digest and size.</returns>
    /// <exception cref="DiagnosticException">The registry refuses, or cannot be reached.</exception>
    public static async Task<bool> ExistsAsync(RegistryConnection connection, RegistryRepository repository, Descriptor descriptor, bool forPush, CancellationToken cancellation)
    {
        var scope = forPush ? RegistryRequest.PushScope(repository) : RegistryRequest.PullScope(repository);
        var request = new RegistryRequest(HttpMethod.Head, repository, Address(repository, descriptor), [scope], $"{descriptor.Digest} in {repository}");
        using var answer = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Response.Content.Headers.ContentLength is not { } length || length == descriptor.Size,
            HttpStatusCode.NotFound => false,
            >= HttpStatusCode.BadRequest => throw await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false),
            _ => throw answer.Unexpected(),
        };
    }
}
