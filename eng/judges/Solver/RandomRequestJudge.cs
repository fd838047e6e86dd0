using System.Diagnostics;
using System.Globalization;
using NodeImage.Rpm.Solving;

namespace NodeImage.Judges.Solver;

/// <summary>
/// Asks for random packages of the largest distribution among the data, all of its repositories together, and compares each
/// transaction with testsolv's.
/// </summary>
internal sealed class RandomRequestJudge : Judge
{
    private const string Flags = "allowvendorchange keepexplicitobsoletes bestobeypolicy keeporphans yumobsoletes";

    public override string Name => "solver-random";

    public override IReadOnlyList<string> Peers => ["testsolv", "rpmmd2solv"];

    public override double Bar => 0.9;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var repositories = MetadataRepositories.Read(context).LargestDistribution();
        var names = repositories.SelectMany(repository => repository.Packages).Select(package => package.Nevra.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
        {
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"judge {Name}: seed {context.Seed}, {context.Requests} requests of {names.Length} names in {repositories.Count} repositories"));
        for (var i = 0; i < repositories.Count; i++)
        {
            using var primary = repositories[i].Open();
            Testsolv.Convert(primary, Path.Combine(context.Scratch, $"{Id(i)}.solv"));
        }

        Ask(context, verdict, repositories, names);
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"repository{index}");

    private void Ask(JudgeContext context, Verdict verdict, IReadOnlyList<MetadataRepository> repositories, string[] names)
    {
        var random = new Random(context.Seed);
        var times = new List<double>();
        for (var i = 0; i < context.Requests; i++)
        {
            var wanted = Enumerable.Range(0, random.Next(1, 6)).Select(_ => names[random.Next(names.Length)]).ToArray();
            var recommends = random.Next(2) == 0;
            var path = Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"request-{i}.t"));
            File.WriteAllLines(path, Testcase(repositories.Count, wanted, recommends));
            verdict.Decide($"{string.Join(' ', wanted)}{(recommends ? " (with recommends)" : "")}", () =>
            {
                var clock = Stopwatch.StartNew();
                var result = Solve(repositories, wanted, recommends);
                times.Add(clock.Elapsed.TotalMilliseconds);
                return Compare(Testsolv.Result(path), result);
            });
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"judge {Name}: {times.Average():F0} ms a request on average, {times.Max():F0} ms the longest, building the pool included"));
    }

    private static IEnumerable<string> Testcase(int repositories, string[] wanted, bool recommends)
    {
        yield return "repo system 0 empty";
        for (var i = 0; i < repositories; i++)
        {
            yield return $"repo {Id(i)} 0 solv {Id(i)}.solv";
        }

        yield return "system x86_64 rpm system";
        yield return "poolflags implicitobsoleteusescolors";
        yield return $"solverflags {Flags}{(recommends ? "" : " ignorerecommended")}";
        foreach (var name in wanted)
        {
            yield return $"job install name {name}";
        }

        yield return "result transaction,problems <inline>";
    }

    private static SolverResult Solve(IReadOnlyList<MetadataRepository> repositories, string[] wanted, bool recommends)
    {
        var builder = new PackagePoolBuilder(ArchitecturePolicy.For("x86_64"));
        builder.AddInstalled("system", []);
        for (var i = 0; i < repositories.Count; i++)
        {
            builder.AddRepository(Id(i), repositories[i].Packages);
        }

        return DependencySolver.Solve(builder.Build(), new SolverRequest
        {
            Jobs = [.. wanted.Select(name => SolverJob.Install(name))],
            Options = SolverOptions.Dnf with { InstallRecommended = recommends },
        });
    }

    private static string? Compare(string[] peer, SolverResult result)
    {
        var expected = peer.Where(line => line.StartsWith("install ", StringComparison.Ordinal)).ToHashSet();
        var actual = TestcaseRunner.Lines(result).ToHashSet();
        var problems = peer.Any(line => line.StartsWith("problem ", StringComparison.Ordinal));
        if (expected.SetEquals(actual))
        {
            return problems == result.Problems.Count > 0 ? null : $"testsolv finds problems: {problems}, we find {result.Problems.Count}";
        }

        var differences = expected.Except(actual).Select(line => $"-{line}").Concat(actual.Except(expected).Select(line => $"+{line}"));
        return string.Join("; ", differences.Order(StringComparer.Ordinal).Take(12));
    }
}
