using System.Formats.Tar;
using System.Security.Cryptography;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Unpacks every payload beside <c>rpm2archive</c>, and compares paths, kinds, link targets and contents; and sees to it
/// that file digests in the header are borne out or refused. What rpm cannot unpack must be refused.
/// </summary>
internal sealed class PayloadJudge : Judge
{
    private sealed record Content(string Kind, string Sha256);

    public override string Name => "payload";

    public override IReadOnlyList<string> Peers => ["rpm2archive"];

    public override double Bar => 0.9;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        foreach (var (path, subject) in PackageFiles.All(context))
        {
            verdict.Decide(subject, () => Compare(context, path));
        }
    }

    private static string? Compare(JudgeContext context, string path)
    {
        var theirs = Ask(context, path);
        var ours = Read(path, checkDigests: false, out var package, out var refusal);
        return (ours, theirs) switch
        {
            (null, null) => null,
            (null, _) => $"we refuse it, rpm does not: {refusal}",
            (_, null) => "rpm refuses it, we do not",
            _ => Compare(ours, theirs) ?? CheckDigests(path, package!, theirs),
        };
    }

    private static Dictionary<string, Content>? Ask(JudgeContext context, string path)
    {
        var result = Peer.Run(context.Scratch, File.ReadAllBytes(path), "rpm2archive", "-n", "-");
        if (!result.Succeeded)
        {
            return null;
        }

        var files = new Dictionary<string, Content>(StringComparer.Ordinal);
        using var tar = new TarReader(new MemoryStream(result.Output));
        while (tar.GetNextEntry() is { } entry)
        {
            var name = Normalize(entry.Name);
            files[name] = entry.EntryType == TarEntryType.HardLink
                ? files[Normalize(entry.LinkName)]
                : new Content(KindOf(entry.EntryType) + entry.LinkName, Digest(entry.DataStream));
        }

        return files;
    }

    private static Dictionary<string, Content>? Read(string path, bool checkDigests, out RpmPackageFile? package, out string refusal)
    {
        package = null;
        refusal = "";
        try
        {
            package = RpmPackageFile.Open(path);
            var files = new Dictionary<string, Content>(StringComparer.Ordinal);
            using var reader = RpmPayloadReader.Open(package, new RpmPayloadOptions { CheckFileDigests = checkDigests });
            while (reader.MoveNext())
            {
                var file = reader.Current;
                files[Normalize(file.Path)] = new Content(KindOf(file) + file.LinkTarget, Digest(reader.Content));
            }

            ShareHardLinks(package.Info.Files, files);
            return files;
        }
        catch (DiagnosticException e)
        {
            refusal = e.Message;
            return null;
        }
    }

    private static void ShareHardLinks(RpmFileList list, Dictionary<string, Content> files)
    {
        foreach (var file in list.Where(file => file.HardLinks.Count > 0))
        {
            files[Normalize(file.Path)] = files[Normalize(list[file.HardLinks[^1]].Path)];
        }
    }

    private static string? Compare(Dictionary<string, Content> ours, Dictionary<string, Content> theirs)
    {
        var path = ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => ours.GetValueOrDefault(name) != theirs.GetValueOrDefault(name));
        return path is null ? null : $"{path} is {ours.GetValueOrDefault(path)}, rpm has {theirs.GetValueOrDefault(path)}";
    }

    // Whether the header's digests hold is worked out from what rpm unpacked.
    private static string? CheckDigests(string path, RpmPackageFile package, Dictionary<string, Content> theirs)
    {
        var files = package.Info.Files;
        if (files.DigestAlgorithm != DigestAlgorithm.Sha256)
        {
            return null;
        }

        var isBorneOut = files.Where(file => file.HasContent && !file.IsGhost)
            .All(file => theirs[Normalize(file.Path)].Sha256 == Convert.ToHexStringLower(file.Digest.Span));
        var isAccepted = Read(path, checkDigests: true, out _, out _) is not null;
        return isBorneOut == isAccepted ? null : $"file digests are borne out: {isBorneOut}, accepted: {isAccepted}";
    }

    private static string Normalize(string path) =>
        (path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path).Trim('/');

    private static string KindOf(TarEntryType type) => type switch
    {
        TarEntryType.Directory => "directory",
        TarEntryType.SymbolicLink => "link to ",
        TarEntryType.RegularFile or TarEntryType.V7RegularFile => "file",
        _ => "other",
    };

    private static string KindOf(RpmFileEntry file) => file switch
    {
        { IsDirectory: true } => "directory",
        { IsSymbolicLink: true } => "link to ",
        { IsRegular: true } => "file",
        _ => "other",
    };

    private static string Digest(Stream? content) => Convert.ToHexStringLower(content is null ? SHA256.HashData([]) : SHA256.HashData(content));
}
