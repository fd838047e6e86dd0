using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>Several sources, of which the first that knows something is believed.</summary>
/// <param name="sources">The sources in order.</param>
public sealed class CredentialChain(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    /// <inheritdoc/>
    public async Task<RegistryCredential?> FindAsync(RegistryRepository repository, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(repository, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
