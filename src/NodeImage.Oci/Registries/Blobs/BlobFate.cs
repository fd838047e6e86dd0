namespace NodeImage.Oci.Registries.Blobs;

/// <summary>How a blob came to be where it was to go.</summary>
public enum BlobFate
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>The registry took it from another of its repositories.</summary>
    Mounted,

    /// <summary>It was there before.</summary>
    AlreadyThere,
}
