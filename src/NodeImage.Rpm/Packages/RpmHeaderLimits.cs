namespace NodeImage.Rpm.Packages;

/// <summary>How large the parts of a header may be: the limits of rpm's <c>lib/header.c</c>.</summary>
internal static class RpmHeaderLimits
{
    /// <summary>The size of the two counts that a header begins with.</summary>
    public const int IntroSize = 8;

    /// <summary>The size of an index entry.</summary>
    public const int EntrySize = 16;

    /// <summary>The size of a region's trailer, which has the shape of an index entry.</summary>
    public const int TrailerSize = EntrySize;

    /// <summary>The most bytes that a header may have.</summary>
    public const int MaxSize = 256 * 1024 * 1024;

    /// <summary>The most items that any entry but a binary one may have.</summary>
    public const int MaxItems = 0x000f_ffff;

    private const uint MaxEntries = 0xffff;
    private const uint MaxData = 0x0fff_ffff;
    private const uint MaxSignatureEntries = 32;
    private const uint MaxSignatureData = 64 * 1024 * 1024;

    /// <summary>Whether a header may have so many entries and so much data.</summary>
    /// <param name="kind">Where the header comes from.</param>
    /// <param name="entries">The number of index entries that it announces.</param>
    /// <param name="data">The bytes of data that it announces.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Check(RpmHeaderKind kind, uint entries, uint data)
    {
        var signature = kind == RpmHeaderKind.Signature;
        if (entries > (signature ? MaxSignatureEntries : MaxEntries))
        {
            return $"it announces {entries} entries, more than any package has";
        }

        if (data > (signature ? MaxSignatureData : MaxData) || IntroSize + (EntrySize * (long)entries) + data >= MaxSize)
        {
            return $"it announces {data} bytes of data, more than any package has";
        }

        return entries == 0 ? "it has no entries" : null;
    }
}
