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
    private readonly BlobMount _mount = new(connection, repository, source.Descriptor);
    private readonly string _what = $"{source.Descriptor.Digest} in {repository}";
    private long _furthest;
    private int _failures;

    private long Size => source.Descriptor.Size;

    /// <summary>Sends the blob, unless the registry has it.</summary>
    /// <param name="mountFrom">Repositories that may have it; those of other registries are passed over.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it had to be sent.</returns>
    /// <exception cref="DiagnosticException">The registry does not take it, or it is damaged here.</exception>
    public async Task<BlobFate> RunAsync(IReadOnlyList<RegistryRepository> mountFrom, CancellationToken cancellation)
    {
        if (await BlobRequests.ExistsAsync(connection, repository, source.Descriptor, forPush: true, cancellation).ConfigureAwait(false))
        {
            return BlobFate.AlreadyThere;
        }

        var (mounted, begun) = await _mount.TryAsync(mountFrom, cancellation).ConfigureAwait(false);
        if (mounted)
        {
            return BlobFate.Mounted;
        }

        var next = begun ?? await BeginAsync(cancellation).ConfigureAwait(false);
        while (next is { } session)
        {
            try
            {
                if (Size <= connection.Options.SingleRequestLimit || session.Offset == Size)
                {
                    await FinishAsync(session, cancellation).ConfigureAwait(false);
                    next = null;
                }
                else
                {
                    next = Reach(await SendPartAsync(session, cancellation).ConfigureAwait(false));
                }
            }
            catch (RegistryFaultException fault)
            {
                await connection.Retry.PauseAsync(fault, ++_failures, cancellation).ConfigureAwait(false);
                next = await ResumeAsync(session, cancellation).ConfigureAwait(false);
            }
        }

        return BlobFate.Sent;
    }

    private async Task<UploadSession> BeginAsync(CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Post, BlobRequests.Uploads(repository));
        using var answer = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        await ExpectAsync(answer, request, HttpStatusCode.Accepted, cancellation).ConfigureAwait(false);
        return UploadSession.Read(answer, null, 0, connection.Options);
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
        using var answer = await SendContentAsync(request, HttpStatusCode.Accepted, cancellation).ConfigureAwait(false);
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
        using var answer = await SendContentAsync(request, HttpStatusCode.Created, cancellation).ConfigureAwait(false);
        if (answer.Digest is { } digest && digest != source.Descriptor.Digest)
        {
            throw RegistryDiagnostics.DigestMismatch.Error(connection.Options.Subject, _what, $"the registry says that it has got {digest}.");
        }
    }

    private async Task<RegistryAnswer> SendContentAsync(RegistryRequest request, HttpStatusCode expected, CancellationToken cancellation)
    {
        var answer = await connection.SendOnceAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            // An upload that is no more, or has come to another place than we think, can be begun anew.
            if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                throw new RegistryFaultException(await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false));
            }

            await ExpectAsync(answer, request, expected, cancellation).ConfigureAwait(false);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // Null where the blob turns out to be there: its last answer was lost.
    private async Task<UploadSession?> ResumeAsync(UploadSession session, CancellationToken cancellation)
    {
        var next = await AskAsync(session, cancellation).ConfigureAwait(false);
        if (next is null)
        {
            if (await BlobRequests.ExistsAsync(connection, repository, source.Descriptor, forPush: true, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            next = await BeginAsync(cancellation).ConfigureAwait(false);
        }

        progress?.Report(next.Offset);
        return Reach(next);
    }

    // Null where the upload cannot be gone on with. "0-0" may be one byte or none, which is not worth it either.
    private async Task<UploadSession?> AskAsync(UploadSession session, CancellationToken cancellation)
    {
        using var answer = await connection.SendAsync(Request(HttpMethod.Get, session.Location.AbsoluteUri), cancellation).ConfigureAwait(false);
        return answer.Status is HttpStatusCode.NoContent && answer.TryGetHeader("Range", out _)
            && UploadSession.Read(answer, session, Size, connection.Options) is { Offset: > 1 } resumed
                ? resumed
                : null;
    }

    // Only who gets further than ever is getting on.
    private UploadSession Reach(UploadSession session)
    {
        if (session.Offset > _furthest)
        {
            (_furthest, _failures) = (session.Offset, 0);
        }

        return session;
    }

    private async Task ExpectAsync(RegistryAnswer answer, RegistryRequest request, HttpStatusCode status, CancellationToken cancellation)
    {
        if (answer.Status != status)
        {
            throw (int)answer.Status >= 400 ? await connection.DescribeAsync(answer, request, cancellation).ConfigureAwait(false) : answer.Unexpected();
        }
    }

    private RegistryRequest Request(HttpMethod method, string address) => new(method, repository, address, [RegistryRequest.PushScope(repository)], _what);
}
