using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Core.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Compose.Restoring;

/// <summary>A package that the project brings as a file.</summary>
/// <param name="Request">The request that names it.</param>
/// <param name="Description">What it is.</param>
/// <param name="Digest">The digest of its file.</param>
internal sealed record LocalPackageFile(PackageRequest Request, RepositoryPackage Description, Sha256Digest Digest)
{
    public static LocalPackageFile Read(PackageRequest request, string path, Sha256Digest digest) =>
        new(request, LocalPackage.Describe(RpmPackageFile.Open(path, request.File!.Path), request.File!.Path, "sha256", digest.Hex), digest);

    public LockedPackage ToLocked() => new(Description.Nevra.ToString(), "", Request.File!.Path, Request.File.Size, Digest.ToString(), null);
}
