using System.Security.Cryptography;
using System.Text;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Units;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Metadata;

/// <summary>
/// The digest of what a base was made of, by which pipelines tell whether anything changed: computed as
/// <c>calculate_inputhash</c> in <c>build-rootfs</c> of coreos/fedora-coreos-config computes it. <c>docs/metadata.md</c> has the bytes.
/// </summary>
internal static class InputHash
{
    private const int AnyExecute = 0b001_001_001;

    /// <summary>Computes it.</summary>
    /// <param name="request">What the image is a function of.</param>
    /// <param name="packages">The packages that are installed.</param>
    public static Sha256Digest Of(ComposeRequest request, IEnumerable<RpmPackageInfo> packages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var package in packages.Select(Name).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(package));
        }

        foreach (var overlay in request.Definition.Overlays)
        {
            AddFiles(hash, overlay.Entries);
        }

        // Units of their own are what elsewhere is one more overlay.
        AddFiles(hash, request.Definition.Units.Select(unit => new OverlayEntry(PathOf(unit), FileType.Regular, 0b110_100_100) { File = unit.File }));
        foreach (var script in request.Definition.PostProcessScripts)
        {
            hash.AppendData(script.File.Open(request.ProjectFolder).ReadAllBytes());
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }

    // rpm's %{NEVRA}: an epoch of 0 is told where the package itself tells it.
    private static string Name(RpmPackageInfo package)
    {
        var (name, evr, architecture) = package.Nevra;
        var epoch = package.Header.Contains(RpmTag.Epoch) ? $"{evr.Epoch}:" : "";
        return $"{name}-{epoch}{evr.Version}-{evr.Release}.{architecture}";
    }

    private static void AddFiles(IncrementalHash hash, IEnumerable<OverlayEntry> entries)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Size];
        foreach (var entry in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            if (entry.LinkTarget is { } target)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(target));
            }
            else if (entry.File is { } file)
            {
                Sha256Digest.Parse(file.Digest).CopyTo(digest);
                hash.AppendData(digest);
                hash.AppendData([(entry.Mode & AnyExecute) != 0 ? (byte)1 : (byte)0]);
            }
        }
    }

    private static string PathOf(UnitDefinition unit)
    {
        var folder = unit.Scope == UnitScope.User ? "/usr/lib/systemd/user" : "/usr/lib/systemd/system";
        return unit.DropInFor is { } other ? $"{folder}/{other}.d/{unit.Name}" : $"{folder}/{unit.Name}";
    }
}
