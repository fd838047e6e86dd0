using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Compose.Restoring;

/// <summary>The keys that a repository's packages are verified with.</summary>
/// <param name="Keyring">The keys.</param>
/// <param name="Required">Whether packages must be signed.</param>
/// <param name="Identity">Tells one set of keys from another.</param>
internal sealed record RepositoryKeys(RpmKeyring Keyring, bool Required, Sha256Digest Identity)
{
    /// <summary>Reads the keys of a repository.</summary>
    /// <exception cref="DiagnosticException">Signatures are wanted, but there is no key, or one cannot be read.</exception>
    public static RepositoryKeys Read(RepositoryDefinition repository, string projectFolder)
    {
        var subject = new ItemReference("RpmRepository", repository.Id);
        if (repository.Keys.IsEmpty && (repository.GpgCheck || repository.RepoGpgCheck))
        {
            throw RestoreDiagnostics.NoKey.Error(subject, repository.Id);
        }

        var keyring = new RpmKeyring();
        try
        {
            foreach (var key in repository.Keys)
            {
                keyring.AddFile(Path.Combine(projectFolder, key.Path));
            }
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }

        var identity = Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', repository.Keys.Select(key => key.Digest).Order(StringComparer.Ordinal))));
        return new RepositoryKeys(keyring, repository.GpgCheck, identity);
    }
}
