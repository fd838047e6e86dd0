using System.Globalization;
using NodeImage.Core.Compression;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Judges.Solver;

/// <summary>A repository of a test case.</summary>
internal sealed record TestcaseRepository(string Name, int Priority, int SubPriority, IReadOnlyList<RepositoryPackage> Packages);

/// <summary>One run of the solver within a test case, with everything that lines before it say.</summary>
internal sealed record TestcaseSection
{
    public required IReadOnlyList<TestcaseRepository> Repositories { get; init; }

    public string? Architecture { get; init; }

    public string? DistType { get; init; }

    public string? Installed { get; init; }

    public IReadOnlySet<string> PoolFlags { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> SolverFlags { get; init; } = new HashSet<string>();

    public IReadOnlyList<string> Disabled { get; init; } = [];

    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> VendorClasses { get; init; } = [];

    public IReadOnlyList<string> Jobs { get; init; } = [];

    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>What the expected result is about, such as <c>transaction</c>.</summary>
    public IReadOnlyList<string> ResultKinds { get; init; } = [];

    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>Lines that this reader does not know.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}

/// <summary>Reads a test case of libsolv (<c>.t</c>), as <c>testcase_read</c> in libsolv's <c>ext/testcase.c</c> does.</summary>
internal sealed class TestcaseFile
{
    private static readonly string[] DefaultSolverFlags =
        ["allownamechange", "dupallowdowngrade", "dupallowarchchange", "dupallowvendorchange", "dupallownamechange"];

    private readonly string _folder;
    private readonly Func<string, IReadOnlyList<RepositoryPackage>?> _solvFiles;
    private readonly string[] _lines;
    private readonly List<TestcaseSection> _sections = [];
    private readonly List<TestcaseRepository> _repositories = [];
    private int _position;

    private TestcaseFile(string path, Func<string, IReadOnlyList<RepositoryPackage>?> solvFiles)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _lines = File.ReadAllLines(path);
        _solvFiles = solvFiles;
    }

    /// <summary>Reads a test case.</summary>
    /// <param name="path">The file.</param>
    /// <param name="solvFiles">The packages of a repository in libsolv's own format, by file name, or null where they are not known.</param>
    public static IReadOnlyList<TestcaseSection> Read(string path, Func<string, IReadOnlyList<RepositoryPackage>?> solvFiles)
    {
        var file = new TestcaseFile(path, solvFiles);
        file.ReadSections();
        return file._sections;
    }

    private void ReadSections()
    {
        var current = NewSection(null);
        var any = false;
        while (_position < _lines.Length)
        {
            var words = _lines[_position++].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            any = true;
            if (words[0] == "nextjob")
            {
                _sections.Add(current);
                current = NewSection(current);
                continue;
            }

            current = ReadLine(current, words);
        }

        if (any)
        {
            _sections.Add(current);
        }
    }

    // What is said of packages and of the pool holds for later sections too.
    private TestcaseSection NewSection(TestcaseSection? previous) => new()
    {
        Repositories = _repositories,
        Architecture = previous?.Architecture,
        DistType = previous?.DistType,
        Installed = previous?.Installed,
        PoolFlags = previous?.PoolFlags ?? new HashSet<string>(),
        Disabled = previous?.Disabled ?? [],
        VendorClasses = previous?.VendorClasses ?? [],
        Features = previous?.Features ?? [],
        SolverFlags = DefaultSolverFlags.ToHashSet(),
    };

    private TestcaseSection ReadLine(TestcaseSection section, string[] words)
    {
        var rest = string.Join(' ', words.Skip(1));
        switch (words[0])
        {
            case "repo" when words.Length >= 4:
                _repositories.Add(ReadRepository(words));
                return section;
            case "system" when words.Length >= 3:
                return section with { Architecture = words[1], DistType = words[2], Installed = words.ElementAtOrDefault(3) ?? section.Installed };
            case "poolflags":
                return section with { PoolFlags = WithFlags(section.PoolFlags, words.Skip(1)) };
            case "solverflags":
                return section with { SolverFlags = WithFlags(section.SolverFlags, words.Skip(1)) };
            case "disable":
                return section with { Disabled = [.. section.Disabled, rest] };
            case "namespace":
                return section with { Namespaces = [.. section.Namespaces, rest] };
            case "vendorclass":
                return section with { VendorClasses = [.. section.VendorClasses, words[1..]] };
            case "feature":
                return section with { Features = [.. section.Features, .. words.Skip(1)] };
            case "job":
                return section with { Jobs = [.. section.Jobs, rest] };
            case "result":
                return section with { ResultKinds = words.ElementAtOrDefault(1)?.Split(',') ?? [], Expected = ReadResult(words) };
            default:
                return section with { Unknown = [.. section.Unknown, words[0]] };
        }
    }

    private static HashSet<string> WithFlags(IReadOnlySet<string> flags, IEnumerable<string> changes)
    {
        var result = flags.ToHashSet();
        foreach (var change in changes.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (change.StartsWith('!'))
            {
                result.Remove(change[1..]);
            }
            else
            {
                result.Add(change);
            }
        }

        return result;
    }

    private TestcaseRepository ReadRepository(string[] words)
    {
        var dot = words[2].IndexOf('.', StringComparison.Ordinal);
        var priority = int.Parse(dot < 0 ? words[2] : words[2][..dot], CultureInfo.InvariantCulture);
        var sub = dot < 0 ? 0 : int.Parse(words[2][(dot + 1)..], CultureInfo.InvariantCulture);
        return new TestcaseRepository(words[1], priority, sub, (words[3], words.ElementAtOrDefault(4)) switch
        {
            ("empty", _) or (_, null) => [],
            ("testtags", "<inline>") => Testtags.Read(ReadInline()),
            ("testtags", { } file) => Testtags.Read(ReadFile(Path.Combine(_folder, file))),
            ("solv", { } file) => _solvFiles(file) ?? throw new NotSupportedException($"the repository file {file}"),
            (var format, _) => throw new NotSupportedException($"repositories in the format '{format}'"),
        });
    }

    private IReadOnlyList<string> ReadResult(string[] words) => words.ElementAtOrDefault(2) switch
    {
        null => [],
        "<inline>" => ReadInline(),
        var file => ReadFile(Path.Combine(_folder, file)),
    };

    private List<string> ReadInline()
    {
        var lines = new List<string>();
        while (_position < _lines.Length && _lines[_position].StartsWith("#>", StringComparison.Ordinal))
        {
            lines.Add(_lines[_position++][2..]);
        }

        return lines;
    }

    private static List<string> ReadFile(string path)
    {
        var lines = new List<string>();
        if (!File.Exists(path))
        {
            // testsolv goes on without it too.
            return lines;
        }

        using var file = File.OpenRead(path);
        var head = new byte[6];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        using var text = new StreamReader(Decompressor.Open(file, Decompressor.Detect(head.AsSpan(0, length))));
        while (text.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
