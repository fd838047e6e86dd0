using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Metadata;

/// <summary>Gathers the labels of an image: its base's, then those of every image of its kind, then the project's own.</summary>
internal static class ImageLabels
{
    /// <summary>Gathers them.</summary>
    /// <param name="request">What the image is a function of; its base is what the image stands on, if anything.</param>
    /// <param name="version">The image's version and time.</param>
    /// <param name="packages">The packages that the image itself brings.</param>
    public static ImmutableSortedDictionary<string, string> Of(ComposeRequest request, ImageVersion version, IEnumerable<RpmPackageInfo> packages)
    {
        var definition = request.Definition;
        var labels = (request.Base?.Config.Labels ?? definition.Container.Labels.Clear()).ToBuilder();
        CommonLabels.Add(labels, request, version);
        switch (definition.Kind)
        {
            case ImageKind.Base:
                BaseLabels.Add(labels, request, packages);
                break;
            case ImageKind.Layered:
                NodeLabels.Add(labels, definition);
                break;
            default:
                labels[LabelNames.Extensions] = "true";
                break;
        }

        foreach (var (name, value) in definition.Container.Labels)
        {
            labels[name] = value;
        }

        if (definition.Metadata.OpenShiftVersionLabels && definition.Kind != ImageKind.Extensions)
        {
            OpenShiftVersionLabels.Add(labels);
        }

        return labels.ToImmutable();
    }
}
