using NodeImage.Core.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>A package that a repository offers.</summary>
/// <param name="File">The package file, whose headers have been read.</param>
/// <param name="Location">Where the file lies, relative to the repository's folder.</param>
/// <param name="Checksum">The digest of the whole file.</param>
public sealed record PublishedPackage(RpmPackageFile File, string Location, Sha256Digest Checksum)
{
    /// <summary>When the file was last changed, in seconds since 1970. Unless it is told, that is when the package was built, so that
    /// the metadata is a function of the packages alone.</summary>
    public long FileTime { get; init; } = File.Info.BuildTime;

    /// <summary>The architecture as metadata tells it: <c>src</c> for every source package.</summary>
    internal string Architecture => File.Info.Nevra.Architecture is var architecture && architecture == "nosrc" ? "src" : architecture;

    /// <summary>Reads a package file, its digest included.</summary>
    /// <param name="path">The file.</param>
    /// <param name="location">Where it lies, relative to the repository's folder.</param>
    /// <returns>The package.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2301 to NI2303: it is no package, is malformed, or cannot be read.</exception>
    public static PublishedPackage Read(string path, string location)
    {
        var file = RpmPackageFile.Open(path);
        try
        {
            return new PublishedPackage(file, location, Sha256Digest.OfFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackageDiagnostics.Unreadable.Wrap(e, null, path, e.Message);
        }
    }
}
