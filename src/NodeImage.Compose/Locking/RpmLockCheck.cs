using NodeImage.Core.Digests;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Locking;

/// <summary>Looks at what somebody may have written into a lock file by hand.</summary>
internal static class RpmLockCheck
{
    /// <summary>Looks whether a lock file that could be read makes sense.</summary>
    /// <exception cref="InvalidDataException">It does not, and why.</exception>
    public static void Check(RpmLockFile file)
    {
        foreach (var (name, target) in file.Targets ?? throw new InvalidDataException("It has no targets."))
        {
            if (target is null || target.Request is null || target.Repositories is null || target.Packages.IsDefault || target.Removed.IsDefault)
            {
                throw new InvalidDataException($"The target '{name}' is incomplete.");
            }

            if (target.Base is { } below && (string.IsNullOrEmpty(below.Image) || !Sha256Digest.TryParse(below.Digest, out _)))
            {
                throw new InvalidDataException($"In '{name}', the base '{below.Image}' has the digest '{below.Digest}', which is no SHA-256 digest.");
            }

            foreach (var package in target.Packages)
            {
                if (Defect(package) is { } defect)
                {
                    throw new InvalidDataException($"In '{name}', {defect}.");
                }
            }
        }
    }

    private static string? Defect(LockedPackage? package) => package switch
    {
        null or { Nevra: null } => "a package has no NEVRA",
        _ when !Nevra.TryParse(package.Nevra, out _) => $"'{package.Nevra}' is no NEVRA",
        { Repository: null } => $"the package '{package.Nevra}' has no repository",
        { Location: null } => $"the package '{package.Nevra}' has no location",
        { Size: < 0 } => $"the package '{package.Nevra}' has a size below zero",
        _ when !Sha256Digest.TryParse(package.Digest, out _) => $"the digest of the package '{package.Nevra}' is '{package.Digest}', which is no SHA-256 digest",
        _ => null,
    };
}
