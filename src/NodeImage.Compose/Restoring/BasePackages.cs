using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Layouts;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Restoring;

/// <summary>The packages of the base that an image is layered on.</summary>
public sealed class BasePackages
{
    private readonly Lazy<IReadOnlyList<RpmPackageInfo>> _packages;
    private readonly IReadOnlyList<string> _names;

    private BasePackages(IReadOnlyList<string> names, Func<IReadOnlyList<RpmPackageInfo>> read)
    {
        _names = names;
        _packages = new Lazy<IReadOnlyList<RpmPackageInfo>>(read);
        Identity = Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', names.Order(StringComparer.Ordinal))));
    }

    /// <summary>Their headers' content; read when it is first asked for, which a restore that changes nothing never does.</summary>
    public IReadOnlyList<RpmPackageInfo> Packages => _packages.Value;

    /// <summary>The release that the base's image says it is of; null where the packages are a project's, or the image does not say.</summary>
    public BaseRelease? Release { get; private init; }

    /// <summary>Tells one set of packages from another.</summary>
    public Sha256Digest Identity { get; }

    /// <summary>Reads the packages that a base's project has locked; its image need not have been made yet.</summary>
    /// <param name="lockFile">The base's lock file.</param>
    /// <param name="definition">The base's definition.</param>
    /// <param name="below">The packages of what the base itself stands on, or null where it stands on nothing.</param>
    /// <param name="cache">Holds the packages.</param>
    /// <returns>The packages, those from below among them.</returns>
    /// <exception cref="DiagnosticException">The lock file is malformed, or packages are gone from the cache.</exception>
    public static BasePackages FromLock(string lockFile, ImageDefinition definition, BasePackages? below, ContentCache cache)
    {
        var store = new PackageStore(cache);
        var locked = LockFiles.ReadTarget(lockFile, definition);
        var removed = locked.Removed.ToHashSet(StringComparer.Ordinal);
        string[] names = [.. (below?._names ?? []).Where(name => !removed.Contains(name)), .. locked.Packages.Select(package => package.Nevra)];
        return new BasePackages(
            names,
            () =>
            [
                .. (below?.Packages ?? []).Where(package => !removed.Contains(package.Nevra.ToString())),
                .. locked.Packages.Select(package => RpmPackageFile.Open(store.Require(package), package.Nevra).Info),
            ]);
    }

    /// <summary>Reads the packages of a base's image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cache">Keeps what has been read of its layers.</param>
    /// <param name="scratch">A folder for the database while it is read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The packages.</returns>
    /// <exception cref="DiagnosticException">The image is damaged, or has no rpm database.</exception>
    public static BasePackages FromImage(OciImage image, ContentCache cache, string scratch, CancellationToken cancellation)
    {
        var tree = ComposeInputs.ReadTree(image, cache, cancellation);
        List<RpmPackageInfo> packages = [.. BaseImage.ReadDatabase(tree, scratch).Packages.Where(package => !package.IsPublicKey).Select(package => package.Info)];
        return new BasePackages([.. packages.Select(package => package.Nevra.ToString())], () => packages) { Release = BaseRelease.Read(tree) };
    }
}
