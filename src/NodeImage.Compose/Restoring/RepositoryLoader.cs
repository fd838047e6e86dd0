using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Transfer;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Restoring;

/// <summary>A repository whose metadata has been read.</summary>
/// <param name="Addresses">Where it is.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Metadata">What it offers.</param>
internal sealed record LoadedRepository(RepositoryAddresses Addresses, RepositoryKeys Keys, RepositoryMetadata Metadata)
{
    /// <summary>The repository as a lock remembers it.</summary>
    public LockedRepository ToLocked()
    {
        // createrepo_c gives the time as the revision; others count, and then the files' own times tell.
        var revision = long.TryParse(Metadata.Index.Revision, out var seconds) && seconds > 1_000_000_000 ? seconds : Metadata.Index.Timestamp;
        var primary = Metadata.Index.Find("primary");
        return new LockedRepository(revision, primary?.Checksum?.Value is { } checksum ? $"{primary.Checksum.Algorithm.ToString().ToLowerInvariant()}:{checksum}" : "");
    }
}

/// <summary>Reads the metadata of repositories, several at once.</summary>
internal sealed class RepositoryLoader(ContentCache cache, Downloader downloader, string scratch, RepositoryKeyReader keyReader)
{
    private const long MaxListSize = 4 << 20;

    /// <summary>Reads all repositories.</summary>
    public async Task<IReadOnlyList<LoadedRepository>> LoadAllAsync(IReadOnlyList<RepositoryDefinition> repositories, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var loaded = await Task.WhenAll(repositories.Select(repository => Task.Run(() => LoadAsync(repository, cancellation), cancellation))).ConfigureAwait(false);
        foreach (var repository in loaded)
        {
            foreach (var warning in repository.Metadata.Warnings)
            {
                report(warning with { Subject = repository.Addresses.Subject });
            }
        }

        return loaded;
    }

    /// <summary>Finds the packages that own paths which <c>primary.xml</c> does not list.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FindOwners(LoadedRepository repository, IReadOnlySet<string> paths, CancellationToken cancellation)
    {
        var loader = new RepositoryMetadataLoader(new RepositoryFetcher(repository.Addresses, cache, downloader, scratch));
        return loader.FindOwnersAsync(repository.Metadata, paths, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>The addresses that a repository's definition gives by itself; none where a list must be asked for.</summary>
    public static RepositoryAddresses StaticAddresses(RepositoryDefinition repository) =>
        new(repository, repository.BaseUrl is { } url && RepositoryAddresses.Parse(url) is { } address ? [address] : [], null);

    /// <summary>Finds out where a repository is.</summary>
    public static async Task<RepositoryAddresses> AddressesAsync(RepositoryDefinition repository, Downloader downloader, string scratch, CancellationToken cancellation)
    {
        var subject = new ItemReference("RpmRepository", repository.Id);
        if (StaticAddresses(repository) is { Bases.Count: > 0 } known)
        {
            return known;
        }

        var list = repository.MetaLink ?? repository.MirrorList;
        if (repository.BaseUrl is { } unknown)
        {
            throw RestoreDiagnostics.UnsupportedAddress.Error(subject, repository.Id, unknown);
        }

        if (list is null)
        {
            throw RestoreDiagnostics.NoAddress.Error(subject, repository.Id);
        }

        if (!Uri.TryCreate(list, UriKind.Absolute, out var uri) || !RepositoryAddresses.IsReadable(uri))
        {
            throw RestoreDiagnostics.UnsupportedAddress.Error(subject, repository.Id, list);
        }

        var path = Path.Combine(scratch, Path.GetRandomFileName());
        try
        {
            await downloader.FetchAsync(new TransferRequest([uri], path, MaxListSize), null, cancellation).ConfigureAwait(false);
            if (repository.MetaLink is null)
            {
                var mirrors = MirrorList.Parse(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false));
                return new RepositoryAddresses(repository, [.. mirrors.Select(mirror => RepositoryAddresses.Parse(mirror.AbsoluteUri)).OfType<Uri>()], null);
            }

            await using var file = File.OpenRead(path);
            var metalink = Metalink.Read(file, list);
            return new RepositoryAddresses(repository, [.. metalink.Bases.Where(RepositoryAddresses.IsReadable)], metalink);
        }
        catch (TransferException e)
        {
            throw RepositoryDiagnostics.Unreachable.Wrap(e, subject, repository.Id, list, e.Message);
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<LoadedRepository> LoadAsync(RepositoryDefinition repository, CancellationToken cancellation)
    {
        var subject = new ItemReference("RpmRepository", repository.Id);
        var keys = await keyReader.ReadAsync(repository, fresh: true, cancellation).ConfigureAwait(false);
        var addresses = await AddressesAsync(repository, downloader, scratch, cancellation).ConfigureAwait(false);
        try
        {
            var loader = new RepositoryMetadataLoader(new RepositoryFetcher(addresses, cache, downloader, scratch));
            var metadata = await loader.LoadAsync(
                new RepositoryLoadOptions
                {
                    Repository = repository.Id,
                    Keyring = repository.RepoGpgCheck ? keys.Keyring : null,
                    Filter = new RepositoryFilter(repository.IncludePackages, repository.ExcludePackages),
                    LoadGroups = true,
                    Metalink = addresses.Metalink,
                },
                cancellation).ConfigureAwait(false);
            return new LoadedRepository(addresses, keys, metadata);
        }
        catch (DiagnosticException e)
        {
            throw e.At(subject);
        }
    }
}
