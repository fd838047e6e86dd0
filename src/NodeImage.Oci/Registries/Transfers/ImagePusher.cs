using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Blobs;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>
/// Brings images to a registry: blobs first, some at once, then the manifest, so that a name never stands for an image of which
/// something is missing. A push that was killed is completed by another, which sends only what is not there yet.
/// </summary>
/// <param name="client">Speaks with the registry.</param>
public sealed class ImagePusher(RegistryClient client)
{
    // OCI image specification, "Pre-Defined Annotation Keys".
    private const string BaseNameAnnotation = "org.opencontainers.image.base.name";

    /// <summary>Pushes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="request">Where it goes.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest by which the registry has it, and what had to be sent.</returns>
    /// <exception cref="DiagnosticException">A blob is missing or damaged (NI3103), a tag is none (NI5105), Docker's format cannot
    /// hold the image (NI5203), or the registry does not take it (NI5101 to NI5112).</exception>
    public async Task<PushedImage> PushAsync(OciImage image, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var manifest = FormattedManifest.Of(image, request.Format);
        var references = References(request, manifest);
        var fates = await PushBlobsAsync([image], request, progress, cancellation).ConfigureAwait(false);
        await PutAsync(references, manifest, cancellation).ConfigureAwait(false);
        return Summarize(manifest, fates);
    }

    /// <summary>Pushes the images of several platforms under one name.</summary>
    /// <param name="images">The images; their order is that of the index.</param>
    /// <param name="request">Where they go; the tags are the index's.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest of the index, and what had to be sent.</returns>
    /// <exception cref="DiagnosticException">As <see cref="PushAsync"/>.</exception>
    public async Task<PushedImage> PushIndexAsync(IReadOnlyList<OciImage> images, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var (index, manifests) = FormattedManifest.OfIndex(images, request.Format);
        var references = References(request, index);
        var fates = await PushBlobsAsync(images, request, progress, cancellation).ConfigureAwait(false);
        foreach (var manifest in manifests.DistinctBy(manifest => manifest.Digest))
        {
            await PutAsync([ImageReference.OfDigest(request.Repository, manifest.Digest)], manifest, cancellation).ConfigureAwait(false);
        }

        await PutAsync(references, index, cancellation).ConfigureAwait(false);
        return Summarize(index, fates);
    }

    private static PushedImage Summarize(FormattedManifest manifest, IReadOnlyCollection<BlobFate> fates) =>
        new(manifest.Digest, fates.Count(fate => fate == BlobFate.Sent), fates.Count(fate => fate == BlobFate.Mounted), fates.Count(fate => fate == BlobFate.AlreadyThere));

    private ImmutableArray<ImageReference> References(PushRequest request, FormattedManifest manifest) => request.Tags.IsDefaultOrEmpty
        ? [ImageReference.OfDigest(request.Repository, manifest.Digest)]
        : [.. request.Tags.Distinct(StringComparer.Ordinal).Select(tag => ImageReference.OfTag(request.Repository, tag, client.Options.Subject))];

    private async Task<IReadOnlyCollection<BlobFate>> PushBlobsAsync(IReadOnlyList<OciImage> images, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        // The largest first leaves no connection idle at the end.
        var blobs = images
            .SelectMany(image => image.Manifest.Blobs.Select(blob => (image.Layout, Blob: blob)))
            .DistinctBy(item => item.Blob.Digest)
            .OrderByDescending(item => item.Blob.Size).ThenBy(item => item.Blob.Digest)
            .ToList();
        var mountFrom = request.MountFrom.Concat(images.Select(BaseOf).OfType<RegistryRepository>()).Distinct().ToList();
        var meter = ProgressMeter.Of(progress, blobs.Select(item => item.Blob));
        var fates = new ConcurrentBag<BlobFate>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = client.Options.BlobsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(blobs, options, async (item, stop) =>
        {
            var part = meter.Part();
            var fate = await PushBlobAsync(item.Layout, item.Blob, request.Repository, mountFrom, part, stop).ConfigureAwait(false);
            fates.Add(fate);
            part.Report(item.Blob.Size);
            request.Arrived?.Invoke(item.Blob, fate);
        }).ConfigureAwait(false);
        return fates;
    }

    // A hint only: what is no reference is no repository to mount from.
    private static RegistryRepository? BaseOf(OciImage image)
    {
        try
        {
            return image.Manifest.Annotations.TryGetValue(BaseNameAnnotation, out var name) ? ImageReference.Parse(name).Repository : null;
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private async Task<BlobFate> PushBlobAsync(OciLayout layout, Descriptor blob, RegistryRepository repository, IReadOnlyList<RegistryRepository> mountFrom, IProgress<long> progress, CancellationToken cancellation)
    {
        try
        {
            return await client.PushBlobAsync(repository, blob, () => layout.OpenBlob(blob), mountFrom, progress, cancellation).ConfigureAwait(false);
        }
        catch (DiagnosticException e) when (e.Diagnostic.Descriptor == RegistryDiagnostics.DigestMismatch)
        {
            // Where it is our own copy that is damaged, that is what the user should hear.
            layout.ReadBlob(blob, content => content.CopyTo(Stream.Null));
            throw;
        }
    }

    private async Task PutAsync(ImmutableArray<ImageReference> references, FormattedManifest manifest, CancellationToken cancellation)
    {
        foreach (var reference in references)
        {
            await client.PushManifestAsync(reference, manifest.MediaType, manifest.Bytes, cancellation).ConfigureAwait(false);
        }
    }
}
