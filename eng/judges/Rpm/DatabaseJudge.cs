using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Reads every rpm database beside <c>rpm -qa</c>, writes it anew and has rpm read and verify that; and enters every
/// binary package into a database beside <c>rpm -i</c>, and compares every row of every table.
/// </summary>
internal sealed class DatabaseJudge : Judge
{
    private const string Format = "%{DBINSTANCE}|%{NEVRA}|%{INSTALLTIME}|%{INSTALLTID}|%{SIZE}|%{SHA1HEADER}|%{SIGMD5}|[%{FILENAMES},%{FILESTATES},]|[%{REQUIRENEVRS},]\n";

    private static readonly string[] Tables =
    [
        "Name", "Basenames", "Group", "Requirename", "Providename", "Conflictname", "Obsoletename", "Triggername", "Dirnames", "Installtid",
        "Sigmd5", "Sha1header", "Filetriggername", "Transfiletriggername", "Recommendname", "Suggestname", "Supplementname", "Enhancename",
    ];

    public override string Name => "rpmdb";

    public override IReadOnlyList<string> Peers => ["rpm", "rpmdb", "sqlite3"];

    public override double Bar => 0.9;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        foreach (var path in Directory.EnumerateFiles(context.Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name is RpmDatabase.SqliteFileName or RpmDatabase.NdbFileName)
            {
                verdict.Decide(Path.GetRelativePath(context.Data, path), () => Guard(() => CompareDatabase(context, path, name)));
            }
        }

