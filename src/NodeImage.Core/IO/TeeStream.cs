namespace NodeImage.Core.IO;

/// <summary>Passes what is written to a first stream, and to a second one too. Neither is closed with it.</summary>
/// <param name="first">Receives every byte.</param>
/// <param name="second">Receives every byte.</param>
public sealed class TeeStream(Stream first, Stream second) : WriteOnlyForwardStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        first.Write(buffer);
        second.Write(buffer);
    }
}
