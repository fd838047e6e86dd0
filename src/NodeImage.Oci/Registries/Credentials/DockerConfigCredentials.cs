using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>
/// Finds credentials where <c>docker login</c> and <c>podman login</c> put them. In each file, the helper that is named for the
/// registry comes first, then what stands in the file (the most exact key first), then the file's credential store.
/// </summary>
/// <param name="files">The files to look into, the first that has something wins; those that do not exist are passed over.</param>
/// <param name="programFolders">The folders in which credential helpers are looked for, in order.</param>
/// <param name="time">Measures how long a helper takes.</param>
/// <param name="subject">The item or property at which diagnostics are shown, or null.</param>
public sealed class DockerConfigCredentials(IReadOnlyList<string> files, IReadOnlyList<string> programFolders, TimeProvider time, ItemReference? subject = null) : ICredentialSource
{
    // The key that Docker itself files Docker Hub under.
    private const string DockerHubServer = "https://index.docker.io/v1/";

    /// <inheritdoc/>
    public async Task<RegistryCredential?> FindAsync(RegistryRepository repository, CancellationToken cancellation)
    {
        var helpers = new CredentialHelpers(programFolders, time, subject);
        foreach (var path in files)
        {
            if (DockerConfigFile.TryRead(path, subject) is { } file && await FindAsync(file, repository, helpers, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<RegistryCredential?> FindAsync(DockerConfigFile file, RegistryRepository repository, CredentialHelpers helpers, CancellationToken cancellation)
    {
        var server = repository.Registry.IsDockerHub ? DockerHubServer : repository.Registry.ToString();
        var hosts = Hosts(repository.Registry);
        if (hosts.Select(file.Helper).FirstOrDefault(helper => helper is not null) is { } named)
        {
            return await helpers.GetAsync(named, server, cancellation).ConfigureAwait(false);
        }

        foreach (var key in Keys(repository, hosts))
        {
            if (file.Find(key) is { } credential)
            {
                return credential;
            }
        }

        return file.Store is { } store ? await helpers.GetAsync(store, server, cancellation).ConfigureAwait(false) : null;
    }

    private static string[] Hosts(RegistryName registry) =>
        registry.IsDockerHub ? [RegistryName.DockerHub, "index.docker.io", "registry-1.docker.io"] : [registry.ToString()];

    // Podman files credentials also under repositories and what they lie in.
    private static IEnumerable<string> Keys(RegistryRepository repository, string[] hosts)
    {
        for (var name = repository.Name; name.Length > 0; name = name[..Math.Max(name.LastIndexOf('/'), 0)])
        {
            foreach (var host in hosts)
            {
                yield return $"{host}/{name}";
            }
        }

        foreach (var host in hosts)
        {
            yield return host;
        }
    }
}
