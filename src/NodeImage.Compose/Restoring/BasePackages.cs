using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Restoring;

/// <summary>The packages of the base that an image is layered on.</summary>
/// <param name="Packages">Their headers' content, in the order in which they were installed.</param>
public sealed record BasePackages(IReadOnlyList<RpmPackageInfo> Packages)
{
    /// <summary>Tells one set of packages from another.</summary>
    public Sha256Digest Identity { get; } = Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', Packages.Select(package => package.Nevra.ToString()).Order(StringComparer.Ordinal))));
}
