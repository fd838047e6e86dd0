using NodeImage.Core.Digests;
using NodeImage.Core.Tar;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Layers;

/// <summary>A run of a layer's entries that is compressed as one, and once for all layers and images that hold it.</summary>
/// <param name="Key">The digest of all that decides the entries and their contents.</param>
/// <param name="Write">Writes the entries; it is called only when no cache has the piece.</param>
public sealed record LayerPiece(Sha256Digest Key, Action<TarWriter> Write);

/// <summary>A layer that is to be written.</summary>
/// <param name="CreatedBy">What the image's history says of it.</param>
/// <param name="Pieces">Its pieces, in order.</param>
public sealed record LayerPlan(string CreatedBy, IReadOnlyList<LayerPiece> Pieces)
{
    /// <summary>Whether it holds packages' files and nothing else.</summary>
    public bool HoldsPackages { get; init; }

    /// <summary>About how many bytes its archive has, for whoever shares work out; 0 where nobody has said.</summary>
    public long Size { get; init; }
}

/// <summary>A layer that has been written.</summary>
/// <param name="Descriptor">Its blob.</param>
/// <param name="DiffId">The digest of its archive in the clear.</param>
public sealed record WrittenLayer(Descriptor Descriptor, Sha256Digest DiffId)
{
    /// <summary>What it holds; null where it was there already, or where nobody has asked for it.</summary>
    public LayerScan? Scan { get; init; }
}
