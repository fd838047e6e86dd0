namespace NodeImage.Core.Compression.Lzma;

/// <summary>What the index of an xz stream says of a block.</summary>
/// <param name="UnpaddedSize">The bytes of its header, its compressed data and its check.</param>
/// <param name="Size">The bytes of its data in the clear.</param>
internal readonly record struct XzBlockSizes(ulong UnpaddedSize, ulong Size);
