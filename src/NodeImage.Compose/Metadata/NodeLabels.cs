using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels of an image on a base, as <c>Containerfile</c> of openshift/os gives them to the node image. The base's stay.</summary>
internal static class NodeLabels
{
    /// <summary>Adds them.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels, ImageDefinition definition)
    {
        BootableLabels.Add(labels);
        labels[LabelNames.MetadataLayer] = "true";
        labels[LabelNames.OSTreeLinux] = "true";
        labels[LabelNames.Architecture] = Architectures.ToGo(definition.Architecture);
        Set(labels, LabelNames.OSName, definition.Metadata.OSName);
        Set(labels, LabelNames.Stream, definition.Metadata.Stream);
        ProductLabels.Add(labels, definition);
    }

    private static void Set(ImmutableSortedDictionary<string, string>.Builder labels, string name, string? value)
    {
        if (value is not null)
        {
            labels[name] = value;
        }
    }
}
