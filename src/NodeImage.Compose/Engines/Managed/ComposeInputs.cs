using NodeImage.Compose.Installing;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Layouts;
using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Solving;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>What an image is made of: the packages of the lock, and the base.</summary>
/// <param name="Install">The packages to install, in rpm's own order.</param>
/// <param name="Base">The base's files, or null.</param>
/// <param name="BaseDatabase">The base's packages; none where there is no base.</param>
internal sealed record ComposeInputs(IReadOnlyList<InstallablePackage> Install, FileTree? Base, RpmDatabase BaseDatabase)
{
    /// <summary>Opens what a request names.</summary>
    /// <exception cref="DiagnosticException">The base is damaged, or a package is gone from the cache.</exception>
    public static ComposeInputs Open(ComposeRequest request, ContentCache cache, CancellationToken cancellation)
    {
        var store = new PackageStore(cache);
        var subjects = request.Definition.Packages.ToLookup(package => package.Spec, package => new ItemReference("RpmPackage", package.Spec), StringComparer.Ordinal);
        var packages = request.Lock.Packages.Select(package =>
        {
            var digest = Sha256Digest.Parse(package.Digest);
            var file = RpmPackageFile.Open(store.Require(package), package.Nevra);
            return new InstallablePackage(new PackageArchive(file, digest, cache), subjects[file.Info.Nevra.Name].FirstOrDefault());
        }).ToList();
        var byInfo = packages.ToDictionary(package => package.Info);
        var install = TransactionOrder.OfInstallation([.. packages.Select(package => package.Info)]).Select(info => byInfo[info]).ToList();
        if (request.Base is not { } below)
        {
            return new ComposeInputs(install, null, RpmDatabase.Empty);
        }

        var tree = ReadTree(below, cache, cancellation);
        return new ComposeInputs(install, tree, BaseImage.ReadDatabase(tree, request.ScratchFolder));
    }

    /// <summary>Reads the files of a base's image.</summary>
    public static FileTree ReadTree(OciImage image, ContentCache cache, CancellationToken cancellation) => ImageTree.Read(image, cache, IsReadLater, cancellation);

    /// <summary>Whether a file's content is kept at hand when a base is first read: small files that decide about accounts, units and the like.</summary>
    public static bool IsReadLater(TarEntry entry) => entry.Size <= 32 << 10 && IsSetting(entry.Name);

    private static bool IsSetting(string name) =>
        name.StartsWith("etc/", StringComparison.Ordinal)
        || name.StartsWith("usr/lib/systemd/", StringComparison.Ordinal)
        || name.StartsWith("usr/lib/sysusers.d/", StringComparison.Ordinal)
        || name.StartsWith("usr/lib/tmpfiles.d/", StringComparison.Ordinal)
        || name.StartsWith("usr/lib/rpm/", StringComparison.Ordinal)
        || name is "usr/lib/passwd" or "usr/lib/group" or "usr/lib/os-release";
}
