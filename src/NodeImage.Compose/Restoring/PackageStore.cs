using NodeImage.Compose.Locking;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Restoring;

/// <summary>The packages in the cache, by the digest of their files.</summary>
internal sealed class PackageStore(ContentCache cache)
{
    private const string Kind = "rpm";

    /// <summary>Finds a package.</summary>
    /// <returns>Its path, or null.</returns>
    public string? Find(Sha256Digest digest) => cache.Find(Kind, digest);

    /// <summary>Finds a package that a restore has brought.</summary>
    /// <exception cref="DiagnosticException">It is gone, as anything in the cache may be.</exception>
    public string Require(LockedPackage package) =>
        Find(Sha256Digest.Parse(package.Digest)) ?? throw RestoreDiagnostics.NotRestored.Error(null, package.Nevra);

    /// <summary>What the headers of packages say that a restore has brought.</summary>
    /// <exception cref="DiagnosticException">One is gone, as anything in the cache may be.</exception>
    public IEnumerable<RpmPackageInfo> Headers(RpmLock packages) => packages.Packages.Select(package => RpmPackageFile.Open(Require(package)).Info);

    /// <summary>Takes in a file that has been verified, by moving it.</summary>
    public void Take(Sha256Digest digest, string file) => cache.Take(Kind, digest, file);

    /// <summary>Takes in a package that lies on disk.</summary>
    /// <returns>The digest of its file.</returns>
    public Sha256Digest Import(string path)
    {
        var digest = Sha256Digest.OfFile(path);
        if (Find(digest) is null)
        {
            using var file = File.OpenRead(path);
            cache.Add(Kind, digest, file.CopyTo);
        }

        return digest;
    }
}
