using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>Knows credentials for registries.</summary>
public interface ICredentialSource
{
    /// <summary>Looks for the credential that fits a repository best.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The credential, or null where there is none.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">The source cannot be read.</exception>
    Task<RegistryCredential?> FindAsync(RegistryRepository repository, CancellationToken cancellation);
}
