using System.Collections.Immutable;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels of an image that a machine can boot.</summary>
internal static class BootableLabels
{
    /// <summary>Adds them.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels)
    {
        labels[LabelNames.Bootc] = "1";
        labels[LabelNames.OSTreeBootable] = "1";
    }
}
