namespace NodeImage.Core.Transfer;

/// <summary>A file could not be fetched from any of its sources.</summary>
/// <param name="message">What each source answered, for the user.</param>
/// <param name="isDamaged">Whether it could be had, but was not what was announced.</param>
/// <param name="inner">The last failure.</param>
/// <param name="isMissing">Whether every source says that it does not have it.</param>
/// <param name="foundSize">The size that it had instead of the announced one, in words; null where that was not the last fault.</param>
public sealed class TransferException(string message, bool isDamaged, Exception? inner, bool isMissing = false, string? foundSize = null) : Exception(message, inner)
{
    /// <summary>The size that the file had instead of the announced one, in words such as <c>more than 12</c>; null where something else was wrong at last.</summary>
    public string? FoundSize => foundSize;

    /// <summary>Whether every source says that it does not have the file.</summary>
    public bool IsMissing => isMissing;

    /// <summary>Whether the file could be had, but was not what was announced.</summary>
    public bool IsDamaged => isDamaged;
}
