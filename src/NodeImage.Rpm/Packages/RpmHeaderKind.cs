namespace NodeImage.Rpm.Packages;

/// <summary>Where a header comes from, which decides what rules it must keep to.</summary>
public enum RpmHeaderKind
{
    /// <summary>The header of signatures and digests in a package file.</summary>
    Signature,

    /// <summary>The header that describes the package, in a package file.</summary>
    Package,

    /// <summary>The header of an installed package, in an rpm database: entries may follow the immutable region.</summary>
    Installed,
}
