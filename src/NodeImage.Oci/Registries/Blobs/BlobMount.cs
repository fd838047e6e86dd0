using System.Net;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>Takes a blob from another repository of the same registry: OCI distribution specification 1.1, "Mounting a blob from another repository".</summary>
internal sealed class BlobMount(RegistryConnection connection, RegistryRepository repository, Descriptor descriptor)
{
    /// <summary>Asks for the blob from one repository after the other.</summary>
    /// <param name="sources">The repositories; those of other registries are passed over.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it was mounted; and the upload that the registry has begun instead, if any.</returns>
    /// <exception cref="DiagnosticException">The registry cannot be reached, or makes no sense.</exception>
    public async Task<(bool Mounted, UploadSession? Begun)> TryAsync(IReadOnlyList<RegistryRepository> sources, CancellationToken cancellation)
    {
        UploadSession? begun = null;
        foreach (var source in sources.Where(source => source.Registry == repository.Registry && source.Name != repository.Name).Distinct())
        {
            if (begun is not null)
            {
                await AbandonAsync(begun, cancellation).ConfigureAwait(false);
                begun = null;
            }

            using var answer = await AskAsync(source, cancellation).ConfigureAwait(false);
            switch (answer?.Status)
            {
                case HttpStatusCode.Created when answer.Digest is null || answer.Digest == descriptor.Digest:
                    return (true, null);
                case HttpStatusCode.Accepted:
                    begun = UploadSession.Read(answer, null, 0, connection.Options);
                    break;
            }
        }

        return (false, begun);
    }

    private async Task<RegistryAnswer?> AskAsync(RegistryRepository source, CancellationToken cancellation)
    {
        var address = $"{BlobRequests.Uploads(repository)}?mount={Uri.EscapeDataString(descriptor.Digest.ToString())}&from={Uri.EscapeDataString(source.Name)}";
        var request = new RegistryRequest(HttpMethod.Post, repository, address, [RegistryRequest.PushScope(repository), RegistryRequest.PullScope(source)], $"{descriptor.Digest} in {repository}");
        try
        {
            return await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (DiagnosticException e) when (e.Diagnostic.Descriptor == RegistryDiagnostics.CredentialsRefused || e.Diagnostic.Descriptor == RegistryDiagnostics.Denied)
        {
            // Who may not read the other repository can still push.
            return null;
        }
    }

    // Good manners; registries throw away what is left over in any case.
    private async Task AbandonAsync(UploadSession session, CancellationToken cancellation)
    {
        try
        {
            var request = new RegistryRequest(HttpMethod.Delete, repository, session.Location.AbsoluteUri, [RegistryRequest.PushScope(repository)], $"{descriptor.Digest} in {repository}");
            using var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DiagnosticException or RegistryFaultException)
        {
            // The blob goes its way without.
        }
    }
}
