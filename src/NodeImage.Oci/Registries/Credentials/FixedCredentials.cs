using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>One credential for one registry, given by the caller; all others get none.</summary>
/// <param name="registry">The registry that may see the credential.</param>
/// <param name="credential">The credential.</param>
public sealed class FixedCredentials(RegistryName? registry, RegistryCredential? credential) : ICredentialSource
{
    /// <summary>No credential for anybody.</summary>
    public static readonly FixedCredentials None = new(null, null);

    /// <inheritdoc/>
    public Task<RegistryCredential?> FindAsync(RegistryRepository repository, CancellationToken cancellation) =>
        Task.FromResult(repository.Registry == registry ? credential : null);
}
