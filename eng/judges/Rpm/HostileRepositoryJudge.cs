using System.Diagnostics;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>
/// Makes of the packages of every repository others: compressed in every way, which must be read as well as the original; and
/// spoilt in many, each of which must be refused with a code that fits.
/// </summary>
internal sealed class HostileRepositoryJudge : Judge
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);

    // What is larger takes the better compressors minutes.
    private const int MaxCompressed = 8 * 1024 * 1024;

    private static readonly (string Tool, string[] Options)[] Compressors =
        [("gzip", ["-9c"]), ("bzip2", ["-c"]), ("xz", ["-c"]), ("xz", ["--check=crc32", "-0c"]), ("zstd", ["-c", "-q"]), ("zstd", ["-c", "-q", "--long=27"])];

    public override string Name => "repository-hostile";

    public override IReadOnlyList<string> Peers => ["gzip", "bzip2", "xz", "zstd"];

    public override void Run(JudgeContext context, Verdict verdict)
    {
        foreach (var folder in RepositoryFolder.All(context))
        {
            var subject = Path.GetRelativePath(context.Data, folder.Index);
            if (Read(context, folder) is not var (stored, open, packages))
            {
                verdict.Skip("a repository whose packages are not among the data, or are spoilt already");
                continue;
            }

            foreach (var repository in SpoiltRepository.Of(stored, open).Concat(Compress(context, open)))
            {
                verdict.Decide($"{subject} {repository.Name}", () => Judge(context, repository, packages));
            }

            verdict.Decide($"{subject} without a signature", () => Sign(context, stored, open, null, SignatureDiagnostics.Unsigned));
            verdict.Decide($"{subject} with a signature that is none", () => Sign(context, stored, open, "Not a signature"u8.ToArray(), SignatureDiagnostics.BadSignature));
        }
    }

    private static (byte[] Stored, byte[] Open, int Packages)? Read(JudgeContext context, RepositoryFolder folder)
    {
        try
        {
            using var stream = File.OpenRead(folder.Index);
            var entry = RepositoryIndexReader.Read(stream, folder.Index).Find("primary");
            if (entry is null || folder.Find(entry.Location) is not { } path || RepositoryFolder.Decompress(context, path) is not { } open)
            {
                return null;
            }

            return (File.ReadAllBytes(path), open, MetadataFile.Read(path, "judge", entry, content => PrimaryReader.Read(content, path).Count));
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static IEnumerable<SpoiltRepository> Compress(JudgeContext context, byte[] open) =>
        open.Length > MaxCompressed
            ? []
            : Compressors.Select(way => SpoiltRepository.Sound(
                $"compressed with {way.Tool} {string.Join(' ', way.Options)}", Peer.Run(context.Scratch, open, way.Tool, way.Options).Output, open));

    private static string? Judge(JudgeContext context, SpoiltRepository repository, int packages)
    {
        var clock = Stopwatch.StartNew();
        var options = new RepositoryLoadOptions { Repository = "judge" };
        var code = Load(context, repository, null, options, out var read);
        return clock.Elapsed > TooLong ? $"it takes {clock.Elapsed.TotalSeconds:F0} s"
            : repository.Codes.Length == 0 ? code ?? (read == packages ? null : $"{read} packages are read, not {packages}")
            : repository.Codes.Contains(code) ? null
            : $"{code ?? "it is accepted"}, not {string.Join(" or ", repository.Codes)}";
    }

    private static string? Sign(JudgeContext context, byte[] stored, byte[] open, byte[]? signature, DiagnosticDescriptor expected)
    {
        var options = new RepositoryLoadOptions { Repository = "judge", Keyring = new RpmKeyring() };
        var code = Load(context, SpoiltRepository.Sound("", stored, open), signature, options, out _);
        return code == expected.Code ? null : $"{code ?? "it is accepted"}, not {expected.Code}";
    }

    private static string? Load(JudgeContext context, SpoiltRepository repository, byte[]? signature, RepositoryLoadOptions options, out int packages)
    {
        packages = 0;
        var fetcher = new Fetcher(Path.Combine(context.Scratch, "hostile"), repository, signature);
        try
        {
            packages = new RepositoryMetadataLoader(fetcher).LoadAsync(options, CancellationToken.None).GetAwaiter().GetResult().Packages.Count;
            return null;
        }
        catch (DiagnosticException e)
        {
            return e.Diagnostic.Code;
        }
    }

    private sealed class Fetcher(string folder, SpoiltRepository repository, byte[]? signature) : IRepositoryFetcher
    {
        public async Task<string> FetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken) =>
            await TryFetchAsync(request, cancellationToken).ConfigureAwait(false)
            ?? throw RepositoryDiagnostics.Unreachable.Error(null, request.Repository, request.Location, "there is no such file");

        public async Task<string?> TryFetchAsync(RepositoryFileRequest request, CancellationToken cancellationToken)
        {
            var content = request.Location switch
            {
                "repodata/repomd.xml" => repository.Index,
                "repodata/repomd.xml.asc" => signature,
                _ => repository.Primary,
            };
            if (content is null)
            {
                return null;
            }

            var path = Path.Combine(Directory.CreateDirectory(folder).FullName, request.Location.EndsWith(".asc", StringComparison.Ordinal) ? "signature" : "file");
            await File.WriteAllBytesAsync(path, content, cancellationToken).ConfigureAwait(false);
            return path;
        }
    }
}
