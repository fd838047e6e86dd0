namespace NodeImage.Core.Transfer;

/// <summary>A file could not be fetched from any of its sources.</summary>
/// <param name="message">What each source answered, for the user.</param>
/// <param name="isDamaged">Whether it could be had, but was not what was announced.</param>
/// <param name="inner">The last failure.</param>
/// <param name="isMissing">Whether every source says that it does not have it.</param>
public sealed class TransferException(string message, bool isDamaged, Exception? inner, bool isMissing = false) : Exception(message, inner)
{
    /// <summary>Whether every source says that it does not have the file.</summary>
    public bool IsMissing => isMissing;

    /// <summary>Whether the file could be had, but was not what was announced.</summary>
    public bool IsDamaged => isDamaged;
}
