namespace NodeImage.Oci.Formats;

/// <summary>In whose words an image is delivered. Configuration and layers are the same bytes in both; the manifest is not.</summary>
public enum ImageFormat
{
    /// <summary>The OCI image specification's.</summary>
    Oci,

    /// <summary>Docker's image manifest version 2, schema 2.</summary>
    Docker,
}
