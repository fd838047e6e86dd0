namespace NodeImage.Oci.Images;

/// <summary>The media types of the OCI image specification, version 1.1.</summary>
public static class MediaTypes
{
    /// <summary>An image index.</summary>
    public const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>An image manifest.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>An image configuration.</summary>
    public const string Config = "application/vnd.oci.image.config.v1+json";

    /// <summary>A layer, not compressed.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>A layer, gzip.</summary>
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>A layer, Zstandard.</summary>
    public const string LayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
}
