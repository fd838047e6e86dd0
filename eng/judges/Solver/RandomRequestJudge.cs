using System.Diagnostics;
using System.Globalization;
using NodeImage.Core.Compression;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;

namespace NodeImage.Judges.Solver;

/// <summary>
/// Asks for random packages of CentOS Stream 9 (all repositories <c>repodata/cs9-*</c> together) and compares each transaction
/// with testsolv's. The variable <c>NODEIMAGE_JUDGE_SEED</c> changes the choice, <c>NODEIMAGE_JUDGE_COUNT</c> how many there are.
/// </summary>
internal sealed class RandomRequestJudge : Judge
{
    private const string Flags = "allowvendorchange keepexplicitobsoletes bestobeypolicy keeporphans yumobsoletes";

    public override string Name => "solver-random";

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var folder = Path.Combine(context.Data, "repodata");
        var repositories = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, "cs9-*").Order(StringComparer.Ordinal).ToArray()
            : [];
        if (repositories.Length == 0)
        {
            Console.WriteLine($"judge {Name}: skipped, there is no folder 'repodata/cs9-*' in the data");
            return;
        }

        if (!Testsolv.IsPresent("testsolv", "rpmmd2solv"))
        {
            Console.WriteLine($"judge {Name}: skipped, testsolv and rpmmd2solv (libsolv-tools) are not installed");
            return;
        }

        var seed = Setting("NODEIMAGE_JUDGE_SEED", 20260101);
        var count = Setting("NODEIMAGE_JUDGE_COUNT", 200);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"judge {Name}: seed {seed}, {count} requests"));
        var random = new Random(seed);
        var packages = repositories.Select(Read).ToArray();
        var names = packages.SelectMany(list => list.Select(package => package.Nevra.Name)).Distinct().Order(StringComparer.Ordinal).ToArray();
        Convert(repositories, context.Scratch);
        var longest = TimeSpan.Zero;
        var total = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            var wanted = Enumerable.Range(0, random.Next(1, 6)).Select(_ => names[random.Next(names.Length)]).ToArray();
            var recommends = random.Next(2) == 0;
            var path = Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"request-{i}.t"));
            File.WriteAllLines(path, Testcase(repositories, wanted, recommends));
            var clock = Stopwatch.StartNew();
            var result = Solve(repositories, packages, wanted, recommends);
            total += clock.Elapsed;
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            Compare(verdict, $"{string.Join(' ', wanted)}{(recommends ? " (with recommends)" : "")}", Testsolv.Result(path), result);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"judge {Name}: {total.TotalMilliseconds / count:F0} ms a request on average, {longest.TotalMilliseconds:F0} ms the longest, pool included"));
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static IReadOnlyList<RepositoryPackage> Read(string repository)
    {
        using var primary = OpenPrimary(repository);
        return PrimaryReader.Read(primary, repository);
    }

    private static void Convert(string[] repositories, string scratch)
    {
        foreach (var repository in repositories)
        {
            using var primary = OpenPrimary(repository);
            Testsolv.Convert(primary, Path.Combine(scratch, $"{Path.GetFileName(repository)}.solv"));
        }
    }

    private static Stream OpenPrimary(string repository)
    {
        var path = Directory.EnumerateFiles(Path.Combine(repository, "repodata"), "*primary.xml*").Order(StringComparer.Ordinal).First();
        var file = File.OpenRead(path);
        var head = new byte[6];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Decompressor.Open(file, Decompressor.Detect(head.AsSpan(0, length)));
    }

    private static IEnumerable<string> Testcase(string[] repositories, string[] wanted, bool recommends)
    {
        yield return "repo system 0 empty";
        foreach (var repository in repositories.Select(Path.GetFileName))
        {
            yield return $"repo {repository} 0 solv {repository}.solv";
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

    private static SolverResult Solve(
        string[] repositories, IReadOnlyList<RepositoryPackage>[] packages, string[] wanted, bool recommends)
    {
        var builder = new PackagePoolBuilder(ArchitecturePolicy.For("x86_64"));
        builder.AddInstalled("system", []);
        for (var i = 0; i < repositories.Length; i++)
        {
            builder.AddRepository(Path.GetFileName(repositories[i]), packages[i]);
        }

        return DependencySolver.Solve(builder.Build(), new SolverRequest
        {
            Jobs = [.. wanted.Select(name => SolverJob.Install(name))],
            Options = SolverOptions.Dnf with { InstallRecommended = recommends },
        });
    }

    private static void Compare(Verdict verdict, string subject, string[] peer, SolverResult result)
    {
        var expected = peer.Where(line => line.StartsWith("install ", StringComparison.Ordinal)).ToHashSet();
        var actual = TestcaseRunner.Lines(result).ToHashSet();
        var problems = peer.Any(line => line.StartsWith("problem ", StringComparison.Ordinal));
        if (expected.SetEquals(actual) && problems == result.Problems.Count > 0)
        {
            verdict.Pass();
            return;
        }

        var differences = expected.Except(actual).Select(line => $"-{line}").Concat(actual.Except(expected).Select(line => $"+{line}"));
        verdict.Fail(subject, string.Join("; ", differences.Order(StringComparer.Ordinal).Take(12)));
    }
}
