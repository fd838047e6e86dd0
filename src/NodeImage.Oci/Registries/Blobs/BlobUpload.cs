using System.Collections.Immutable;
using System.Net;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>
/// Sends one blob: OCI distribution specification 1.1, "Pushing Blobs". Small ones go in a single request, large ones in one
/// or several parts; where a connection breaks, the registry is asked how far it has come.
/// </summary>
internal sealed class BlobUpload(RegistryConnection connection, RegistryRepository repository, BlobSource source, IProgress<long>? progress)
{
    private readonly ImmutableArray<string> _scopes = [RegistryRequest.PushScope(repository)];
    private readonly string _what = $"{source.Descriptor.Digest} in {repository}";

    private long Size => source.Descriptor.Size;

    /// <summary>Sends the blob.</summary>
    /// <param name="mountFrom">A repository of the same registry that may have it, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>True where it did not have to be sent.</returns>
    /// <exception cref="DiagnosticException">The registry does not take it, or it is damaged here.</exception>
    public async Task<bool> RunAsync(RegistryRepository? mountFrom, CancellationToken cancellation)
    {
        if (await BeginAsync(mountFrom, cancellation).ConfigureAwait(false) is not { } session)
        {
            return true;
        }

        for (var failures = 0; ;)
        {
            try
            {
                if (Size <= connection.Options.SingleRequestLimit || session.Offset == Size)
                {
                    await FinishAsync(session, cancellation).ConfigureAwait(false);
                    return false;
                }

                session = await SendPartAsync(session, cancellation).ConfigureAwait(false);
                failures = 0;
            }
            catch (RegistryFaultException fault)
            {
                await connection.Retry.PauseAsync(fault, ++failures, cancellation).ConfigureAwait(false);
                var before = session.Offset;
                if (await ResumeAsync(session, cancellation).ConfigureAwait(false) is not { } resumed)
                {
                    return false;
                }

                session = resumed;
                failures = session.Offset > before ? 0 : failures;
                progress?.Report(session.Offset);
            }
        }
    }

    // Null where the blob was mounted. A registry that cannot mount it begins an upload instead.
    private async Task<UploadSession?> BeginAsync(RegistryRepository? mountFrom, CancellationToken cancellation)
    {
        var uploads = $"/v2/{repository.Name}/blobs/uploads/";
        if (mountFrom is not null && mountFrom.Registry == repository.Registry && mountFrom.Name != repository.Name)
        {
            var mount = $"{uploads}?mount={Uri.EscapeDataString(source.Descriptor.Digest.ToString())}&from={Uri.EscapeDataString(mountFrom.Name)}";
            using var answer = await connection.SendAsync(Request(HttpMethod.Post, mount) with { Scopes = _scopes.Add(RegistryRequest.PullScope(mountFrom)) }, cancellation).ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.Created)
            {
                Check(answer);
                return null;
            }

            if (answer.Status == HttpStatusCode.Accepted)
            {
                return UploadSession.Read(answer, null, 0, connection.Options);
            }
        }

        var request = Request(HttpMethod.Post, uploads);
        using var begun = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        await ExpectAsync(begun, request, HttpStatusCode.Accepted, cancellation).ConfigureAwait(false);
        return UploadSession.Read(begun, null, 0, connection.Options);
    }

    private async Task<UploadSession> SendPartAsync(UploadSession session, CancellationToken cancellation)
    {
        var (offset, rest) = (session.Offset, Size - session.Offset);
        var length = connection.Options.ChunkSize is { } chunk ? Math.Min(Math.Max(chunk, session.MinChunkSize), rest) : rest;
        var request = Request(HttpMethod.Patch, session.Location.AbsoluteUri) with
        {
            // As most tools do, all of it goes without a range: some registries take nothing else.
            Content = guard => new BlobContent(source, offset, length, withRange: length < Size, guard, progress),
        };
        using var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw new RegistryFaultException(await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false));
        }

        await ExpectAsync(answer, request, HttpStatusCode.Accepted, cancellation).ConfigureAwait(false);
        var next = UploadSession.Read(answer, session, offset + length, connection.Options);
        return next.Offset > offset ? next : throw new RegistryFaultException(answer.Malformed("it takes the parts of an upload, but has none of them."));
    }

    private async Task FinishAsync(UploadSession session, CancellationToken cancellation)
    {
        var offset = session.Offset;
        var request = Request(HttpMethod.Put, session.Finish(source.Descriptor.Digest.ToString()).AbsoluteUri) with
        {
            Content = guard => new BlobContent(source, offset, Size - offset, withRange: offset > 0 && offset < Size, guard, progress),
        };
        using var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw new RegistryFaultException(await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false));
        }

        await ExpectAsync(answer, request, HttpStatusCode.Created, cancellation).ConfigureAwait(false);
        Check(answer);
    }

    // Null where the blob turns out to be there: its last answer was lost.
    private async Task<UploadSession?> ResumeAsync(UploadSession session, CancellationToken cancellation)
    {
        using (var answer = await connection.SendAsync(Request(HttpMethod.Get, session.Location.AbsoluteUri), cancellation).ConfigureAwait(false))
        {
            // "0-0" may be one byte or none, so such an upload is begun anew.
            if (answer.Status is HttpStatusCode.NoContent && answer.TryGetHeader("Range", out _)
                && UploadSession.Read(answer, session, Size, connection.Options) is { Offset: > 1 } resumed)
            {
                return resumed;
            }
        }

        return await BlobRequests.ExistsAsync(connection, repository, source.Descriptor, forPush: true, cancellation).ConfigureAwait(false)
            ? null
            : await BeginAsync(null, cancellation).ConfigureAwait(false);
    }

    private void Check(RegistryAnswer answer)
    {
        if (answer.Digest is { } digest && digest != source.Descriptor.Digest)
        {
            throw RegistryDiagnostics.DigestMismatch.Error(connection.Options.Subject, _what, $"the registry says that it has got {digest}.");
        }
    }

    private async Task ExpectAsync(RegistryAnswer answer, RegistryRequest request, HttpStatusCode status, CancellationToken cancellation)
    {
        if (answer.Status != status)
        {
            throw (int)answer.Status >= 400 ? await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false) : answer.Unexpected();
        }
    }

    private RegistryRequest Request(HttpMethod method, string address) => new(method, repository, address, _scopes, _what);
}
