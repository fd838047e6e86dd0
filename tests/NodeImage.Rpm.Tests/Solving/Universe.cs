using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>
/// A few packages, written shortly: <c>a-1</c> stands for <c>a-1-1.noarch</c>, and each line behind it says what it is to others,
/// such as <c>requires b >= 2</c>, <c>file /usr/bin/a</c>, <c>vendor x</c> or <c>built 5</c>.
/// </summary>
internal sealed class Universe(string architecture = "x86_64")
{
    private readonly List<(string Id, int Priority, int Cost, List<RepositoryPackage> Packages)> _repositories = [("main", 99, 1000, [])];
    private readonly List<RepositoryPackage> _installed = [];

    public SolverOptions Options { get; set; } = SolverOptions.Dnf;

    public PoolOptions PoolOptions { get; set; } = PoolOptions.Dnf;

    public IFileOwnerSource? FileOwners { get; set; }

    public FrozenBase? FrozenBase { get; set; }

    public List<string> Excluded { get; } = [];

    /// <summary>The pool of the last request.</summary>
    public PackagePool Pool { get; private set; } = null!;

    /// <summary>The result of the last request.</summary>
    public SolverResult Result { get; private set; } = null!;

    /// <summary>Adds a package to the last repository.</summary>
    public Universe Add(string nevra, params string[] lines)
    {
        _repositories[^1].Packages.Add(Package(nevra, lines));
        return this;
    }

    /// <summary>Adds a package whose name has a dash.</summary>
    public Universe AddNamed(string name, string version)
    {
        _repositories[^1].Packages.Add(new RepositoryPackage
        {
            Nevra = new Nevra(name, new Evr(0, version, "1"), "noarch"),
            Provides = [new Dependency(name, DependencyFlags.Equal, new Evr(0, version, "1"))],
        });
        return this;
    }

    /// <summary>Adds an installed package.</summary>
    public Universe AddInstalled(string nevra, params string[] lines)
    {
        _installed.Add(Package(nevra, lines));
        return this;
    }

    /// <summary>Begins another repository.</summary>
    public Universe Repository(string id, int priority = 99, int cost = 1000)
    {
        _repositories.Add((id, priority, cost, []));
        return this;
    }

    /// <summary>Solves jobs such as <c>install a >= 2</c>, and gives back what comes and goes, such as <c>+a-2 -b-1 c-1>c-2</c>.</summary>
    public string Solve(params string[] jobs)
    {
        BuildPool();
        return Solve([.. jobs.Select(Job)]);
    }

    /// <summary>Solves jobs over the pool that was built last.</summary>
    public string Solve(IReadOnlyList<SolverJob> jobs)
    {
        Result = DependencySolver.Solve(Pool, new SolverRequest
        {
            Jobs = jobs,
            Options = Options,
            FrozenBase = FrozenBase,
            Excluded = [.. Excluded.Select(name => new PackageSelection.ByName(name))],
        });
        var steps = string.Join(' ', Result.Transaction.Steps.Select(Short));
        return Result.Succeeded ? steps : $"problem{(steps.Length == 0 ? "" : $": {steps}")}";
    }

    /// <summary>Solves a request that cannot be fulfilled, and gives back why.</summary>
    public string Problem(params string[] jobs)
    {
        Solve(jobs);
        return string.Join('\n', Result.Problems.Select(problem => problem.ToString()));
    }

    public void BuildPool()
    {
        var builder = new PackagePoolBuilder(architecture == "any" ? ArchitecturePolicy.Any : ArchitecturePolicy.For(architecture), PoolOptions) { FileOwners = FileOwners };
        if (_installed.Count > 0)
        {
            builder.AddInstalled("system", _installed);
        }

        foreach (var (id, priority, cost, packages) in _repositories)
        {
            builder.AddRepository(id, packages, priority, cost);
        }

        Pool = builder.Build();
    }

    public PoolPackage Find(string nevra) => Pool.Enumerate().First(package => Short(package) == nevra);

    public SolverJob Job(string text)
    {
        var words = text.Split(' ', 2);
        var action = words[0] == "multiversion" ? SolverAction.MultiVersion : Enum.Parse<SolverAction>(words[0], ignoreCase: true);
        return new SolverJob(action, Selection(words[1])) { Subject = new ItemReference("RpmPackage", words[1]) };
    }

    public static string Short(PoolPackage package) => Short(package.Nevra);

    public static RepositoryPackage Package(string nevra, params string[] lines)
    {
        var full = Full(nevra);
        IReadOnlyList<Dependency> All(string kind) => [.. Values(kind).Select(Parse)];
        IEnumerable<string> Values(string kind) => lines.Where(line => line.StartsWith(kind + " ", StringComparison.Ordinal)).Select(line => line[(kind.Length + 1)..]);
        return new RepositoryPackage
        {
            Nevra = full,
            Provides = [new Dependency(full.Name, DependencyFlags.Equal, full.Evr), .. All("provides")],
            Requires = All("requires"),
            Conflicts = All("conflicts"),
            Obsoletes = All("obsoletes"),
            Recommends = All("recommends"),
            Suggests = All("suggests"),
            Supplements = All("supplements"),
            Enhances = All("enhances"),
            Files = [.. Values("file")],
            Vendor = Values("vendor").FirstOrDefault() ?? "",
            BuildTime = Values("built").Select(long.Parse).FirstOrDefault(),
        };
    }

    // What is no dependency becomes one that cannot be read, as it may stand in a repository.
    public static Dependency Parse(string text) => DependencyParser.TryParse(text, out var dependency) ? dependency : new Dependency(text);

    private static PackageSelection Selection(string text)
    {
        var dependency = Parse(text);
        return dependency.IsFile || dependency.IsRich || text.Contains('(', StringComparison.Ordinal)
            ? new PackageSelection.Providing(dependency)
            : new PackageSelection.ByName(dependency.Name, dependency.Version is { } version ? new VersionConstraint(dependency.Comparison, version) : null);
    }

    private static Nevra Full(string text)
    {
        string[] architectures = ["noarch", "x86_64", "i686", "aarch64", "src"];
        var architecture = architectures.FirstOrDefault(name => text.EndsWith($".{name}", StringComparison.Ordinal));
        var rest = architecture is null ? text : text[..^(architecture.Length + 1)];
        var parts = rest.Split('-');
        return new Nevra(parts[0], Evr.Parse($"{parts[1]}-{parts.ElementAtOrDefault(2) ?? "1"}"), architecture ?? "noarch");
    }

    private static string Short(TransactionStep step)
    {
        var package = Short(step.Package);
        return step.Kind == TransactionStepKind.Erase ? $"-{package}"
            : step.Replaces.Count == 0 ? $"+{package}"
            : $"{string.Join(',', step.Replaces.Select(replaced => Short(replaced.Package)))}>{package}";
    }

    private static string Short(Nevra nevra)
    {
        var evr = nevra.Evr.Release == "1" ? nevra.Evr with { Release = null } : nevra.Evr;
        return $"{nevra.Name}-{evr}{(nevra.Architecture == "noarch" ? "" : $".{nevra.Architecture}")}";
    }
}
