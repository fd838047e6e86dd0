using NodeImage.Core.Digests;

namespace NodeImage.Core.Tar;

/// <summary>Hears what is written to an archive, entry by entry.</summary>
public interface ITarListener
{
    /// <summary>An entry begins.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="digest">The digest of its content where that is known, and held to while it is read.</param>
    void Begin(TarEntry entry, Sha256Digest? digest);

    /// <summary>A part of its content passes.</summary>
    /// <param name="bytes">The bytes.</param>
    void Content(ReadOnlySpan<byte> bytes);
}
