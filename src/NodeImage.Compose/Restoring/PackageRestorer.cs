using System.Collections.Immutable;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring.Indexing;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Core.Transfer;

namespace NodeImage.Compose.Restoring;

/// <summary>
/// Chooses an image's packages, brings them into the cache, verifies them, and writes the lock file. Where the lock file
/// fits the project, nothing is chosen, and nothing is fetched that the cache has: such a restore needs no network.
/// </summary>
/// <param name="cache">Keeps metadata and packages.</param>
/// <param name="downloader">Fetches what the cache does not have.</param>
/// <param name="scratch">A folder for what is being fetched; on the cache's file system, best.</param>
public sealed class PackageRestorer(ContentCache cache, Downloader downloader, string scratch)
{
    private const int ParallelDownloads = 8;

    /// <summary>Restores.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="report">Takes diagnostics that do not stop the restore.</param>
    /// <param name="progress">Hears how far it is, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The lock; all of its packages are in the cache.</returns>
    /// <exception cref="DiagnosticException">The packages cannot be chosen, fetched or trusted.</exception>
    public async Task<RestoreResult> RestoreAsync(RestoreRequest request, Action<Diagnostic> report, IProgress<RestoreProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(scratch);
        var file = LockFiles.Read(request.LockFile);
        var existing = file.Targets.GetValueOrDefault(request.Target);
        if (existing is not null && !request.ForceEvaluate && existing.Request == request.Digest.ToString() && existing.Base == request.LockedBase)
        {
            await EnsureAsync(request, existing, progress, cancellation).ConfigureAwait(false);
            if (request.IndexFile is { } index)
            {
                new PackageIndexer(cache).Complete(index, request.Definition, existing, report, cancellation);
            }

            return new RestoreResult(existing, LockChanged: false);
        }

        if (request.Locked)
        {
            var reason = existing is null ? $"it has nothing for '{request.Target}'" : "what the project asks for, its repositories or its base have changed";
            throw RestoreDiagnostics.LockOutOfDate.Error(null, request.LockFile, reason);
        }

        var gate = new WarningGate(request.IsError, report);
        var chosen = await ChooseAsync(request, gate, progress, cancellation).ConfigureAwait(false);
        return new RestoreResult(chosen, await WriteAsync(request, chosen, cancellation).ConfigureAwait(false));
    }

    // Other frameworks and architectures of the same project may be restored at the same time.
    private async Task<bool> WriteAsync(RestoreRequest request, RpmLock chosen, CancellationToken cancellation)
    {
        using var alone = await cache.LockForAsync(request.LockFile, cancellation).ConfigureAwait(false);
        var file = LockFiles.Read(request.LockFile);
        return AtomicFile.WriteWhenDifferent(request.LockFile, (file with { Targets = file.Targets.SetItem(request.Target, chosen) }).Write());
    }

    private async Task EnsureAsync(RestoreRequest request, RpmLock locked, IProgress<RestoreProgress>? progress, CancellationToken cancellation)
    {
        var store = new PackageStore(cache);
        var fetcher = new PackageFetcher(store, cache, downloader, scratch);
        var keyReader = new RepositoryKeyReader(cache, downloader, scratch, request.ProjectFolder);
        var repositories = new Dictionary<string, (RepositoryAddresses Addresses, RepositoryKeys Keys)>(StringComparer.Ordinal);
        foreach (var repository in request.Definition.Repositories)
        {
            // Addresses that must be asked for are not needed as long as the cache has everything.
            var addresses = RepositoryLoader.StaticAddresses(repository);
            repositories.Add(repository.Id, (addresses, await keyReader.ReadAsync(repository, fresh: false, cancellation).ConfigureAwait(false)));
        }

        if (locked.Packages.FirstOrDefault(package => package.Repository.Length > 0 && !repositories.ContainsKey(package.Repository)) is { } stray)
        {
            throw RestoreDiagnostics.LockMalformed.Error(null, request.LockFile, $"the package '{stray.Nevra}' comes from the repository '{stray.Repository}', which the project does not have.");
        }

        var local = LocalPackages(request, store);
        var missing = locked.Packages.Where(package => package.Repository.Length > 0 && store.Find(Sha256Digest.Parse(package.Digest)) is null).ToList();
        foreach (var id in missing.Select(package => package.Repository).Distinct(StringComparer.Ordinal).ToList())
        {
            var addresses = await RepositoryLoader.AddressesAsync(repositories[id].Addresses.Definition, downloader, scratch, cancellation).ConfigureAwait(false);
            repositories[id] = (addresses, repositories[id].Keys);
        }

        var wanted = missing.Select(package => package.Nevra).ToHashSet(StringComparer.Ordinal);
        var meter = new TransferMeter(progress, missing.Sum(package => package.Size), missing.Count);
        meter.Start();
        await Parallel.ForEachAsync(locked.Packages, Options(cancellation), async (package, token) =>
        {
            if (package.Repository.Length == 0)
            {
                EnsureLocal(package, local);
                return;
            }

            var (addresses, keys) = repositories[package.Repository];
            await fetcher.EnsureAsync(package, addresses, keys, meter, token).ConfigureAwait(false);
            if (wanted.Contains(package.Nevra))
            {
                meter.Done(package.Nevra);
            }
        }).ConfigureAwait(false);
    }

