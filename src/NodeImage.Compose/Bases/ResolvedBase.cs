using NodeImage.Compose.Locking;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Bases;

/// <summary>A base that is at hand.</summary>
/// <param name="Image">The image, in its layout.</param>
public sealed record ResolvedBase(OciImage Image)
{
    /// <summary>What the lock says of it; null where it does not come from a registry.</summary>
    public LockedBase? Locked { get; init; }

    /// <summary>Whether it lies in the cache, which may lose it.</summary>
    public bool IsCached { get; init; }

    /// <summary>All files of it that a build may read.</summary>
    public IEnumerable<string> Files => Image.Blobs
        .Select(blob => Image.Layout.BlobPath(blob.Digest))
        .Prepend(Path.Combine(Image.Layout.Folder, OciLayout.IndexFile))
        .Prepend(Path.Combine(Image.Layout.Folder, OciLayout.MarkerFile));
}
