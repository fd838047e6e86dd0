using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines;

/// <summary>An image's version and time, which come from what it is made of and never from a clock.</summary>
/// <param name="Version">The version: <c>$rhel.$YYYYMMDD-$n</c> unless the project gives another.</param>
/// <param name="Time">The time of everything that is made while composing, in seconds since 1970.</param>
internal sealed record ImageVersion(string Version, long Time)
{
    private const string VersionLabel = "org.opencontainers.image.version";

    /// <summary>Decides the version and time of an image.</summary>
    public static ImageVersion Of(ImageDefinition definition, RpmLock packages, OciImage? below)
    {
        // The newest repository's date: the same packages from the same repositories are the same version.
        var newest = packages.Repositories.Values.Select(repository => repository.Revision).DefaultIfEmpty(0).Max();
        var time = definition.SourceDateEpoch ?? Math.Max(newest, below?.Config.Created ?? 0);

        // A node image inherits its base's version: a machine's version is that of its operating system.
        var inherited = below?.Config.Labels.GetValueOrDefault(VersionLabel);
        var prefix = OSRelease.TryParse(definition.TargetFramework, out var release) ? release.VersionPrefix : definition.TargetFramework;
        var date = DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var automatic = inherited is null && definition.Tree.VersionPrefix is { } given ? VersionPrefix.Expand(given, time) : null;
        return new ImageVersion(definition.Version ?? inherited ?? automatic ?? $"{prefix}.{date}-0", time);
    }
}
