using System.Collections.Immutable;

namespace NodeImage.Compose.Definition;

/// <summary>What a project says of its image in the labels and files that the tools of CoreOS and OpenShift read.</summary>
public sealed record MetadataSettings
{
    /// <summary>The operating system's name (<c>com.coreos.osname</c>), such as <c>rhcos</c>; null for the image's own name.</summary>
    public string? OSName { get; init; }

    /// <summary>The stream of releases (<c>com.coreos.stream</c>), such as <c>rhel-9.6</c>; null for the target framework's.</summary>
    public string? Stream { get; init; }

    /// <summary>The name that catalogues of products list the image under (<c>name</c>), such as <c>openshift/ose-rhel-coreos-9</c>, or null.</summary>
    public string? CatalogName { get; init; }

    /// <summary>The name that catalogues of vulnerabilities know the product by (<c>cpe</c>), or null.</summary>
    public string? Cpe { get; init; }

    /// <summary>Whether the labels are written by which a release of OpenShift finds the version of its machines' system.</summary>
    public bool OpenShiftVersionLabels { get; init; }

    /// <summary>The content sets that the image's packages come from, for scanners; none where no such file is wanted.</summary>
    public ImmutableArray<string> ContentSets { get; init; } = [];

    /// <summary>Whether the time of the image is told by labels too (<c>ContainerGenerateLabelsImageCreated</c>).</summary>
    public bool CreatedLabels { get; init; }

    /// <summary>Whether the base's digest is told by a label (<c>ContainerGenerateLabelsImageBaseDigest</c>).</summary>
    public bool BaseDigestLabel { get; init; }
}
