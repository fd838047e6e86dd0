using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Restoring.Indexing;

/// <summary>Keeps a project's index of packages. It is only a help: a restore does not fail of it.</summary>
/// <param name="cache">Holds the metadata of repositories.</param>
public sealed class PackageIndexer(ContentCache cache)
{
    /// <summary>Makes the index of a target that the file lacks, of the metadata that its lock was made of. Where the cache no longer has that, nothing is done.</summary>
    /// <param name="file">The index file.</param>
    /// <param name="definition">The image.</param>
    /// <param name="locked">Its lock.</param>
    /// <param name="report">Hears that the file cannot be written.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Complete(string file, ImageDefinition definition, RpmLock locked, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var target = RpmLockFile.TargetName(definition.TargetFramework, definition.Architecture);
        if (PackageIndexFile.Has(file, target))
        {
            return;
        }

        var offers = new List<OfferedPackages>();
        foreach (var repository in definition.Repositories)
        {
            if (!locked.Repositories.TryGetValue(repository.Id, out var state) || Find(repository, state.Metadata) is not { } offer)
            {
                return;
            }

            offers.Add(offer);
        }

        Write(file, definition, offers, report, cancellation);
    }

    /// <summary>Writes the index of repositories that have been read.</summary>
    internal void Write(string file, ImageDefinition definition, IReadOnlyList<OfferedPackages> offers, Action<Diagnostic> report, CancellationToken cancellation)
    {
        try
        {
            using var alone = cache.LockForAsync(file, cancellation).GetAwaiter().GetResult();
            PackageIndexFile.Update(file, RpmLockFile.TargetName(definition.TargetFramework, definition.Architecture), PackageIndex.Of(offers, definition.Architecture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(RestoreDiagnostics.IndexNotWritten.At(null, file, e.Message));
        }
    }

    private OfferedPackages? Find(RepositoryDefinition repository, string metadata)
    {
        if (metadata.Split(':') is not [var algorithm, var digits]
            || MetadataChecksum.TryParse(algorithm, digits) is not { } checksum
            || cache.Find(RepositoryFetcher.Kind, RepositoryFetcher.KeyOf(checksum)) is not { } path)
        {
            return null;
        }

        try
        {
            var entry = new RepositoryIndexEntry { Type = "primary", Location = "primary.xml", Checksum = checksum };
            var packages = MetadataFile.Read(path, repository.Id, entry, stream => PrimaryReader.Read(stream, entry.Location));
            return new OfferedPackages(repository, metadata, new RepositoryFilter(repository.IncludePackages, repository.ExcludePackages).Apply(packages));
        }
        catch (DiagnosticException)
        {
            // A damaged entry of the cache is found out by whoever needs it.
            return null;
        }
    }
}
