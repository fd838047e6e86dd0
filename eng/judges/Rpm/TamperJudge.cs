using System.Diagnostics;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Spoils every package that is sound in many ways, and asks for the code that fits each. Packages whose signatures verify are
/// spoilt in these too, and are offered without the key; unsigned ones are offered where a signature is asked for.
/// </summary>
internal sealed class TamperJudge : Judge
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    public override string Name => "tamper";

    public override IReadOnlyList<string> Peers => ["rpmkeys"];

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var keyring = PackageKeys.Import(context, Path.Combine(context.Scratch, "tamper-keys"), verdict);
        foreach (var (path, subject) in PackageFiles.All(context))
        {
            var content = File.ReadAllBytes(path);
            if (!IsSound(content, new RpmVerificationPolicy { RequireSignature = false }, new RpmKeyring()))
            {
                verdict.Skip("a package that is not sound to begin with, or has no digest of header or payload");
                continue;
            }

            var package = RpmPackageFile.Read(content, subject);
            Expect(verdict, subject, Tampering.Of(content, package), new RpmVerificationPolicy { RequireSignature = false }, new RpmKeyring());
            JudgeSignatures(verdict, subject, content, package, keyring);
            verdict.Decide($"{subject} read without verification", () => ReadUnverified(content, package));
        }
    }

    private static void JudgeSignatures(Verdict verdict, string subject, byte[] content, RpmPackageFile package, RpmKeyring keyring)
    {
        var policy = new RpmVerificationPolicy { AllowWeakSignatures = true };
        var isSigned = RpmVerification.Verify(package, keyring).Any(check => check is { Kind: RpmCheckKind.Signature });
        if (!isSigned)
        {
            Expect(verdict, subject, [new("offered where a signature is asked for", content, SignatureDiagnostics.Unsigned.Code)], policy, keyring);
            return;
        }

        Expect(verdict, subject, [new("offered without its key", content, SignatureDiagnostics.NoKey.Code)], policy, new RpmKeyring());
        if (IsSound(content, policy, keyring))
        {
            Expect(verdict, subject, Tampering.Of(content, package).Concat(Tampering.OfSignatures(content, package)), policy, keyring);
        }
    }

    private static bool IsSound(byte[] content, RpmVerificationPolicy policy, RpmKeyring keyring) => CodeOf(content, policy, keyring) is null;

    private static void Expect(Verdict verdict, string subject, IEnumerable<Tampering> tamperings, RpmVerificationPolicy policy, RpmKeyring keyring)
    {
        foreach (var tampering in tamperings)
        {
            verdict.Decide($"{subject} {tampering.Name}", () =>
            {
                var clock = Stopwatch.StartNew();
                var code = CodeOf(tampering.Content, policy, keyring);
                return clock.Elapsed > TooLong ? $"it takes {clock.Elapsed.TotalSeconds:F0} s"
                    : tampering.Codes.Contains(code) ? null
                    : $"{code ?? "it is accepted"}, not {string.Join(" or ", tampering.Codes)}";
            });
        }
    }

    private static string? CodeOf(byte[] content, RpmVerificationPolicy policy, RpmKeyring keyring)
    {
        try
        {
            var package = RpmPackageFile.Read(content, "package");
            policy.Enforce(package, keyring, RpmVerification.Verify(package, keyring));
            return null;
        }
        catch (DiagnosticException e)
        {
            return e.Diagnostic.Code;
        }
    }

    // Nobody should, but whoever does must get a diagnostic as well, or what can be had.
    private static string? ReadUnverified(byte[] content, RpmPackageFile package)
    {
        foreach (var tampering in Tampering.Of(content, package))
        {
            var clock = Stopwatch.StartNew();
            try
            {
                var opened = RpmPackageFile.Read(tampering.Content, "package");
                _ = (opened.Info.Files.Count, opened.Info.Scriptlets.Count, opened.Info.Triggers.Count);
                using var reader = RpmPayloadReader.Open(opened);
                while (reader.MoveNext())
                {
                    reader.Content.CopyTo(Stream.Null);
                }
            }
            catch (DiagnosticException)
            {
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return $"{tampering.Name}: {e}";
            }

            if (clock.Elapsed > TooLong)
            {
                return $"{tampering.Name}: it takes {clock.Elapsed.TotalSeconds:F0} s";
            }
        }

        return null;
    }
}
