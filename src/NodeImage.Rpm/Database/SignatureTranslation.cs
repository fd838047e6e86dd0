using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>
/// Takes signatures and digests over into the header of an installed package, under tags that do not clash there
/// (<c>headerMergeLegacySigs</c> in rpm's <c>lib/package.c</c>).
/// </summary>
internal static class SignatureTranslation
{
    private const int MaxItems = 16 * 1024 * 1024;
    private const int FirstLegacyTag = 1000;

    // Count 0 stands for any. "Either" entries may be in the header itself, but not in both.
    private static readonly (RpmTag Tag, RpmTag To, RpmTagType Type, int Count, bool Either)[] Entries =
    [
        (RpmSignatureTag.Size, RpmTag.SigSize, RpmTagType.Int32, 1, false),
        (RpmSignatureTag.Pgp, RpmTag.SigPgp, RpmTagType.Bin, 0, false),
        (RpmSignatureTag.Md5, RpmTag.SigMd5, RpmTagType.Bin, 16, false),
        (RpmSignatureTag.Gpg, RpmTag.SigGpg, RpmTagType.Bin, 0, false),
        (RpmSignatureTag.PayloadSize, RpmTag.ArchiveSize, RpmTagType.Int32, 1, true),
        (RpmSignatureTag.FileSignatures, RpmTag.FileSignatures, RpmTagType.StringArray, 0, true),
        (RpmSignatureTag.FileSignatureLength, RpmTag.FileSignatureLength, RpmTagType.Int32, 1, true),
        (RpmTag.VeritySignatures, RpmTag.VeritySignatures, RpmTagType.StringArray, 0, false),
        (RpmTag.VeritySignatureAlgorithm, RpmTag.VeritySignatureAlgorithm, RpmTagType.Int32, 1, false),
        (RpmTag.Sha1Header, RpmTag.Sha1Header, RpmTagType.String, 1, false),
        (RpmTag.Sha256Header, RpmTag.Sha256Header, RpmTagType.String, 1, false),
        (RpmTag.Sha3Header, RpmTag.Sha3Header, RpmTagType.String, 1, false),
        (RpmTag.DsaHeader, RpmTag.DsaHeader, RpmTagType.Bin, 0, false),
        (RpmTag.RsaHeader, RpmTag.RsaHeader, RpmTagType.Bin, 0, false),
        (RpmTag.LongSigSize, RpmTag.LongSigSize, RpmTagType.Int64, 1, false),
        (RpmTag.LongArchiveSize, RpmTag.LongArchiveSize, RpmTagType.Int64, 1, false),
        (RpmTag.OpenPgp, RpmTag.OpenPgp, RpmTagType.StringArray, 0, false),
    ];

    /// <summary>Takes signatures and digests over.</summary>
    /// <param name="package">The package.</param>
    /// <param name="additions">What they are added to.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2404: one is malformed, or is in the header as well.</exception>
    public static void Add(RpmPackageFile package, HeaderAdditions additions)
    {
        foreach (var (tag, to, type, count, either) in Entries)
        {
            var isSigned = package.Signature.TryFind(tag, out var entry);
            if (package.Header.Contains(to))
            {
                if (either && !isSigned)
                {
                    continue;
                }

                throw DatabaseDiagnostics.NotInstallable.Error(null, package.Source, to);
            }

            if (!isSigned || (package.Info.Format >= 6 && (int)tag >= FirstLegacyTag))
            {
                continue;
            }

            if (entry.Type != type || entry.Count > MaxItems || (count != 0 && entry.Count != count))
            {
                throw DatabaseDiagnostics.NotInstallable.Error(null, package.Source, to);
            }

            additions.Add(to, type, entry.Count, package.Signature.GetData(entry).ToArray());
        }
    }
}
