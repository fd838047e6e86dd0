using NodeImage.Core.Digests;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Compose.Restoring;

/// <summary>The keys that a repository's packages are verified with.</summary>
/// <param name="Keyring">The keys.</param>
/// <param name="Required">Whether packages must be signed.</param>
/// <param name="Identity">Tells one set of keys from another.</param>
internal sealed record RepositoryKeys(RpmKeyring Keyring, bool Required, Sha256Digest Identity);