    private static void EnsureLocal(LockedPackage package, IReadOnlyDictionary<Sha256Digest, LocalPackageFile> local)
    {
        if (!local.ContainsKey(Sha256Digest.Parse(package.Digest)))
        {
            throw RestoreDiagnostics.PackageUnreachable.Error(null, package.Nevra, "local files", $"'{package.Location}' is not the file that was locked.");
        }
    }

    private async Task<RpmLock> ChooseAsync(RestoreRequest request, WarningGate gate, IProgress<RestoreProgress>? progress, CancellationToken cancellation)
    {
        var definition = request.Definition;
        var store = new PackageStore(cache);
        var fetcher = new PackageFetcher(store, cache, downloader, scratch);
        var loader = new RepositoryLoader(cache, downloader, scratch, new RepositoryKeyReader(cache, downloader, scratch, request.ProjectFolder));
        progress?.Report(new RestoreProgress(RestorePhase.ReadingRepositories) { Subject = string.Join(", ", definition.Repositories.Select(repository => repository.Id)) });
        var loaded = await loader.LoadAllAsync(definition.Repositories, gate.Report, cancellation).ConfigureAwait(false);
        WriteIndex(request, loaded, gate.Report, cancellation);
        var local = LocalPackages(request, store);
        if (loaded.Count == 0 && local.Count == 0 && definition.Packages.Length + definition.Extensions.Length > 0)
        {
            throw RestoreDiagnostics.NoRepository.Error(null);
        }

        progress?.Report(new RestoreProgress(RestorePhase.Choosing) { Packages = loaded.Sum(repository => repository.Metadata.Packages.Count) + local.Count });
        var choice = gate.Run(() => new PackageChooser(request, loaded, [.. local.Values], loader, cancellation).Choose(gate.Report));
        gate.Pass();
        var byId = loaded.ToDictionary(repository => repository.Addresses.Definition.Id, StringComparer.Ordinal);
        var locked = new LockedPackage[choice.Install.Count];
        var missing = choice.Install.Where(package => byId.ContainsKey(package.Repository.Id) && !fetcher.Has(package.Package)).ToHashSet();
        var meter = new TransferMeter(progress, missing.Sum(package => package.Package.PackageSize), missing.Count);
        meter.Start();
        await Parallel.ForAsync(0, choice.Install.Count, Options(cancellation), async (i, token) =>
        {
            var package = choice.Install[i];
            locked[i] = local.Values.FirstOrDefault(file => ReferenceEquals(file.Description, package.Package)) is { } file
                ? file.ToLocked()
                : await fetcher.EnsureAsync(package.Package, byId[package.Repository.Id].Addresses, byId[package.Repository.Id].Keys, meter, token).ConfigureAwait(false);
            if (missing.Contains(package))
            {
                meter.Done(locked[i].Nevra);
            }
        }).ConfigureAwait(false);

        return new RpmLock
        {
            Request = request.Digest.ToString(),
            Base = request.LockedBase,
            Repositories = loaded.ToImmutableSortedDictionary(repository => repository.Addresses.Definition.Id, repository => repository.ToLocked(), StringComparer.Ordinal),
            Packages = [.. locked.OrderBy(package => package.Nevra, StringComparer.Ordinal)],
            Removed = [.. choice.Removed.Order(StringComparer.Ordinal)],
        };
    }

    // Before anything is chosen: whoever has misspelt a name wants to look for the right one.
    private void WriteIndex(RestoreRequest request, IReadOnlyList<LoadedRepository> loaded, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (request.IndexFile is { } file)
        {
            var offers = loaded.Select(repository => new OfferedPackages(repository.Addresses.Definition, repository.ToLocked().Metadata, repository.Metadata.Packages));
            new PackageIndexer(cache).Write(file, request.Definition, [.. offers], report, cancellation);
        }
    }

    private static Dictionary<Sha256Digest, LocalPackageFile> LocalPackages(RestoreRequest request, PackageStore store)
    {
        var files = new Dictionary<Sha256Digest, LocalPackageFile>();
        foreach (var package in request.Definition.Packages.Where(package => package.File is not null))
        {
            try
            {
                var path = Path.Combine(request.ProjectFolder, package.File!.Path);
                var digest = store.Import(path);
                files[digest] = LocalPackageFile.Read(package, store.Find(digest)!, digest);
            }
            catch (DiagnosticException e)
            {
                throw e.At(new ItemReference("RpmPackage", package.Spec));
            }
        }

        return files;
    }

    private static ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = ParallelDownloads, CancellationToken = cancellation };
}
