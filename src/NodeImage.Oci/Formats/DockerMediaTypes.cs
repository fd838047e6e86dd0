using NodeImage.Oci.Images;

namespace NodeImage.Oci.Formats;

/// <summary>The media types of Docker's image manifest version 2, schema 2, which registries keep beside OCI's.</summary>
internal static class DockerMediaTypes
{
    public const string ManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Config = "application/vnd.docker.container.image.v1+json";
    public const string Layer = "application/vnd.docker.image.rootfs.diff.tar";
    public const string LayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public const string LayerZstd = "application/vnd.docker.image.rootfs.diff.tar.zstd";

    /// <summary>Says the same in OCI's words. Configuration and layers are the same bytes; the manifest is another.</summary>
    public static ImageManifest ToOci(ImageManifest manifest) => manifest with
    {
        Config = ToOci(manifest.Config),
        Layers = [.. manifest.Layers.Select(ToOci)],
    };

    /// <summary>Says the same in Docker's words, which know no annotations.</summary>
    public static ImageManifest ToDocker(ImageManifest manifest) => new(ToDocker(manifest.Config), [.. manifest.Layers.Select(ToDocker)]);

    private static Descriptor ToDocker(Descriptor blob) => new(
        blob.MediaType switch
        {
            MediaTypes.Config => Config,
            MediaTypes.Layer => Layer,
            MediaTypes.LayerGzip => LayerGzip,
            var other => other,
        },
        blob.Digest,
        blob.Size);

    private static Descriptor ToOci(Descriptor blob) => blob with
    {
        MediaType = blob.MediaType switch
        {
            Config => MediaTypes.Config,
            Layer => MediaTypes.Layer,
            LayerGzip => MediaTypes.LayerGzip,
            LayerZstd => MediaTypes.LayerZstd,
            var other => other,
        },
    };
}
