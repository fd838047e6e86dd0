namespace NodeImage.Oci.Registries.Transfers;

/// <summary>How far a transfer has come.</summary>
/// <param name="Done">The bytes that are where they belong, those included that did not have to be sent.</param>
/// <param name="Total">All bytes of the image.</param>
public readonly record struct TransferProgress(long Done, long Total);
