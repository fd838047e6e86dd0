namespace NodeImage.Core.Transfer;

/// <summary>A file to fetch.</summary>
/// <param name="Sources">Where it can be had, the best first: <c>file:</c>, <c>http:</c> or <c>https:</c> addresses.</param>
/// <param name="Destination">The full path that it goes to.</param>
/// <param name="MaxSize">The most bytes that are accepted.</param>
public sealed record TransferRequest(IReadOnlyList<Uri> Sources, string Destination, long MaxSize)
{
    /// <summary>The size that it must have, or null where it is not known.</summary>
    public long? Size { get; init; }

    /// <summary>Checks what has been fetched, before it is put in its place; it throws <see cref="InvalidDataException"/> when something is wrong.</summary>
    public Action<string>? Verify { get; init; }
}
