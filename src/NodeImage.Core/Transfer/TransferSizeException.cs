namespace NodeImage.Core.Transfer;

/// <summary>What came has another size than was announced.</summary>
/// <param name="message">What is wrong, for the user.</param>
/// <param name="found">The size in words: a number of bytes, or "more than" one.</param>
/// <param name="isTooLarge">Whether there is more than was announced; otherwise the connection may only have broken off.</param>
internal sealed class TransferSizeException(string message, string found, bool isTooLarge) : IOException(message)
{
    public string Found => found;

    public bool IsTooLarge => isTooLarge;
}
