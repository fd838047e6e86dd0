using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Restoring;
using NodeImage.Compose.Treefiles;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.IO;
using NodeImage.Rpm.Repositories.Writing;

namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>
/// What rpm-ostree is given: a repository of just the packages of the lock, as restore has verified them, and the folder with the
/// treefile, which names that repository and no other. So nothing is fetched, and nothing else can be chosen.
/// </summary>
/// <param name="Treefile">The folder with the treefile, the lock in rpm-ostree's form and the layers.</param>
/// <param name="RepositoryFolder">The folder with the packages.</param>
internal sealed record RpmOstreeInputs(TreefileFolderResult Treefile, string RepositoryFolder)
{
    /// <summary>What the repository is called.</summary>
    public const string RepositoryId = "nodeimage-locked";

    /// <summary>Writes them.</summary>
    /// <param name="request">What is composed.</param>
    /// <param name="time">The image's time, in seconds since 1970.</param>
    /// <param name="cache">Holds the packages.</param>
    /// <param name="cancellation">Stops between packages.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A package is gone from the cache, or the definition says what no treefile can say.</exception>
    public static RpmOstreeInputs Write(ComposeRequest request, long time, ContentCache cache, CancellationToken cancellation)
    {
        var repository = Path.Combine(request.ScratchFolder, "repository");
        WriteRepository(repository, request.Lock, time, cache, cancellation);
        var treefile = TreefileFolder.Write(
            OfLocked(request.Definition, repository),
            request.Lock,
            new TreefileFolderOptions(request.ProjectFolder, Path.Combine(request.ScratchFolder, "treefile")) { Report = request.Report });
        return new RpmOstreeInputs(treefile, repository);
    }

    // The lock says which version of what, and comes from where the project says; the tool need not know from where.
    private static ImageDefinition OfLocked(ImageDefinition definition, string folder) => definition with
    {
        Packages = [.. definition.Packages.Select(package => package with { Repository = null, Version = null })],
        Repositories =
        [
            new RepositoryDefinition
            {
                Id = RepositoryId,
                BaseUrl = new Uri(folder).AbsoluteUri,
                GpgCheck = definition.Repositories.All(repository => repository.GpgCheck),
                Keys = [.. definition.Repositories.SelectMany(repository => repository.Keys).DistinctBy(key => key.Digest)],
                KeyAddresses = [.. definition.Repositories.SelectMany(repository => repository.KeyAddresses).Distinct(StringComparer.Ordinal)],
            },
        ],
    };

    /// <summary>Makes a repository of the packages of a lock.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="packages">The lock.</param>
    /// <param name="time">The time of its metadata, in seconds since 1970.</param>
    /// <param name="cache">Holds the packages.</param>
    /// <param name="cancellation">Stops between packages.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A package is gone from the cache.</exception>
    public static void WriteRepository(string folder, RpmLock packages, long time, ContentCache cache, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var store = new PackageStore(cache);
        var published = packages.Packages.Select(package =>
        {
            cancellation.ThrowIfCancellationRequested();
            var name = $"{package.Nevra.Replace(':', '_')}.rpm";
            var path = Path.Combine(folder, name);
            var stored = store.Require(package);
            if (!HardLinks.TryCreate(stored, path))
            {
                File.Copy(stored, path);
            }

            return PublishedPackage.Read(path, name) is var read && read.Checksum == Sha256Digest.Parse(package.Digest)
                ? read
                : throw RestoreDiagnostics.NotRestored.Error(null, package.Nevra);
        }).ToList();
        RepositoryWriter.Write(folder, published, new RepositoryWriterOptions { Revision = time }, cancellation);
    }
}
