namespace NodeImage.Rpm.Packages;

/// <summary>What a package says about a file. The values are those of <c>rpmfileAttrs</c> in rpm's <c>rpmfiles.h</c>.</summary>
[Flags]
public enum RpmFileFlags
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>A configuration file.</summary>
    Config = 1 << 0,

    /// <summary>Documentation.</summary>
    Doc = 1 << 1,

    /// <summary>An icon.</summary>
    Icon = 1 << 2,

    /// <summary>It may be missing after installation.</summary>
    MissingOk = 1 << 3,

    /// <summary>A changed one is not replaced.</summary>
    NoReplace = 1 << 4,

    /// <summary>The spec file of a source package.</summary>
    SpecFile = 1 << 5,

    /// <summary>Owned, but not in the payload.</summary>
    Ghost = 1 << 6,

    /// <summary>A licence.</summary>
    License = 1 << 7,

    /// <summary>A file to read first.</summary>
    Readme = 1 << 8,

    /// <summary>A public key.</summary>
    PubKey = 1 << 11,

    /// <summary>A by-product of building, such as a link for debuggers.</summary>
    Artifact = 1 << 12,
}
