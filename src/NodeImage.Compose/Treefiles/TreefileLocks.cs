using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Compose.Locking;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Versions;
using NodeImage.Treefiles.Locking;

namespace NodeImage.Compose.Treefiles;

/// <summary>Makes a lock of rpm-ostree's form of the project's own.</summary>
internal static class TreefileLocks
{
    /// <summary>Makes the lock.</summary>
    /// <param name="packages">The packages that were chosen.</param>
    /// <param name="architecture">The image's architecture, in rpm's words.</param>
    /// <param name="report">Told where a package is there for two architectures.</param>
    public static TreefileLock Of(RpmLock packages, string architecture, Action<Diagnostic> report)
    {
        var locked = ImmutableSortedDictionary.CreateBuilder<string, TreefileLockPackage>(StringComparer.Ordinal);
        var byName = packages.Packages.Select(package => (Package: package, Nevra: Nevra.TryParse(package.Nevra, out var nevra) ? nevra! : throw new InvalidDataException(package.Nevra))).GroupBy(pair => pair.Nevra.Name, StringComparer.Ordinal);
        foreach (var group in byName)
        {
            var candidates = group.OrderByDescending(pair => pair.Nevra.Architecture == architecture).ThenBy(pair => pair.Package.Nevra, StringComparer.Ordinal).ToList();
            if (candidates.Count > 1)
            {
                report(TreefileUseDiagnostics.MultilibLock.At(new ItemReference("RpmPackage", group.Key), group.Key, string.Join(", ", candidates.Select(pair => pair.Package.Nevra))));
            }

            var (package, chosen) = candidates[0];
            var evr = chosen.Evr.Epoch == 0 ? $"{chosen.Evr.Version}-{chosen.Evr.Release}" : $"{chosen.Evr.Epoch.ToString(CultureInfo.InvariantCulture)}:{chosen.Evr.Version}-{chosen.Evr.Release}";
            locked[group.Key] = new TreefileLockPackage(evr, chosen.Architecture) { Digest = package.Digest };
        }

        return new TreefileLock
        {
            Packages = locked.ToImmutable(),
            Generated = Time(packages.Repositories.Values.Select(repository => repository.Revision).DefaultIfEmpty(0).Max()),
            Repositories = packages.Repositories.Where(pair => pair.Value.Revision > 0).ToImmutableSortedDictionary(pair => pair.Key, pair => Time(pair.Value.Revision), StringComparer.Ordinal),
        };
    }

    private static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
