namespace NodeImage.Compose.Metadata;

/// <summary>The labels that images of CoreOS and OpenShift carry, by who reads them.</summary>
internal static class LabelNames
{
    /// <summary>bootc and rpm-ostree: the image can be booted.</summary>
    public const string Bootc = "containers.bootc";

    /// <summary>ostree's tools: the image can be booted.</summary>
    public const string OSTreeBootable = "ostree.bootable";

    /// <summary>OpenShift's machine-config operator: the image has a kernel.</summary>
    public const string OSTreeLinux = "ostree.linux";

    /// <summary>coreos-assembler: the operating system's name.</summary>
    public const string OSName = "com.coreos.osname";

    /// <summary>coreos-assembler: the stream of releases.</summary>
    public const string Stream = "com.coreos.stream";

    /// <summary>Pipelines: what a base was made of.</summary>
    public const string InputHash = "com.coreos.inputhash";

    /// <summary>OpenShift's release tools: versions of what is in an image.</summary>
    public const string OpenShiftVersions = "io.openshift.build.versions";

    /// <summary>OpenShift's release tools: names of these versions for people.</summary>
    public const string OpenShiftDisplayNames = "io.openshift.build.version-display-names";

    /// <summary>OpenShift's release tools: the last layer of a node image has the list of packages.</summary>
    public const string MetadataLayer = "io.openshift.metalayer";

    /// <summary>OpenShift's machine-config operator: the image has extensions.</summary>
    public const string Extensions = "io.openshift.os.extensions";

    /// <summary>Catalogues: the image's name.</summary>
    public const string Name = "name";

    /// <summary>Scanners: the product's name (Common Platform Enumeration).</summary>
    public const string Cpe = "cpe";

    /// <summary>Catalogues: the machine architecture in Go's words.</summary>
    public const string Architecture = "architecture";

    /// <summary>The image's version (OCI image specification, "Annotations", as the others below).</summary>
    public const string Version = "org.opencontainers.image.version";

    /// <summary>The image's name for people.</summary>
    public const string Title = "org.opencontainers.image.title";

    /// <summary>What the image is.</summary>
    public const string Description = "org.opencontainers.image.description";

    /// <summary>When the image was made.</summary>
    public const string Created = "org.opencontainers.image.created";

    /// <summary>The same, as the .NET SDK says it too.</summary>
    public const string ArtifactCreated = "org.opencontainers.artifact.created";

    /// <summary>Where the image's sources are.</summary>
    public const string Source = "org.opencontainers.image.source";

    /// <summary>Which revision of them it was made from.</summary>
    public const string Revision = "org.opencontainers.image.revision";

    /// <summary>The digest of the image below.</summary>
    public const string BaseDigest = "org.opencontainers.image.base.digest";
}
