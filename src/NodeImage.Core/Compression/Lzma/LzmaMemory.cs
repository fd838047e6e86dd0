namespace NodeImage.Core.Compression.Lzma;

/// <summary>How much memory data may ask for before any of it is decoded.</summary>
internal static class LzmaMemory
{
    /// <summary>The largest dictionary in bytes. rpm gives its decoder as much, and <c>xz -9</c> asks for 64 MiB.</summary>
    private const uint DictionaryLimit = 100 << 20;

    /// <summary>Refuses a dictionary that is too large.</summary>
    /// <param name="dictionarySize">The size that the data announces, in bytes.</param>
    /// <exception cref="InvalidDataException">It is larger than any packager's tool makes.</exception>
    public static void Check(uint dictionarySize)
    {
        if (dictionarySize > DictionaryLimit)
        {
            throw new InvalidDataException($"The compressed data asks for a dictionary of {dictionarySize} bytes, more than the {DictionaryLimit} that are allowed.");
        }
    }
}
