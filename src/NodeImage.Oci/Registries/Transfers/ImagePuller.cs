using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Oci.Formats;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Manifests;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>
/// Fetches images from a registry into a layout. Blobs that are there already are not fetched again, and the layout's index is
/// written last. A blob gets its name only when its bytes are what its digest says.
/// </summary>
/// <param name="client">Speaks with the registry.</param>
public sealed class ImagePuller(RegistryClient client)
{
    /// <summary>Pulls an image.</summary>
    /// <param name="reference">Its name, by tag or digest.</param>
    /// <param name="platform">The platform, where there are several; and the one that the image must be for.</param>
    /// <param name="output">The layout, whose only image it becomes.</param>
    /// <param name="progress">Hears how far it has come, from any thread; or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The image.</returns>
    /// <exception cref="DiagnosticException">There is no such image (NI5107), none for the platform (NI3104), it makes no sense
    /// (NI5109), is too large (NI5114), or the registry does not give it (NI5101 to NI5112).</exception>
    public async Task<PulledImage> PullAsync(ImageReference reference, Platform platform, OciLayoutWriter output, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        var found = await client.PullManifestAsync(reference, cancellation).ConfigureAwait(false);
        if (found.IsIndex)
        {
            found = await client.PullManifestAsync(ImageReference.OfDigest(reference.Repository, Choose(reference, found, platform)), cancellation).ConfigureAwait(false);
        }

        if (found.IsIndex)
        {
            throw Malformed(reference, "its index calls another index a manifest.");
        }

        var manifest = Read(reference, () => ImageManifest.Read(found.Bytes.Span));
        var bytes = found.Bytes.ToArray();
        if (found.MediaType != MediaTypes.Manifest)
        {
            manifest = DockerMediaTypes.ToOci(manifest);
            bytes = manifest.Write();
        }

        // The small configuration tells whether the large layers are wanted.
        CheckSizes(reference, manifest);
        var meter = ProgressMeter.Of(progress, Blobs(manifest));
        await PullBlobAsync(reference.Repository, manifest.Config, output, meter.Part(), cancellation).ConfigureAwait(false);
        CheckConfig(reference, manifest, platform, output);
        var options = new ParallelOptions { MaxDegreeOfParallelism = client.Options.BlobsAtOnce, CancellationToken = cancellation };
        var layers = Blobs(manifest).Where(blob => blob.Digest != manifest.Config.Digest).OrderByDescending(blob => blob.Size).ThenBy(blob => blob.Digest);
        await Parallel.ForEachAsync(layers, options, async (blob, stop) => await PullBlobAsync(reference.Repository, blob, output, meter.Part(), stop).ConfigureAwait(false)).ConfigureAwait(false);

        var descriptor = output.Add(MediaTypes.Manifest, bytes) with { Platform = platform };
        output.Commit([descriptor], Blobs(manifest).Append(descriptor).Select(blob => blob.Digest).ToHashSet());
        return new PulledImage(OciLayout.Open(output.Folder, client.Options.Subject).ReadImage(platform), found.Digest);
    }

    private Sha256Digest Choose(ImageReference reference, RegistryManifest index, Platform platform)
    {
        var listed = Read(reference, () => ImageIndex.Read(index.Bytes.Span)).Manifests;
        var chosen = listed.FirstOrDefault(entry => entry.Platform == platform && entry.MediaType is MediaTypes.Manifest or DockerMediaTypes.Manifest)
            ?? throw Missing(reference, platform, listed.Select(entry => entry.Platform).OfType<Platform>());
        return chosen.Digest;
    }

    /// <summary>Asks which image a reference stands for now.</summary>
    /// <param name="reference">Its name, by tag or digest.</param>
    /// <param name="platform">The platform, where there are several.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The digest of the platform's manifest in the registry.</returns>
    /// <exception cref="DiagnosticException">There is no such image (NI5107), none for the platform (NI3104), it makes no sense
    /// (NI5109), or the registry does not tell (NI5101 to NI5112).</exception>
    public async Task<Sha256Digest> ResolveAsync(ImageReference reference, Platform platform, CancellationToken cancellation)
    {
        var found = await client.PullManifestAsync(reference, cancellation).ConfigureAwait(false);
        return found.IsIndex ? Choose(reference, found, platform) : found.Digest;
    }

    private void CheckSizes(ImageReference reference, ImageManifest manifest)
    {
        if (manifest.Config.Size > OciJson.MaxDocumentSize)
        {
            throw Malformed(reference, "its configuration is far too large.");
        }

        if (ProgressMeter.Sum(manifest.Layers) is var size && size > client.Options.LargestImage)
        {
            throw RegistryDiagnostics.ImageTooLarge.Error(client.Options.Subject, reference, size, client.Options.LargestImage);
        }
    }

    private void CheckConfig(ImageReference reference, ImageManifest manifest, Platform platform, OciLayoutWriter output)
    {
        var config = Read(reference, () => ImageConfig.Read(File.ReadAllBytes(OciLayout.BlobPath(output.Folder, manifest.Config.Digest))));
        if (config.Platform != platform)
        {
            throw Missing(reference, platform, [config.Platform]);
        }

        if (config.DiffIds.Length != manifest.Layers.Length)
        {
            throw Malformed(reference, $"it has {manifest.Layers.Length} layers and {config.DiffIds.Length} diff IDs.");
        }
    }

    private async Task PullBlobAsync(RegistryRepository repository, Descriptor blob, OciLayoutWriter output, IProgress<long> progress, CancellationToken cancellation)
    {
        if (!output.HasIntact(blob))
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

    private static IEnumerable<Descriptor> Blobs(ImageManifest manifest) => manifest.Blobs.DistinctBy(blob => blob.Digest);

    private T Read<T>(ImageReference reference, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw Malformed(reference, e.Message);
        }
    }

    private DiagnosticException Missing(ImageReference reference, Platform platform, IEnumerable<Platform> found)
    {
        var architectures = string.Join(", ", found.Select(other => RegistryErrors.Clean(other.Architecture)).Distinct(StringComparer.Ordinal));
        return OciDiagnostics.PlatformMissing.Error(client.Options.Subject, reference, platform.Architecture, architectures.Length == 0 ? "none" : architectures);
    }

    private DiagnosticException Malformed(ImageReference reference, string why) =>
        RegistryDiagnostics.AnswerMalformed.Error(client.Options.Subject, reference.Repository.Registry, $"{reference}: {RegistryErrors.Clean(why)}.");
}
