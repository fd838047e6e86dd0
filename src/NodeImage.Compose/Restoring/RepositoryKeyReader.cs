using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Transfer;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Compose.Restoring;

/// <summary>Reads the keys of repositories: files of the project, and keys that are published at an address.</summary>
internal sealed class RepositoryKeyReader(ContentCache cache, Downloader downloader, string scratch, string projectFolder)
{
    private const string Kind = "repository-key-1";
    private const long MaxSize = 4 << 20;

    /// <summary>Reads the keys of a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="fresh">Whether published keys are asked for even where the cache has them.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="DiagnosticException">Signatures are wanted, but there is no key, or one cannot be had or read.</exception>
    public async Task<RepositoryKeys> ReadAsync(RepositoryDefinition repository, bool fresh, CancellationToken cancellation)
    {
        var subject = new ItemReference("RpmRepository", repository.Id);
        if (repository.Keys.IsEmpty && repository.KeyAddresses.IsEmpty && (repository.GpgCheck || repository.RepoGpgCheck))
        {
            throw RestoreDiagnostics.NoKey.Error(subject, repository.Id);
        }

        var keyring = new RpmKeyring();
        var digests = new List<string>();
        try
        {
            foreach (var key in repository.Keys)
            {
                keyring.AddFile(Path.Combine(projectFolder, key.Path));
                digests.Add(key.Digest);
            }

            foreach (var address in repository.KeyAddresses)
            {
                var content = await PublishedAsync(repository, address, fresh, cancellation).ConfigureAwait(false);
                keyring.Add(content, address);
                digests.Add(Sha256Digest.Of(content).ToString());
            }
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }

        var identity = Sha256Digest.Of(Encoding.ASCII.GetBytes(string.Join('\n', digests.Order(StringComparer.Ordinal))));
        return new RepositoryKeys(keyring, repository.GpgCheck, identity);
    }

    private async Task<byte[]> PublishedAsync(RepositoryDefinition repository, string address, bool fresh, CancellationToken cancellation)
    {
        // Whoever can change a key on its way can sign anything.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeFile))
        {
            throw RestoreDiagnostics.InsecureKey.Error(null, address, repository.Id);
        }

        var key = Sha256Digest.Of(Encoding.UTF8.GetBytes(address));
        if (!fresh && cache.FindDocument(Kind, key) is { } known)
        {
            return known;
        }

        var aside = Path.Combine(scratch, Path.GetRandomFileName());
        try
        {
            await downloader.FetchAsync(new TransferRequest([uri], aside, MaxSize), null, cancellation).ConfigureAwait(false);
            var content = await File.ReadAllBytesAsync(aside, cancellation).ConfigureAwait(false);
            cache.AddDocument(Kind, key, content);
            return content;
        }
        catch (TransferException e)
        {
            throw RestoreDiagnostics.KeyUnreachable.Wrap(e, null, address, repository.Id, e.Message);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
