using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Compose.Engines;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels that images of every kind have.</summary>
internal static class CommonLabels
{
    /// <summary>Adds them.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels, ComposeRequest request, ImageVersion version)
    {
        var definition = request.Definition;
        labels[LabelNames.Version] = version.Version;
        labels[LabelNames.Title] = definition.Name;

        // What a base says of itself is not said of what stands on it.
        labels[LabelNames.Description] = definition.Container.Labels.GetValueOrDefault(LabelNames.Title, definition.Name);
        labels.Remove(LabelNames.Created);
        labels.Remove(LabelNames.ArtifactCreated);
        labels.Remove(LabelNames.BaseDigest);
        labels.Remove(LabelNames.Source);
        labels.Remove(LabelNames.Revision);
        if (definition.Metadata.CreatedLabels)
        {
            labels[LabelNames.Created] = labels[LabelNames.ArtifactCreated] = Time(version.Time);
        }

        if (definition.Metadata.BaseDigestLabel && request.Base is { } below)
        {
            labels[LabelNames.BaseDigest] = below.Digest.ToString();
        }
    }

    /// <summary>A time as RFC 3339 writes it, in UTC and to the second.</summary>
    /// <param name="seconds">Seconds since 1970.</param>
    public static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
