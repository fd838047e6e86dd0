namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>How rpm-ostree makes an image of a treefile.</summary>
public enum RpmOstreeComposeMode
{
    /// <summary><c>compose image</c>: in one step, by way of an ostree commit.</summary>
    Image,

    /// <summary><c>compose rootfs</c>, and <c>compose build-chunked-oci</c> of the tree that it makes.</summary>
    Rootfs,
}

/// <summary>How rpm-ostree is called.</summary>
public sealed record RpmOstreeOptions
{
    /// <summary>How an image is made of a treefile.</summary>
    public RpmOstreeComposeMode Mode { get; init; }

    /// <summary>The image that has rpm-ostree in it, or null where the machine itself has it.</summary>
    public string? BuilderImage { get; init; }

    /// <summary>The program that runs the builder image.</summary>
    public string ContainerProgram { get; init; } = "podman";

    /// <summary>A folder in which rpm-ostree keeps from build to build what it has unpacked.</summary>
    public required string CacheFolder { get; init; }
}
