using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Turns a package file into what a repository would say of it. What is left out and in which order the rest comes is what
/// createrepo_c does (<c>cr_package_from_header</c> in its <c>src/parsehdr.c</c>), so that solving gives the same result either way.
/// </summary>
public static class LocalPackage
{
    private const DependencyFlags BeforeInstallation = DependencyFlags.Prerequisite | DependencyFlags.ScriptPre
        | DependencyFlags.ScriptPost | DependencyFlags.ScriptPreTransaction | DependencyFlags.ScriptPostTransaction;

    /// <summary>Describes a package file.</summary>
    /// <param name="package">The package.</param>
    /// <param name="location">Where the file is, as <see cref="RepositoryPackage.Location"/>, or null.</param>
    /// <param name="checksumType">The algorithm of <paramref name="checksum"/>, or an empty string.</param>
    /// <param name="checksum">The file's checksum, lower-case hexadecimal digits, or an empty string.</param>
    /// <returns>The package. All its files are told, not only the well-known ones.</returns>
    public static RepositoryPackage Describe(RpmPackageFile package, string? location, string checksumType = "", string checksum = "") =>
        Describe(package.Info) with
        {
            Location = location,
            ChecksumType = checksumType,
            Checksum = checksum,
            PackageSize = package.Length,
        };

    /// <summary>Describes an installed package.</summary>
    /// <param name="info">The package.</param>
    /// <returns>The package. All its files are told, not only the well-known ones.</returns>
    public static RepositoryPackage Describe(RpmPackageInfo info)
    {
        var files = info.Files.Select(file => file.Path).ToArray();
        var provides = Plain(info.Provides);
        return new RepositoryPackage
        {
            Nevra = info.Nevra,
            Summary = info.Summary,
            Vendor = info.Vendor,
            SourceRpm = info.SourceRpm,
            BuildTime = info.BuildTime,
            InstalledSize = info.InstalledSize,
            Provides = provides,
            Requires = Requires(info.Requires, provides, files),
            Conflicts = Plain(info.Conflicts),
            Obsoletes = Plain(info.Obsoletes),
            Recommends = Plain(info.GetDependencies(RpmDependencyKind.Recommends)),
            Suggests = Plain(info.GetDependencies(RpmDependencyKind.Suggests)),
            Supplements = Plain(info.GetDependencies(RpmDependencyKind.Supplements)),
            Enhances = Plain(info.GetDependencies(RpmDependencyKind.Enhances)),
            Files = files,
        };
    }

    /// <summary>Whether <c>primary.xml</c> lists a file, rather than only <c>filelists.xml</c>.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>True for what createrepo_c takes for programs and configuration.</returns>
    public static bool IsPrimaryFile(string path) =>
        path.StartsWith("/etc/", StringComparison.Ordinal) || path == "/usr/lib/sendmail" || path.Contains("bin/", StringComparison.Ordinal);

    private static Dependency[] Plain(IReadOnlyList<Dependency> dependencies) =>
        [.. dependencies.Select(dependency => dependency with { Flags = dependency.Flags & DependencyFlags.Comparison })];

    private static Dependency[] Requires(IReadOnlyList<Dependency> requires, Dependency[] provides, string[] files)
    {
        var own = new HashSet<Dependency>(provides);
        var paths = new HashSet<string>(files.Where(IsPrimaryFile), StringComparer.Ordinal);
        var last = new Dictionary<string, Dependency>(StringComparer.Ordinal);
        var kept = new List<Dependency>();
        Dependency? libc = null;
        foreach (var require in requires)
        {
            var flags = require.Flags & DependencyFlags.Comparison;
            if (require.Name.StartsWith("rpmlib(", StringComparison.Ordinal) || paths.Contains(require.Name)
                || own.Contains(require with { Flags = flags }))
            {
                continue;
            }

            var plain = require with { Flags = flags | ((require.Flags & BeforeInstallation) != 0 ? DependencyFlags.Prerequisite : 0) };
            if (plain.Name.StartsWith("libc.so.6", StringComparison.Ordinal))
            {
                // Of the many versions of the C library's symbols the highest says it all.
                libc = libc is null || IsHigher(plain.Name, libc.Name) ? plain : libc;
            }
            else if (!last.TryGetValue(plain.Name, out var before) || before != plain)
            {
                last[plain.Name] = plain;
                kept.Add(plain);
            }
        }

        return libc is null ? [.. kept] : [.. kept, libc];
    }

    private static bool IsHigher(string candidate, string current)
    {
        var (version, currentVersion) = (SymbolVersion(candidate), SymbolVersion(current));
        return version is not null && (currentVersion is null || RpmVersion.Compare(version, currentVersion) > 0);
    }

    // The digits in "libc.so.6(GLIBC_2.34)(64bit)", null where there are none.
    private static string? SymbolVersion(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : name.IndexOf(')', open);
        if (close <= open + 1)
        {
            return null;
        }

        var inside = name[(open + 1)..close];
        var digit = inside.AsSpan().IndexOfAnyInRange('0', '9');
        return digit < 0 ? null : inside[digit..];
    }
}
