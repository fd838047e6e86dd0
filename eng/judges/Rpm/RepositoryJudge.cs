using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Reads every repository beside libsolv (<c>repomdxml2solv</c>, <c>rpmmd2solv</c>, <c>comps2solv</c>), decompresses beside
/// the tools of each format, finds file owners beside a search of the text, and verifies signatures beside GnuPG.
/// </summary>
internal sealed partial class RepositoryJudge : Judge
{
    public override string Name => "repository";

    public override IReadOnlyList<string> Peers => ["repomdxml2solv", "rpmmd2solv", "comps2solv", "dumpsolv", "gpg", "gzip", "xz", "bzip2", "zstd"];

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var keyring = ImportKeys(context);
        foreach (var folder in RepositoryFolder.All(context))
        {
            var subject = Path.GetRelativePath(context.Data, folder.Index);
            verdict.Decide(subject, () => CompareIndex(context, folder));
            if (File.Exists(folder.Index + ".asc"))
            {
                verdict.Decide(subject + ".asc", () => CompareSignature(context, folder.Index, keyring));
            }

            foreach (var entry in ReadIndex(folder.Index)?.Entries ?? [])
            {
                if (folder.Find(entry.Location) is { } path)
                {
                    verdict.Decide(Path.GetRelativePath(context.Data, path), () => CompareFile(context, path, entry));
                }
                else
                {
                    verdict.Skip("a file that repomd.xml names and the data does not have");
                }
            }
        }

