using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>
/// Brings images to a registry: blobs first, some at once, then the manifest, so that a name never stands for an image of which
/// something is missing. A push that was killed is completed by another, which sends only what is not there yet.
/// </summary>
/// <param name="client">Speaks with the registry.</param>
public sealed class ImagePusher(RegistryClient client)
{
    private const int BlobsAtOnce = 4;

    /// <summary>Pushes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="request">Where it goes.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest by which the registry has it.</returns>
    /// <exception cref="DiagnosticException">A blob is missing or damaged (NI3103), a tag is none (NI5105), or the registry
    /// does not take the image (NI5101 to NI5112).</exception>
    public async Task<Sha256Digest> PushAsync(OciImage image, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var references = References(request, image.Digest);
        await PushBlobsAsync(image.Manifest.Layers.Append(image.Manifest.Config).Select(blob => (image.Layout, blob)), request, progress, cancellation).ConfigureAwait(false);
        await PutAsync(references, image.Descriptor.MediaType, ReadManifest(image), cancellation).ConfigureAwait(false);
        return image.Digest;
    }

    /// <summary>Pushes the images of several platforms under one name.</summary>
    /// <param name="images">The images; their order is that of the index.</param>
    /// <param name="request">Where they go; the tags are the index's.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest of the index.</returns>
    /// <exception cref="DiagnosticException">As <see cref="PushAsync"/>.</exception>
    public async Task<Sha256Digest> PushIndexAsync(IReadOnlyList<OciImage> images, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var index = new ImageIndex([.. images.Select(image => image.Descriptor with { Platform = image.Config.Platform, Annotations = image.Descriptor.Annotations.Remove(ImageIndex.RefNameAnnotation) })]).Write();
        var digest = Sha256Digest.Of(index);
        var references = References(request, digest);
        await PushBlobsAsync(images.SelectMany(image => image.Manifest.Layers.Append(image.Manifest.Config).Select(blob => (image.Layout, blob))), request, progress, cancellation).ConfigureAwait(false);
        foreach (var image in images)
        {
            await PutAsync([ImageReference.OfDigest(request.Repository, image.Digest)], image.Descriptor.MediaType, ReadManifest(image), cancellation).ConfigureAwait(false);
        }

        await PutAsync(references, MediaTypes.Index, index, cancellation).ConfigureAwait(false);
        return digest;
    }

    private ImmutableArray<ImageReference> References(PushRequest request, Sha256Digest digest) => request.Tags.IsDefaultOrEmpty
        ? [ImageReference.OfDigest(request.Repository, digest)]
        : [.. request.Tags.Distinct(StringComparer.Ordinal).Select(tag => ImageReference.OfTag(request.Repository, tag, client.Subject))];

    private async Task PushBlobsAsync(IEnumerable<(OciLayout Layout, Descriptor Blob)> blobs, PushRequest request, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        // The largest first leaves no connection idle at the end.
        var distinct = blobs.DistinctBy(item => item.Blob.Digest).OrderByDescending(item => item.Blob.Size).ThenBy(item => item.Blob.Digest).ToList();
        var meter = new ProgressMeter(progress, distinct.Sum(item => item.Blob.Size));
        var options = new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(distinct, options, async (item, stop) => await PushBlobAsync(item.Layout, item.Blob, request, meter.Part(), stop).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task PushBlobAsync(OciLayout layout, Descriptor blob, PushRequest request, IProgress<long> progress, CancellationToken cancellation)
    {
        if (!await client.HasBlobAsync(request.Repository, blob, forPush: true, cancellation).ConfigureAwait(false))
        {
            try
            {
                await client.PushBlobAsync(request.Repository, blob, () => layout.OpenBlob(blob), request.MountFrom, progress, cancellation).ConfigureAwait(false);
            }
            catch (DiagnosticException e) when (e.Diagnostic.Code == RegistryDiagnostics.DigestMismatch.Code)
            {
                // Where it is our own copy that is damaged, that is what the user should hear.
                layout.ReadBlob(blob, content => content.CopyTo(Stream.Null));
                throw;
            }
        }

        progress.Report(blob.Size);
    }

    private async Task PutAsync(ImmutableArray<ImageReference> references, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        foreach (var reference in references)
        {
            await client.PushManifestAsync(reference, mediaType, bytes, cancellation).ConfigureAwait(false);
        }
    }

    private static byte[] ReadManifest(OciImage image)
    {
        using var memory = new MemoryStream();
        image.Layout.ReadBlob(image.Descriptor, content => content.CopyTo(memory));
        return memory.ToArray();
    }
}
