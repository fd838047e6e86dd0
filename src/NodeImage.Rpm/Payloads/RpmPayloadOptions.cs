namespace NodeImage.Rpm.Payloads;

/// <summary>What is checked while a payload is read.</summary>
public sealed record RpmPayloadOptions
{
    /// <summary>Whether each file's content is compared with its digest in the header. On unless the payload as a whole
    /// is compared with a digest.</summary>
    public bool CheckFileDigests { get; init; } = true;

    /// <summary>Is shown the compressed payload piece by piece, before it is decoded, to its very end; or null.</summary>
    public Action<ReadOnlySpan<byte>>? Observer { get; init; }
}
