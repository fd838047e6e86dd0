namespace NodeImage.Rpm.Signatures;

/// <summary>How much of a package's digests and signatures is verified.</summary>
public enum RpmVerificationScope
{
    /// <summary>All of them, as <c>rpmkeys -K</c> does.</summary>
    Everything,

    /// <summary>As many as it takes: where the header holds a digest of the payload, what covers the payload otherwise is left
    /// out, such as the MD5 digests and the signatures over header and payload of older packages.</summary>
    Sufficient,
}
