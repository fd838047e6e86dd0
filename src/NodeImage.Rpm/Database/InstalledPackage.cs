using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>A package in an rpm database.</summary>
/// <param name="Number">The number of its header in the database (<c>hnum</c>), which other tables refer to.</param>
/// <param name="Header">Its header.</param>
public sealed record InstalledPackage(uint Number, RpmHeader Header)
{
    /// <summary>The header as a package: name, dependencies, files with their states, scriptlets.</summary>
    public RpmPackageInfo Info { get; } = new(Header, $"rpm database, header {Number}");

    /// <summary>Whether it is no package but a public key, which rpm keeps among them.</summary>
    public bool IsPublicKey => Header.GetString(RpmTag.Name) == "gpg-pubkey";
}