        JudgeLooseFiles(context, verdict);
    }

    // Lists of packages and groups that no repomd.xml names, so long as they are whole documents.
    private static void JudgeLooseFiles(JudgeContext context, Verdict verdict)
    {
        foreach (var path in Directory.EnumerateFiles(context.Data, "*.xml*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(path)!;
            if (File.Exists(Path.Combine(folder, "repomd.xml")) || RepositoryFolder.Decompress(context, path) is not { } content)
            {
                continue;
            }

            var head = Encoding.Latin1.GetString(content.AsSpan(0, Math.Min(2000, content.Length)));
            var subject = Path.GetRelativePath(context.Data, path);
            if (head.Contains("<metadata", StringComparison.Ordinal))
            {
                verdict.Decide(subject, () => ComparePackages(context, content));
            }
            else if (head.Contains("<comps>", StringComparison.Ordinal))
            {
                verdict.Decide(subject, () => CompareGroups(context, content));
            }
        }
    }

    private static RepositoryIndex? ReadIndex(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return RepositoryIndexReader.Read(stream, path);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static string? CompareIndex(JudgeContext context, RepositoryFolder folder)
    {
        var dump = SolvDump.Read(context, "repomdxml2solv", File.ReadAllBytes(folder.Index));
        var index = ReadIndex(folder.Index);
        if (dump is null || index is null)
        {
            return (dump is null) == (index is null) ? null : $"accepted by us: {index is not null}, by libsolv: {dump is not null}";
        }

        var theirs = dump.Text.Split("\n\n").SelectMany(block => block.Split("repomd:type: ").Skip(1)).Select(block =>
            $"{block.Split('\n')[0]} {IndexField("checksum").Match(block).Groups[1]} {IndexField("location").Match(block).Groups[1]}");
        var ours = index.Entries.Select(entry => $"{entry.Type} {entry.Checksum?.Value} {entry.Location}");
        return FirstDifference(ours, theirs);
    }

    private static string? CompareFile(JudgeContext context, string path, RepositoryIndexEntry entry)
    {
        var open = RepositoryFolder.Decompress(context, path);
        var isSound = open is not null && IsAnnounced(context, File.ReadAllBytes(path), entry.Checksum, entry.Size) && IsAnnounced(context, open, entry.OpenChecksum, entry.OpenSize);
        var isZchunk = Path.GetExtension(path) == ".zck";
        byte[]? ours = null;
        try
        {
            ours = MetadataFile.Read(path, "judge", entry, stream =>
            {
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return copy.ToArray();
            });
        }
        catch (DiagnosticException e)
        {
            return isSound && !isZchunk ? $"we refuse it: {e.Message}" : null;
        }

        if (!isSound || !ours.AsSpan().SequenceEqual(open))
        {
            return isSound ? "it is decompressed to something else" : "it is not what repomd.xml announces, but we accept it";
        }

        return entry.Type switch
        {
            "primary" => ComparePackages(context, open!),
            "filelists" => CompareOwners(open!),
            "group" or "group_gz" or "group_xz" => CompareGroups(context, open!),
            _ => null,
        };
    }

    private static bool IsAnnounced(JudgeContext context, byte[] content, MetadataChecksum? checksum, long? size) =>
        (size is null || size == content.Length)
        && (checksum is null
            || Peer.Run(context.Scratch, content, $"{DigestAlgorithms.NameOf(checksum.Algorithm).ToLowerInvariant()}sum").Text.Split(' ')[0] == checksum.Value);

    private static string? ComparePackages(JudgeContext context, byte[] content)
    {
        var theirs = SolvDump.Read(context, "rpmmd2solv", content);
        IReadOnlyList<RepositoryPackage> ours;
        try
        {
            ours = PrimaryReader.Read(new MemoryStream(content), "primary");
        }
        catch (DiagnosticException e)
        {
            return theirs is null ? null : $"we refuse it: {e.Message}";
        }

        if (theirs is null || theirs.Count != ours.Count)
        {
            return $"{ours.Count} packages, libsolv finds {theirs?.Count}";
        }

        return Enumerable.Range(0, ours.Count).Select(i => ComparePackage(ours[i], theirs, i)).FirstOrDefault(difference => difference is not null);
    }

    private static string? ComparePackage(RepositoryPackage ours, SolvDump theirs, int i)
    {
        (string Field, string Value)[] scalars =
        [
            ("name", ours.Nevra.Name), ("arch", ours.Nevra.Architecture), ("evr", ours.Nevra.Evr.ToString()), ("vendor", ours.Vendor),
            ("summary", ours.Summary),
            ("checksum", ours.Checksum.Length == 0 ? "" : $"{ours.Checksum} ({ours.ChecksumType.Replace("sha1", "sha1", StringComparison.Ordinal)})"),
            ("buildtime", Number(ours.BuildTime)), ("downloadsize", Number(ours.PackageSize)), ("installsize", Number(ours.InstalledSize)),
        ];
        foreach (var (field, value) in scalars)
        {
            var theirValue = theirs.Scalar(i, field).Replace("(sha)", "(sha1)", StringComparison.Ordinal);
            if (value.Replace("(sha)", "(sha1)", StringComparison.Ordinal) != theirValue && !(theirValue.Length == 0 && value is "0"))
            {
                return $"{ours.Nevra}: {field} is '{value}', libsolv says '{theirValue}'";
            }
        }

        // libsolv lets every binary package provide its own name and version.
        var own = $"{ours.Nevra.Name} = {ours.Nevra.Evr}";
        var provides = ours.Provides.Select(Show).ToList();
        var isSource = ours.Nevra.Architecture is "src" or "nosrc";
        (string Field, IEnumerable<string> Values)[] lists =
        [
            ("provides", isSource || provides.Contains(own) ? provides : provides.Append(own)),
            ("requires", ours.Requires.Select(Show)), ("conflicts", ours.Conflicts.Select(Show)),
            ("obsoletes", ours.Obsoletes.Select(Show)), ("recommends", ours.Recommends.Select(Show)), ("suggests", ours.Suggests.Select(Show)),
            ("supplements", ours.Supplements.Select(Show)), ("enhances", ours.Enhances.Select(Show)), ("filelist", ours.Files),
        ];
        return lists.Select(list => CompareSets(list.Values, theirs.List(i, list.Field)) is { } difference ? $"{ours.Nevra}: {list.Field}: {difference}" : null)
            .FirstOrDefault(difference => difference is not null);
    }

    private static string Show(Dependency dependency) => dependency.ToString();

    // Rich dependencies, and those on hardware, are printed in another spelling.
    private static string? CompareSets(IEnumerable<string> ours, IReadOnlyList<string> theirs)
    {
        var left = ours.Select(text => SingleTerm().Replace(text.Trim(), "$1"))
            .Where(text => !text.StartsWith('(') && !text.StartsWith("modalias(", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        // After the marker come files that are provided because something in the repository wants them.
        var right = theirs.TakeWhile(text => text != "solvable:filemarker")
            .Where(text => !IsRich(text) && !text.Contains("modalias(", StringComparison.Ordinal) && !text.StartsWith("solvable:", StringComparison.Ordinal))
            .Select(text => text.Replace(" << ", " < ", StringComparison.Ordinal).Replace(" >> ", " > ", StringComparison.Ordinal).Trim())
            .ToHashSet(StringComparer.Ordinal);
        return left.SetEquals(right) ? null : $"'{left.Except(right).FirstOrDefault()}' for '{right.Except(left).FirstOrDefault()}'";
    }

    private static bool IsRich(string text) => text.StartsWith('(') || RichOperator().IsMatch(text);

    private static string? CompareOwners(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var expected = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var owner = "";
        var n = 0;
        foreach (Match match in FileListLine().Matches(text))
        {
            if (match.Groups[1].Success)
            {
                owner = match.Groups[1].Value;
            }
            else
            {
                var path = System.Net.WebUtility.HtmlDecode(match.Groups[2].Value);
                if (n++ % 97 == 0)
                {
                    wanted.Add(path);
                }

                (expected.TryGetValue(path, out var owners) ? owners : expected[path] = []).Add(owner);
            }
        }

        wanted.Add("/no/such/file");
        var found = FileListsReader.FindOwners(new MemoryStream(content), "filelists", wanted);
        return wanted.FirstOrDefault(path => !(expected.GetValueOrDefault(path) ?? []).SetEquals(found.GetValueOrDefault(path) ?? [])) is { } wrong
            ? $"the owners of {wrong} differ"
            : null;
    }

    private static string? CompareGroups(JudgeContext context, byte[] content)
    {
        var theirs = SolvDump.Read(context, "comps2solv", content);
        RepositoryGroups ours;
        try
        {
            ours = GroupsReader.Read(new MemoryStream(content), "comps");
        }
        catch (DiagnosticException e)
        {
            return theirs is null ? null : $"we refuse it: {e.Message}";
        }

        if (theirs is null)
        {
            return "libsolv refuses it";
        }

        var expected = Enumerable.Range(0, theirs.Count).Where(i => theirs.Scalar(i, "name").StartsWith("group:", StringComparison.Ordinal))
            .GroupBy(i => theirs.Scalar(i, "name")["group:".Length..], StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Distinct().ToList(), StringComparer.Ordinal);
        foreach (var group in ours.Groups)
        {
            // A group that is there twice, libsolv keeps twice.
            if (!expected.Remove(group.Id, out var same))
            {
                return $"libsolv has no group {group.Id}";
            }

            if (same.Count == 1 && CompareGroup(group, theirs, same[0]) is { } difference)
            {
                return $"group {group.Id}: {difference}";
            }
        }

        return expected.Count == 0 ? null : $"libsolv has a group {expected.Keys.First()}";
    }

    // Packages of no kind are mandatory to dnf, but not to libsolv.
    private static string? CompareGroup(PackageGroup group, SolvDump theirs, int i)
    {
        var requires = theirs.List(i, "requires").Select(text => text.Trim()).ToList();
        var recommends = theirs.List(i, "recommends").Where(text => !text.Contains(" IF ", StringComparison.Ordinal)).Select(text => text.Trim()).ToList();
        var mandatory = Names(group, GroupPackageKind.Mandatory);
        var defaults = Names(group, GroupPackageKind.Default);
        return CompareSets(mandatory.Concat(defaults), [.. requires, .. recommends])
            ?? CompareSets(requires.Intersect(mandatory), requires)
            ?? CompareSets(defaults, defaults.Intersect(recommends).ToList())
            ?? CompareSets(Names(group, GroupPackageKind.Optional), theirs.List(i, "suggests"));
    }

    private static IEnumerable<string> Names(PackageGroup group, GroupPackageKind kind) =>
        group.Packages.Where(package => package.Kind == kind).Select(package => package.Name);

    private static RpmKeyring ImportKeys(JudgeContext context)
    {
        var keyring = new RpmKeyring();
        var files = Directory.EnumerateFiles(context.Data, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains("/keys/", StringComparison.Ordinal) || path.EndsWith(".key", StringComparison.Ordinal));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            // Only keys that both can read say anything about signatures.
            try
            {
                if (Peer.Run(context.Scratch, null, "gpg", "--batch", "--import", file).Succeeded)
                {
                    keyring.AddFile(file);
                }
            }
            catch (DiagnosticException)
            {
            }
        }

        return keyring;
    }

    private static string? CompareSignature(JudgeContext context, string index, RpmKeyring keyring)
    {
        var status = Peer.Run(context.Scratch, null, "gpg", "--batch", "--status-fd", "1", "--verify", index + ".asc", index).Text;
        var expected = status.Contains("] GOODSIG", StringComparison.Ordinal) || status.Contains("] EXPKEYSIG", StringComparison.Ordinal) ? "OK"
            : status.Contains("] REVKEYSIG", StringComparison.Ordinal) ? SignatureDiagnostics.RevokedKey.Code
            : status.Contains("] NO_PUBKEY", StringComparison.Ordinal) ? SignatureDiagnostics.NoKey.Code
            : SignatureDiagnostics.BadSignature.Code;
        string found;
        try
        {
            _ = DetachedSignature.Verify(File.ReadAllBytes(index), File.ReadAllBytes(index + ".asc"), keyring, index);
            found = "OK";
        }
        catch (DiagnosticException e)
        {
            found = e.Diagnostic.Code;
        }

        return found == expected ? null : $"the signature is {found}, gpg says {expected}: {status}";
    }

    private static string? FirstDifference(IEnumerable<string> ours, IEnumerable<string> theirs)
    {
        var (left, right) = (ours.ToList(), theirs.ToList());
        return left.SequenceEqual(right) ? null : $"'{left.Except(right).FirstOrDefault()}' for '{right.Except(left).FirstOrDefault()}'";
    }

    private static Regex IndexField(string name) => new($@"repository:repomd:{name}: (\S+)");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@" (IF|UNLESS|WITH|WITHOUT|ELSE|\||&|\+|-|\\) ")]
    private static partial Regex RichOperator();

    [GeneratedRegex(@"^\(([^ ]+)\)$")]
    private static partial Regex SingleTerm();

    [GeneratedRegex("""<package [^>]*pkgid="(\w+)"|<file(?: type="\w+")?>([^<]*)</file>""")]
    private static partial Regex FileListLine();
}
