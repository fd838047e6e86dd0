using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Manifests;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>
/// Fetches images from a registry into a layout. Blobs that are there already are not fetched again, and the layout's index is
/// written last. A blob gets its name only when its bytes are what its digest says.
/// </summary>
/// <param name="client">Speaks with the registry.</param>
public sealed class ImagePuller(RegistryClient client)
{
    private const int BlobsAtOnce = 4;

    /// <summary>Pulls an image.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="platform">The platform, where there are several; and the one that the image must be for.</param>
    /// <param name="output">The layout, whose only image it becomes.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DiagnosticException">There is no such image (NI5107), none for the platform (NI3104), it makes no sense
    /// (NI5109), or the registry does not give it (NI5101 to NI5112).</exception>
    public async Task<PulledImage> PullAsync(ImageReference reference, Platform platform, OciLayoutWriter output, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var found = await client.PullManifestAsync(reference, cancellation).ConfigureAwait(false);
        if (found.IsIndex)
        {
            found = await ChooseAsync(reference, found, platform, cancellation).ConfigureAwait(false);
        }

        var manifest = Read(reference, found, bytes => ImageManifest.Read(bytes));
        var bytes = found.Bytes.ToArray();
        if (found.MediaType != MediaTypes.Manifest)
        {
            manifest = DockerMediaTypes.ToOci(manifest);
            bytes = manifest.Write();
        }

        await PullBlobsAsync(reference.Repository, manifest, output, progress, cancellation).ConfigureAwait(false);
        var descriptor = output.Add(MediaTypes.Manifest, bytes) with { Platform = platform };
        output.Commit([descriptor], manifest.Layers.Append(manifest.Config).Append(descriptor).Select(blob => blob.Digest).ToHashSet());
        return new PulledImage(OciLayout.Open(output.Folder, client.Subject).ReadImage(platform), found.Digest);
    }

    private async Task<RegistryManifest> ChooseAsync(ImageReference reference, RegistryManifest index, Platform platform, CancellationToken cancellation)
    {
        var listed = Read(reference, index, bytes => ImageIndex.Read(bytes)).Manifests;
        var chosen = listed.FirstOrDefault(entry => entry.Platform == platform && entry.MediaType is MediaTypes.Manifest or DockerMediaTypes.Manifest)
            ?? throw OciDiagnostics.PlatformMissing.Error(client.Subject, reference, platform.Architecture, string.Join(", ", listed.Select(entry => entry.Platform?.Architecture ?? "unknown").Distinct(StringComparer.Ordinal)));
        var manifest = await client.PullManifestAsync(ImageReference.OfDigest(reference.Repository, chosen.Digest), cancellation).ConfigureAwait(false);
        return manifest.IsIndex ? throw Malformed(reference, "its index calls another index a manifest.") : manifest;
    }

    private async Task PullBlobsAsync(RegistryRepository repository, ImageManifest manifest, OciLayoutWriter output, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var blobs = manifest.Layers.Append(manifest.Config).DistinctBy(blob => blob.Digest).OrderByDescending(blob => blob.Size).ThenBy(blob => blob.Digest).ToList();
        var meter = new ProgressMeter(progress, blobs.Aggregate(0L, (sum, blob) => blob.Size > long.MaxValue - sum ? long.MaxValue : sum + blob.Size));
        var options = new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(blobs, options, async (blob, stop) => await PullBlobAsync(repository, blob, output, meter.Part(), stop).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task PullBlobAsync(RegistryRepository repository, Descriptor blob, OciLayoutWriter output, IProgress<long> progress, CancellationToken cancellation)
    {
        if (!output.Has(blob.Digest, blob.Size))
        {
            var path = OciLayout.BlobPath(output.Folder, blob.Digest);
            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            var aside = AtomicFile.NameAside(folder, "blob");
            try
            {
                await using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
                {
                    await client.PullBlobAsync(repository, blob, file, progress, cancellation).ConfigureAwait(false);
                }

                File.Move(aside, path, overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }
        }

        progress.Report(blob.Size);
    }

    private T Read<T>(ImageReference reference, RegistryManifest manifest, Func<byte[], T> read)
    {
        try
        {
            return read(manifest.Bytes.ToArray());
        }
        catch (InvalidDataException e)
        {
            throw Malformed(reference, e.Message);
        }
    }

    private DiagnosticException Malformed(ImageReference reference, string why) =>
        RegistryDiagnostics.AnswerMalformed.Error(client.Subject, reference.Repository.Registry, $"{reference}: {why}");
}
