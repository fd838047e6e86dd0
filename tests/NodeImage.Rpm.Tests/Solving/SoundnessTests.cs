using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Over universes that are made up: what is found is right, and what is said to be impossible is.</summary>
public sealed class SoundnessTests
{
    private const int MaxPackages = 8;

    private static readonly Gen<string> Simple =
        from name in Gen.Elements("a", "b", "c", "d", "e", "cap")
        from range in Gen.Elements("", "", "", " = 1", " >= 2", " < 2", " > 1")
        select name + range;

    private static readonly Gen<string> Rich =
        from left in Simple
        from right in Simple
        from third in Simple
        from shape in Gen.Elements("({0} and {1})", "({0} or {1})", "({0} if {1})", "({0} if {1} else {2})", "({0} with {1})", "({0} without {1})", "(({0} and {1}) or {2})", "(({0} or {1}) and {2})", "({0} or ({1} if {2}))")
        select string.Format(null, shape, left, right, third);

    private static readonly Gen<string> Line = Gen.Frequency(
        (5, Simple.Select(dependency => $"requires {dependency}")),
        (2, Rich.Select(dependency => $"requires {dependency}")),
        (3, Simple.Select(dependency => $"conflicts {dependency}")),
        (2, Gen.Elements("provides cap = 1", "provides cap = 2", "provides b = 2", "provides cap")),
        (1, Simple.Select(dependency => $"obsoletes {dependency}")));

    private static readonly Gen<RepositoryPackage> Package =
        from name in Gen.Elements("a", "b", "c", "d", "e")
        from version in Gen.Elements("1", "2", "3")
        from count in Gen.Choose(0, 3)
        from lines in Line.ListOf(count)
        select Universe.Package($"{name}-{version}", [.. lines]);

    private static readonly Arbitrary<Case> Cases = Arb.From(
        from count in Gen.Choose(1, MaxPackages)
        from packages in Package.ListOf(count)
        from jobs in Gen.Choose(1, 3)
        from wanted in (from name in Gen.Elements("a", "b", "c") from range in Gen.Elements("", "", " = 1", " >= 2") select name + range).ListOf(jobs)
        select new Case([.. packages.DistinctBy(package => package.Nevra)], [.. wanted]));

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1500);

    [Fact]
    public void What_is_found_can_be_installed_and_is_what_was_asked_for() => Check(Cases, (result, exhaustive) =>
        !result.Succeeded || exhaustive.Fulfils([.. result.Transaction.Packages.Select(package => package.Package)]));

    [Fact]
    public void What_is_said_to_be_impossible_is() => Check(Cases, (result, exhaustive) =>
        result.Succeeded == exhaustive.HasSolution());

    [Fact]
    public void Nothing_comes_that_nobody_asked_for() => Check(Cases, (result, _) =>
        result.Transaction.Installs.All(package => result.Transaction.Explain(package) is [{ Job: not null }, .., var last] && last.Package == package));

    [Fact]
    public void A_problem_is_never_left_without_a_word() => Check(Cases, (result, _) =>
        result.Problems.All(problem => problem.Message.Length > 0 && !problem.Message.Contains("contradict each other.", StringComparison.Ordinal)));

    [Fact]
    public void The_same_packages_in_the_same_order_give_the_same_answer() => Check(Cases, Solve, (first, given) =>
    {
        var second = Solve(given);
        return first.Transaction.Steps.Select(step => step.ToString()).SequenceEqual(second.Transaction.Steps.Select(step => step.ToString()))
            && first.Problems.SequenceEqual(second.Problems);
    });

    [Fact]
    public void A_pool_gives_the_same_answer_however_often_it_is_asked()
    {
        Prop.ForAll(Cases, given =>
        {
            var pool = Pool(given);
            var first = DependencySolver.Solve(pool, Request(given));
            _ = DependencySolver.Solve(pool, new SolverRequest { Jobs = [SolverJob.Install("e")] });
            var third = DependencySolver.Solve(pool, Request(given));
            return first.Transaction.Steps.Select(step => step.ToString()).SequenceEqual(third.Transaction.Steps.Select(step => step.ToString()));
        }).Check(Config.QuickThrowOnFailure);
    }

    private static void Check(Arbitrary<Case> cases, Func<SolverResult, ExhaustiveSolver, bool> property) =>
        Check(cases, Solve, (result, given) => property(result, new ExhaustiveSolver(given.Packages, [.. given.Wanted.Select(Universe.Parse)])));

    private static void Check(Arbitrary<Case> cases, Func<Case, SolverResult> solve, Func<SolverResult, Case, bool> property) =>
        Prop.ForAll(cases, given => property(solve(given), given)).Check(Thorough);

    private static SolverResult Solve(Case given) => DependencySolver.Solve(Pool(given), Request(given));

    private static PackagePool Pool(Case given)
    {
        var builder = new PackagePoolBuilder(ArchitecturePolicy.Any);
        builder.AddRepository("main", given.Packages);
        return builder.Build();
    }

    private static SolverRequest Request(Case given) => new()
    {
        Jobs = [.. given.Wanted.Select(name => new Universe().Job($"install {name}"))],
        Options = SolverOptions.Plain with { InstallRecommended = false },
    };

    private sealed record Case(IReadOnlyList<RepositoryPackage> Packages, IReadOnlyList<string> Wanted)
    {
        public override string ToString() => string.Join('\n', Packages.Select(package =>
            $"{package.Nevra}: {string.Join("; ", Text("provides", package.Provides).Concat(Text("requires", package.Requires)).Concat(Text("conflicts", package.Conflicts)).Concat(Text("obsoletes", package.Obsoletes)))}"))
            + $"\nwanted: {string.Join(", ", Wanted)}";

        private static IEnumerable<string> Text(string kind, IEnumerable<Dependency> dependencies) => dependencies.Select(dependency => $"{kind} {dependency}");
    }
}
