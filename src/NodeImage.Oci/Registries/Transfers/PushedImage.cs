using NodeImage.Core.Digests;

namespace NodeImage.Oci.Registries.Transfers;

/// <summary>An image that a registry has got.</summary>
/// <param name="Digest">The digest of its manifest, or of the index.</param>
/// <param name="Sent">How many blobs were sent.</param>
/// <param name="Mounted">How many blobs the registry took from another of its repositories.</param>
/// <param name="AlreadyThere">How many blobs were there before.</param>
public sealed record PushedImage(Sha256Digest Digest, int Sent, int Mounted, int AlreadyThere);
