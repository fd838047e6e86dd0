using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels of a base, as <c>Containerfile</c> of coreos/fedora-coreos-config gives them to it.</summary>
internal static class BaseLabels
{
    /// <summary>Adds them.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels, ComposeRequest request, IEnumerable<RpmPackageInfo> packages)
    {
        var definition = request.Definition;
        BootableLabels.Add(labels);
        labels[LabelNames.OSName] = definition.Metadata.OSName ?? definition.Name;
        labels[LabelNames.Stream] = definition.Metadata.Stream ?? StreamOf(definition.TargetFramework);
        labels[LabelNames.InputHash] = InputHash.Of(request, packages).Hex;
        ProductLabels.Add(labels, definition);
    }

    // As coreos/rhel-coreos-config names its streams: "rhel-9.6", "c9s".
    private static string StreamOf(string targetFramework) =>
        OSRelease.TryParse(targetFramework, out var release) && release.Minor is not null ? $"{release.Family}-{release.VersionPrefix}" : targetFramework;
}
