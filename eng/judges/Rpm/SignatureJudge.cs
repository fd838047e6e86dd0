using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Verifies every package beside <c>rpmkeys -Kv</c>, line by line, with the keys of the folder <c>keys</c> that rpm takes;
/// then damaged copies of it, which both must judge alike.
/// </summary>
internal sealed class SignatureJudge : Judge
{
    // Digests and signatures that came with rpm 6, of which an older one knows nothing.
    private static readonly RpmTag[] Newer =
    [
        RpmTag.OpenPgp, RpmTag.Sha3Header, RpmTag.PayloadSha512, RpmTag.PayloadSha512Alt, RpmTag.PayloadSha3, RpmTag.PayloadSha3Alt,
    ];

    public override string Name => "signature";

    public override IReadOnlyList<string> Peers => ["rpm", "rpmkeys"];

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var database = Path.Combine(context.Scratch, "keys");
        var keyring = PackageKeys.Import(context, database, verdict);
        foreach (var (path, subject) in PackageFiles.All(context))
        {
            verdict.Decide(subject, () => ComparePackage(context, database, keyring, path));
            foreach (var (damage, content) in Damages(File.ReadAllBytes(path)))
            {
                var copy = Path.Combine(context.Scratch, "damaged.rpm");
                File.WriteAllBytes(copy, content);
                verdict.Decide($"{subject} {damage}", () => CompareDamaged(context, database, keyring, copy));
            }
        }
    }

    private static string? ComparePackage(JudgeContext context, string database, RpmKeyring keyring, string path)
    {
        var (theirs, refused) = Ask(context, database, path);
        var ours = Verify(keyring, path, out var refusal);
        if (ours is null || refused)
        {
            // rpmkeys does not load headers; what rpm cannot load it cannot use either.
            var rpmRefuses = refused || !CanLoad(context, database, path);
            return (ours is null, rpmRefuses) switch
            {
                (true, false) => $"we refuse it: {refusal}",
                (false, true) => "rpm refuses it, we do not",
                _ => null,
            };
        }

        var lines = ours.Where(check => !Newer.Contains(check.Tag)).Select(check => check.ToString()).Order(StringComparer.Ordinal).ToList();
        return lines.SequenceEqual(theirs) ? null : $"'{string.Join("; ", lines.Except(theirs))}', rpmkeys says '{string.Join("; ", theirs.Except(lines))}'";
    }

    private static string? CompareDamaged(JudgeContext context, string database, RpmKeyring keyring, string path)
    {
        var (theirs, refused) = Ask(context, database, path);
        var theyAccept = !refused && theirs.TrueForAll(line => line.EndsWith(": OK", StringComparison.Ordinal));
        var ours = Verify(keyring, path, out var refusal);
        var weAccept = ours is not null && ours.All(check => check.Status == RpmCheckStatus.Ok);
        if (!weAccept && theyAccept)
        {
            // What only rpm 6 verifies, or rpm cannot load, is refused with reason.
            theyAccept = ours?.Any(check => check.Status != RpmCheckStatus.Ok && Newer.Contains(check.Tag)) != true
                && CanLoad(context, database, path);
        }

        return (weAccept, theyAccept) switch
        {
            (true, false) => "we accept it, rpmkeys does not",
            (false, true) => $"rpmkeys accepts it, we do not: {refusal} {string.Join("; ", ours ?? [])}",
            _ => null,
        };
    }

    private static bool CanLoad(JudgeContext context, string database, string path) =>
        Peer.Run(context.Scratch, null, "rpm", "--dbpath", database, "-qp", "--nosignature", path).Succeeded;

    private static (List<string> Lines, bool Refused) Ask(JudgeContext context, string database, string path)
    {
        var result = Peer.Run(context.Scratch, null, "rpmkeys", "--dbpath", database, "-Kv", path);
        var lines = result.Text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => Strip(line.Trim()));
        var list = lines.Order(StringComparer.Ordinal).ToList();
        return (list, list.Count == 0);
    }

    // What stands in parentheses at the end explains the result.
    private static string Strip(string line)
    {
        var parenthesis = line.IndexOf(" (", StringComparison.Ordinal);
        return parenthesis < 0 ? line : line[..parenthesis];
    }

    private static IReadOnlyList<RpmCheck>? Verify(RpmKeyring keyring, string path, out string refusal)
    {
        refusal = "";
        try
        {
            return RpmVerification.Verify(RpmPackageFile.Open(path), keyring);
        }
        catch (DiagnosticException e)
        {
            refusal = e.Message;
            return null;
        }
    }

    private static IEnumerable<(string Damage, byte[] Content)> Damages(byte[] content)
    {
        foreach (var percent in (int[])[20, 60, 99])
        {
            yield return ($"cut off at {percent} %", content[..(int)(content.Length * (long)percent / 100)]);
        }

        foreach (var percent in (int[])[5, 30, 55, 80, 98])
        {
            var changed = (byte[])content.Clone();
            changed[changed.Length * (long)percent / 100] ^= 0x20;
            yield return ($"with the byte at {percent} % changed", changed);
        }
    }
}
