namespace NodeImage.Core.Tar;

/// <summary>Hears what is written to an archive, entry by entry.</summary>
public interface ITarListener
{
    /// <summary>An entry begins.</summary>
    /// <param name="entry">The entry.</param>
    void Begin(TarEntry entry);

    /// <summary>A part of its content passes.</summary>
    /// <param name="bytes">The bytes.</param>
    void Content(ReadOnlySpan<byte> bytes);
}
