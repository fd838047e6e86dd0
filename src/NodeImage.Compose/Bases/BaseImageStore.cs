using System.Diagnostics.CodeAnalysis;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Bases;

/// <summary>The bases that the cache keeps, each a layout in a folder named by the digest of what it was made from.</summary>
/// <param name="cache">The cache.</param>
internal sealed class BaseImageStore(ContentCache cache)
{
    private const string Kind = "base-image-1";

    /// <summary>The folder of a base, which may have to be filled yet.</summary>
    /// <param name="key">The digest of the manifest in the registry, or of the archive.</param>
    public string Folder(Sha256Digest key) => Path.Combine(cache.Root, Kind, key.Hex[..2], key.Hex);

    /// <summary>Keeps other builds from filling the same folder at the same time.</summary>
    public Task<FileLock> LockAsync(Sha256Digest key, CancellationToken cancellation) => cache.LockAsync(key, cancellation);

    /// <summary>Opens a base, if all of it is there: the cache may have lost any part of it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="platform">The platform that it must be for.</param>
    /// <param name="image">The image, when the result is true.</param>
    public bool TryOpen(Sha256Digest key, Platform platform, [NotNullWhen(true)] out OciImage? image)
    {
        image = null;
        var layout = new OciLayoutWriter(Folder(key));
        try
        {
            var found = File.Exists(Path.Combine(layout.Folder, OciLayout.IndexFile)) ? OciLayout.Open(layout.Folder).ReadImage(platform) : null;
            image = found is not null && found.Manifest.Layers.All(layer => layout.Has(layer.Digest, layer.Size)) ? found : null;
            foreach (var file in image is null ? [] : Directory.EnumerateFiles(layout.Folder, "*", SearchOption.AllDirectories))
            {
                cache.MarkUsed(file);
            }
        }
        catch (DiagnosticException)
        {
            // It is fetched anew.
        }

        return image is not null;
    }

    /// <summary>Gives a folder that is to be filled the blobs that another has; most layers of a newer base are an older one's.</summary>
    public void Seed(Sha256Digest key, Sha256Digest? from)
    {
        if (from is not { } other || key == other || BlobFolder(other) is var source && !Directory.Exists(source))
        {
            return;
        }

        var target = BlobFolder(key);

        Directory.CreateDirectory(target);
        foreach (var blob in Directory.GetFiles(source))
        {
            var name = Path.Combine(target, Path.GetFileName(blob));
            if (!File.Exists(name))
            {
                HardLinks.TryCreate(blob, name);
            }
        }
    }

    /// <summary>Makes a folder that has been filled aside a base, unless another build was faster.</summary>
    public void Take(Sha256Digest key, string folder)
    {
        var target = Folder(key);
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(folder, target);
    }

    private string BlobFolder(Sha256Digest key) => Path.Combine(Folder(key), "blobs", "sha256");
}
