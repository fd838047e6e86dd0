using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Tar;

namespace NodeImage.Oci.Layers;

/// <summary>
/// What a layer holds, mostly without the contents: taken in one pass over its archive, and small enough to be kept, so
/// that a base image is read once and known from then on.
/// </summary>
/// <param name="DiffId">The digest of the layer's archive in the clear.</param>
/// <param name="Entries">The entries, in the archive's order.</param>
public sealed record LayerScan(Sha256Digest DiffId, IReadOnlyList<ScannedEntry> Entries)
{
    private const int MaxEntries = 4 << 20;

    // What is kept is what programs read as text; a size in a header alone must not cost memory.
    private const int MaxKept = 1 << 20;

    /// <summary>Reads a layer's archive.</summary>
    /// <param name="archive">The archive in the clear; it is left open.</param>
    /// <param name="keep">Chooses the files whose content is kept with the scan, because it will be read; nothing above 1 MiB is.</param>
    /// <param name="cancellation">Stops between entries.</param>
    /// <returns>The scan.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="EndOfStreamException">The archive ends in the middle of a file.</exception>
    public static LayerScan Take(Stream archive, Func<TarEntry, bool> keep, CancellationToken cancellation)
    {
        using var hashing = new HashingReadStream(archive);
        var tar = new TarReader(hashing);
        var entries = new List<ScannedEntry>();
        while (tar.Next() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entries.Count == MaxEntries)
            {
                throw new InvalidDataException($"The layer has more than {MaxEntries} entries.");
            }

            entries.Add(Scan(entry, tar.Content, keep));
        }

        return new LayerScan(hashing.Finish(), entries);
    }

    /// <summary>Reads a scan that was kept.</summary>
    /// <param name="document">What <see cref="Write"/> gave.</param>
    /// <returns>The scan.</returns>
    public static LayerScan Read(byte[] document)
    {
        using var reader = new BinaryReader(new MemoryStream(document, writable: false), Encoding.UTF8);
        var diffId = new Sha256Digest(reader.ReadBytes(Sha256Digest.Size));
        var entries = new ScannedEntry[reader.ReadInt32()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = ScannedEntry.Read(reader);
        }

        return new LayerScan(diffId, entries);
    }

    /// <summary>Writes the scan for later.</summary>
    /// <returns>The scan in a form of our own.</returns>
    public byte[] Write()
    {
        Span<byte> diffId = stackalloc byte[Sha256Digest.Size];
        DiffId.CopyTo(diffId);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(diffId);
        writer.Write(Entries.Count);
        foreach (var entry in Entries)
        {
            entry.Write(writer);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Whether a file is small enough for its content to be kept.</summary>
    internal static bool MayKeep(TarEntry entry) => entry.Size <= MaxKept;

    private static ScannedEntry Scan(TarEntry entry, Stream content, Func<TarEntry, bool> keep)
    {
        if (entry.Type != TarEntryType.Regular)
        {
            return new ScannedEntry(entry, default, null);
        }

        if (!MayKeep(entry) || !keep(entry))
        {
            return new ScannedEntry(entry, Sha256Digest.Of(content), null);
        }

        var bytes = new byte[entry.Size];
        content.ReadExactly(bytes);
        return new ScannedEntry(entry, Sha256Digest.Of(bytes), bytes);
    }
}
