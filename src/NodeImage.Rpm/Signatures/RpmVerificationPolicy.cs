using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Signatures;

/// <summary>What a build asks of a package. Whatever is asked, nothing that was checked may have failed.</summary>
public sealed record RpmVerificationPolicy
{
    /// <summary>Whether header and payload must be signed by a key of the keyring; otherwise a digest of each will do.</summary>
    public bool RequireSignature { get; init; } = true;

    /// <summary>Whether signatures over MD5, SHA-1 and RIPEMD-160 digests count, as they do to rpm 4.18 but to no current system.</summary>
    public bool AllowWeakSignatures { get; init; }

    /// <summary>Refuses a package that does not meet the policy.</summary>
    /// <param name="package">The package.</param>
    /// <param name="keyring">The keys that it was verified with, for messages.</param>
    /// <param name="checks">What came of verifying it, payload included.</param>
    /// <exception cref="DiagnosticException">NI2102 to NI2109: it does not meet the policy, and why.</exception>
    public void Enforce(RpmPackageFile package, RpmKeyring keyring, IReadOnlyList<RpmCheck> checks) =>
        Enforce(package, keyring, checks, RpmCheckRange.HeaderAndPayload);

    /// <summary>Refuses a package whose header does not meet the policy, before its payload has been read.</summary>
    /// <param name="package">The package.</param>
    /// <param name="keyring">The keys that it was verified with, for messages.</param>
    /// <param name="checks">What came of verifying its header.</param>
    /// <exception cref="DiagnosticException">NI2102 to NI2109: it does not meet the policy, and why.</exception>
    public void EnforceHeader(RpmPackageFile package, RpmKeyring keyring, IReadOnlyList<RpmCheck> checks) =>
        Enforce(package, keyring, checks, RpmCheckRange.Header);

    private void Enforce(RpmPackageFile package, RpmKeyring keyring, IReadOnlyList<RpmCheck> checks, RpmCheckRange range)
    {
        CheckSize(package);
        RefuseFailed(package, checks);
        if (RequireSignature)
        {
            RequireSignatureOver(package, keyring, checks);
        }

        var covered = checks.Where(check => check.Status == RpmCheckStatus.Ok).Aggregate(RpmCheckRange.None, (all, check) => all | check.Range);
        var missing = range & ~covered;
        if (missing != 0)
        {
            throw SignatureDiagnostics.Unverifiable.Error(null, package.Source, missing == RpmCheckRange.Payload ? "payload" : "header");
        }
    }

    // Nothing signs these sizes, but one that does not fit tells of a download that ended early.
    private static void CheckSize(RpmPackageFile package)
    {
        var announced = package.Signature.GetNumber(RpmTag.LongSigSize) ?? package.Signature.GetNumber(RpmSignatureTag.Size);
        var found = package.Length - package.HeaderOffset;
        if (announced is { } size && size != (ulong)found)
        {
            throw SignatureDiagnostics.SizeMismatch.Error(null, package.Source, size, found);
        }
    }

    private static void RefuseFailed(RpmPackageFile package, IReadOnlyList<RpmCheck> checks)
    {
        if (checks.FirstOrDefault(check => check.Status == RpmCheckStatus.Bad) is { } bad)
        {
            // A signature fails as well where a digest does; the digest tells more plainly that the file is damaged.
            var digest = checks.FirstOrDefault(check => check is { Status: RpmCheckStatus.Bad, Kind: RpmCheckKind.Digest });
            throw digest is null
                ? SignatureDiagnostics.BadSignature.Error(null, package.Source, bad.Description)
                : SignatureDiagnostics.DigestMismatch.Error(null, package.Source, digest.Description);
        }

        if (checks.FirstOrDefault(check => check.Status == RpmCheckStatus.NotTrusted) is { Key: { } key } revoked)
        {
            throw SignatureDiagnostics.RevokedKey.Error(null, package.Source, revoked.KeyId, key.UserId);
        }
    }

    private void RequireSignatureOver(RpmPackageFile package, RpmKeyring keyring, IReadOnlyList<RpmCheck> checks)
    {
        var verified = checks.Where(check => check is { Kind: RpmCheckKind.Signature, Status: RpmCheckStatus.Ok }).ToList();
        if (verified.Count == 0)
        {
            throw checks.FirstOrDefault(check => check.Status == RpmCheckStatus.NoKey) is { } unknown
                ? SignatureDiagnostics.NoKey.Error(null, package.Source, unknown.KeyId, Describe(keyring))
                : SignatureDiagnostics.Unsigned.Error(null, package.Source);
        }

        if (!AllowWeakSignatures && verified.TrueForAll(check => IsWeak(check.DigestAlgorithm)))
        {
            throw SignatureDiagnostics.WeakSignature.Error(null, package.Source, verified[0].Description);
        }

        // What a signed package leaves unsigned is reported as missing.
        if (checks.FirstOrDefault(check => check.Status == RpmCheckStatus.NotFound) is { } part)
        {
            throw SignatureDiagnostics.Unverifiable.Error(null, package.Source, part.Range == RpmCheckRange.Header ? "header" : "payload");
        }
    }

    private static bool IsWeak(DigestAlgorithm algorithm) =>
        algorithm is DigestAlgorithm.Md5 or DigestAlgorithm.Sha1 or DigestAlgorithm.RipeMd160;

    private static string Describe(RpmKeyring keyring) =>
        keyring.Keys.Count == 0 ? "there are none" : string.Join(", ", keyring.Keys.Select(key => key.ToString()));
}
