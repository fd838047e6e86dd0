using System.Collections.Immutable;
using NodeImage.Compose.Definition;

namespace NodeImage.Compose.Metadata;

/// <summary>The labels by which catalogues and scanners know a product.</summary>
internal static class ProductLabels
{
    /// <summary>Adds those that the project gives.</summary>
    public static void Add(ImmutableSortedDictionary<string, string>.Builder labels, ImageDefinition definition)
    {
        if (definition.Metadata.CatalogName is { } name)
        {
            labels[LabelNames.Name] = name;
        }

        if (definition.Metadata.Cpe is { } cpe)
        {
            labels[LabelNames.Cpe] = cpe;
        }
    }
}
