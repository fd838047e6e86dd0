namespace NodeImage.Treefiles.Values;

/// <summary>How much a document may hold. Real ones stay far below; what goes beyond is meant to harm.</summary>
internal static class DocumentLimits
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>How deep values may lie within each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most values of a document, those included that aliases repeat.</summary>
    public const int MaxValues = 200_000;
}