        foreach (var (path, subject) in PackageFiles.All(context))
        {
            JudgeInstallation(context, verdict, path, subject);
        }
    }

    private static string? Guard(Func<string?> compare)
    {
        try
        {
            return compare();
        }
        catch (DiagnosticException e)
        {
            return $"we refuse it: {e.Message}";
        }
    }

    private static string? CompareDatabase(JudgeContext context, string path, string name)
    {
        // rpm changes what it reads, so it gets a copy.
        var theirs = Fresh(context, "their-db");
        File.Copy(path, Path.Combine(theirs, name));
        var kind = name == RpmDatabase.NdbFileName ? "ndb" : "sqlite";
        var expected = Query(context, theirs, kind);
        var database = RpmDatabase.Read(path);
        var ours = Fresh(context, "our-db");
        database.Write(Path.Combine(ours, RpmDatabase.SqliteFileName));
        var found = Query(context, ours, "sqlite");
        var isRead = expected.Length > 0
            ? expected == found

            // An rpm that is built without this kind of database cannot say more than how many headers there are.
            : found.Count(c => c == '\n') == Count(File.ReadAllBytes(path), "BlbS"u8);
        if (!isRead)
        {
            return $"rpm reads {found.Count(c => c == '\n')} packages from what we wrote, {expected.Count(c => c == '\n')} from the original";
        }

        if (!Peer.Run(context.Scratch, null, "rpmdb", "--dbpath", ours, "--verifydb").Succeeded)
        {
            return "rpmdb --verifydb refuses what we wrote";
        }

        return kind == "sqlite" ? CompareTables(context, path, Path.Combine(ours, RpmDatabase.SqliteFileName)) : null;
    }

    private static int Count(ReadOnlySpan<byte> content, ReadOnlySpan<byte> magic)
    {
        var count = 0;
        for (var next = content.IndexOf(magic); next >= 0; next = content.IndexOf(magic))
        {
            count++;
            content = content[(next + magic.Length)..];
        }

        return count;
    }

    private static void JudgeInstallation(JudgeContext context, Verdict verdict, string path, string subject)
    {
        var theirs = Fresh(context, "their-db");
        var installed = Peer.Run(
            context.Scratch, null, "rpm", "--dbpath", theirs, "-i", "--justdb", "--nodeps", "--noscripts", "--notriggers", "--ignoreos", "--ignorearch", "--nosignature", path);
        var rpmFile = Path.Combine(theirs, RpmDatabase.SqliteFileName);
        if (!installed.Succeeded)
        {
            verdict.Decide(subject, IsAcceptable(path) ? $"rpm does not install it, we would: {installed.Error}" : null);
            return;
        }

        if (!File.Exists(rpmFile))
        {
            // Source packages are unpacked, not entered.
            verdict.Skip("a source package, which is unpacked and not entered");
            return;
        }

        verdict.Decide(subject, () => Guard(() => CompareInstallation(context, path, rpmFile)));
    }

    private static bool IsAcceptable(string path)
    {
        try
        {
            var package = RpmPackageFile.Open(path);
            var keyring = new RpmKeyring();
            new RpmVerificationPolicy { RequireSignature = false }.Enforce(package, keyring, RpmVerification.Verify(package, keyring));
            return true;
        }
        catch (DiagnosticException)
        {
            return false;
        }
    }

    private static string? CompareInstallation(JudgeContext context, string path, string rpmFile)
    {
        var theirs = RpmDatabase.Read(rpmFile);
        var package = RpmPackageFile.Open(path);
        if (theirs.Packages.Count != 1)
        {
            return $"rpm has entered {theirs.Packages.Count} packages";
        }

        var entered = theirs.Packages[0].Header;
        var header = InstalledHeader.Make(package, new InstallationRecord
        {
            Time = (uint)entered.GetNumber(RpmTag.InstallTime)!,
            Transaction = (uint)entered.GetNumber(RpmTag.InstallTid)!,
            Color = (uint)entered.GetNumber(RpmTag.InstallColor)!,
            FileStates = [.. theirs.Packages[0].Info.Files.Select(file => file.State)],
        });
        if (Entries(header).Except(Entries(entered)).FirstOrDefault() is { } extra)
        {
            return $"we enter {extra}, rpm does not";
        }

        if (Entries(entered).Except(Entries(header)).FirstOrDefault() is { } missing)
        {
            return $"rpm enters {missing}, we do not";
        }

        if (!IsNewer(package) && !header.Blob.Span.SequenceEqual(entered.Blob.Span))
        {
            return "the headers differ in their bytes";
        }

        var ours = Fresh(context, "our-db");
        var file = Path.Combine(ours, RpmDatabase.SqliteFileName);
        RpmDatabase.Empty.Change(new HashSet<uint>(), [header]).Write(file);
        return Peer.Run(context.Scratch, null, "rpmdb", "--dbpath", ours, "--verifydb").Succeeded
            ? CompareTables(context, rpmFile, file)
            : "rpmdb --verifydb refuses what we wrote";
    }

    // What rpm 6 takes over from the signature header, an older one does not know.
    private static bool IsNewer(RpmPackageFile package) =>
        package.Info.Format >= 6 || package.Signature.Contains(RpmTag.OpenPgp) || package.Signature.Contains(RpmTag.Sha3Header);

    private static IEnumerable<string> Entries(RpmHeader header) => header.Entries
        .Where(entry => entry.Tag is not (RpmTag.OpenPgp or RpmTag.Sha3Header))
        .Where(entry => header.GetNumber(RpmTag.RpmFormat) is not >= 6 || !IsLegacySignature(entry.Tag))
        .Select(entry => $"{entry.Tag} {entry.Type} {Convert.ToHexStringLower(header.GetData(entry))}");

    // In packages of format 6 these are to be left out, which an older rpm does not know either.
    private static bool IsLegacySignature(RpmTag tag) =>
        tag is RpmTag.SigSize or RpmTag.SigPgp or RpmTag.SigMd5 or RpmTag.SigGpg or RpmTag.ArchiveSize;

    private static string? CompareTables(JudgeContext context, string theirs, string ours)
    {
        foreach (var table in Tables)
        {
            var query = $"SELECT typeof(key), hex(key), hnum, idx FROM '{table}' ORDER BY hnum, idx, 2";
            var (expected, found) = (Rows(context, theirs, query), Rows(context, ours, query));
            if (expected != found)
            {
                var (left, right) = (found.Split('\n'), expected.Split('\n'));
                return $"the table {table} has '{left.Except(right).FirstOrDefault()}' for '{right.Except(left).FirstOrDefault()}' ({left.Length} rows for {right.Length})";
            }
        }

        return null;
    }

    private static string Rows(JudgeContext context, string file, string query) =>
        Peer.Run(context.Scratch, null, "sqlite3", $"file:{file}?immutable=1", query).Text;

    private static string Query(JudgeContext context, string folder, string kind) =>
        Peer.Run(context.Scratch, null, "rpm", "--define", $"_db_backend {kind}", "--dbpath", folder, "-qa", "--qf", Format).Text is var text
            ? string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal))
            : "";

    private static string Fresh(JudgeContext context, string name)
    {
        var folder = Path.Combine(context.Scratch, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }
}
