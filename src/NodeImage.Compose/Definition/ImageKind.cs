namespace NodeImage.Compose.Definition;

/// <summary>What a project makes.</summary>
public enum ImageKind
{
    /// <summary>A bootable base image: operating-system content only.</summary>
    Base,

    /// <summary>An image layered on a base.</summary>
    Layered,

    /// <summary>Packages that nodes can install on top of a node image, as a repository in an image.</summary>
    Extensions,
}

/// <summary>Where the initramfs comes from.</summary>
public enum InitramfsKind
{
    /// <summary>It is made by the image's own dracut, in a sandbox.</summary>
    Dracut,

    /// <summary>A package or an overlay brings it.</summary>
    Prebuilt,

    /// <summary>There is none: the image runs as a container, or gets one elsewhere.</summary>
    None,
}

/// <summary>How scriptlets are carried out.</summary>
public enum ScriptletMode
{
    /// <summary>By the catalogue where it knows them, else in a sandbox.</summary>
    Auto,

    /// <summary>By the catalogue only; one that it does not know is an error.</summary>
    Declarative,

    /// <summary>All of them in a sandbox.</summary>
    Sandbox,
}

/// <summary>How layers are compressed.</summary>
public enum LayerCompressionKind
{
    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Zstandard.</summary>
    Zstd,
}
