using System.Globalization;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Judges.Solver;

/// <summary>
/// A test case that both solvers can be given. One that wants repositories in libsolv's own format is copied, and these are
/// made of the metadata that the data holds; one that expects nothing itself, but has a result beside it (<c>.r</c>), expects that.
/// </summary>
internal sealed class PreparedCase
{
    private readonly Dictionary<string, IReadOnlyList<RepositoryPackage>> _packages = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? _result;
    private readonly string _path;

    private PreparedCase(string path, IReadOnlyList<string> lines, IReadOnlyList<string>? result)
    {
        _path = path;
        _result = result;
        Words = [.. lines.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 1 && !line[0].StartsWith('#'))];
        Unknown = Words.Any(line => line is ["repo", _, _, not ("testtags" or "empty" or "solv"), _, ..]);
    }

    /// <summary>The lines of the case, word by word.</summary>
    public IReadOnlyList<string[]> Words { get; }

    /// <summary>Whether a repository is in a format that is not read, or not among the data.</summary>
    public bool Unknown { get; private init; }

    /// <summary>Whether there is a transaction to compare with.</summary>
    public bool ExpectsTransaction => _result is not null || Words.Any(line => line[0] == "result" && line[1].Split(',').Contains("transaction"));

    /// <summary>Prepares a case.</summary>
    public static PreparedCase Prepare(JudgeContext context, string path, Lazy<MetadataRepositories> repositories)
    {
        var lines = File.ReadAllLines(path);
        var beside = Path.ChangeExtension(path, ".r");
        var hasOwn = lines.Any(line => line.StartsWith("result ", StringComparison.Ordinal));
        var result = !hasOwn && File.Exists(beside) ? File.ReadAllLines(beside) : null;
        var prepared = new PreparedCase(path, lines, result);
        return prepared.Words.Any(IsSolv) ? prepared.Materialize(context, lines, repositories.Value) : prepared;
    }

    /// <summary>Whether testsolv finds the result that the case expects.</summary>
    public bool ReferencePasses() => _result is null
        ? Testsolv.Passes(_path)
        : Testsolv.Result(_path).ToHashSet().SetEquals(_result);

    /// <summary>Reads the case for our solver.</summary>
    public IReadOnlyList<TestcaseSection> Read()
    {
        var sections = TestcaseFile.Read(_path, _packages.GetValueOrDefault);
        return _result is null ? sections : [.. sections.Select(section => section with { ResultKinds = ["transaction", "problems"], Expected = _result })];
    }

    private static bool IsSolv(string[] line) => line is ["repo", _, _, "solv", _, ..];

    private PreparedCase Materialize(JudgeContext context, string[] lines, MetadataRepositories repositories)
    {
        var folder = Directory.CreateDirectory(Path.Combine(context.Scratch, "solver")).FullName;
        var copy = Path.Combine(folder, Path.GetFileName(_path));
        File.WriteAllLines(copy, lines);
        var unknown = Unknown;
        var packages = new Dictionary<string, IReadOnlyList<RepositoryPackage>>(StringComparer.Ordinal);
        foreach (var line in Words.Where(IsSolv))
        {
            if (repositories.Find(line[1], line[4], _result ?? []) is not { } repository)
            {
                unknown = true;
                continue;
            }

            packages[line[4]] = repository.Packages;
            var made = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"metadata-{repositories.All.ToList().IndexOf(repository)}"));
            if (!File.Exists(made))
            {
                using var primary = repository.Open();
                Testsolv.Convert(primary, made);
            }

            File.Copy(made, Path.Combine(folder, Path.GetFileName(line[4])), overwrite: true);
        }

        var prepared = new PreparedCase(copy, lines, _result) { Unknown = unknown };
        foreach (var (file, list) in packages)
        {
            prepared._packages[file] = list;
        }

        return prepared;
    }
}
