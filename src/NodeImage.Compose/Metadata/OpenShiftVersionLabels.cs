using System.Collections.Immutable;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels by which a release of OpenShift finds the version of its machines' system.</summary>
internal static class OpenShiftVersionLabels
{
    private const string Component = "machine-os";

    /// <summary>Adds them, made of the image's final version and description.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels)
    {
        labels[LabelNames.OpenShiftVersions] = $"{Component}={labels[LabelNames.Version]}";
        labels[LabelNames.OpenShiftDisplayNames] = $"{Component}={labels[LabelNames.Description]}";
    }
}
