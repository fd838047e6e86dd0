using System.Globalization;
using System.Runtime.CompilerServices;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Keeps one copy of what packages have in common. Of a million dependencies in a large repository nearly all are the same
/// few names, versions and pairs of them.
/// </summary>
internal sealed class PackageStrings
{
    private readonly HashSet<string> _texts = [];
    private readonly Dictionary<string, List<Evr>> _versions = [];
    private readonly Dictionary<DependencyKey, Dependency> _dependencies = [];
    private Evr _lastVersion = new(0, "", null);

    /// <summary>The one copy of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text.</returns>
    public string Text(string text)
    {
        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts.Add(text);
        return text;
    }

    /// <summary>The one copy of a version.</summary>
    /// <param name="epoch">The epoch's digits, empty for 0.</param>
    /// <param name="version">The version.</param>
    /// <param name="release">The release, or null.</param>
    /// <returns>The version.</returns>
    public Evr Version(string epoch, string version, string? release)
    {
        _ = uint.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (IsSame(_lastVersion, number, version, release))
        {
            return _lastVersion;
        }

        if (!_versions.TryGetValue(version, out var known))
        {
            _versions[version] = known = [];
        }

        foreach (var evr in known)
        {
            if (IsSame(evr, number, version, release))
            {
                return _lastVersion = evr;
            }
        }

        var added = new Evr(number, version, release is null ? null : Text(release));

        // A hostile list of releases of one version must not be walked over again and again.
        if (known.Count < 64)
        {
            known.Add(added);
        }

        return _lastVersion = added;
    }

    /// <summary>The one copy of a dependency.</summary>
    /// <param name="name">The capability.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="version">The version, from <see cref="Version"/>, or null.</param>
    /// <returns>The dependency.</returns>
    public Dependency Dependency(string name, DependencyFlags flags, Evr? version)
    {
        name = Text(name);
        var key = new DependencyKey(name, flags, version);
        if (!_dependencies.TryGetValue(key, out var dependency))
        {
            _dependencies[key] = dependency = new Dependency(name, flags, version);
        }

        return dependency;
    }

    private static bool IsSame(Evr evr, uint epoch, string version, string? release) =>
        evr.Epoch == epoch && evr.Version == version && evr.Release == release;

    // Names and versions are the one copy already, so that their places in memory tell them apart.
    private readonly record struct DependencyKey(string Name, DependencyFlags Flags, Evr? Version)
    {
        public bool Equals(DependencyKey other) =>
            ReferenceEquals(Name, other.Name) && Flags == other.Flags && ReferenceEquals(Version, other.Version);

        public override int GetHashCode() =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(Name), (int)Flags, Version is null ? 0 : RuntimeHelpers.GetHashCode(Version));
    }
}
