using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Which clauses packages and jobs become: a package's name stands for its literal, "-" before it for its absence.</summary>
public sealed class ClauseTests
{
    [Fact]
    public void A_requirement_is_met_by_any_of_its_providers() =>
        Assert.Contains("Requires -a-1 b-1 c-1", Clauses(new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap"), "install a"));

    [Fact]
    public void A_requirement_that_nothing_provides_forbids_the_package() =>
        Assert.Contains("NothingProvides -a-1", Clauses(new Universe().Add("a-1", "requires missing"), "install a"));

    [Fact]
    public void A_requirement_that_the_package_meets_itself_needs_no_clause() =>
        Assert.DoesNotContain(Clauses(new Universe().Add("a-1", "requires a", "requires /a", "file /a"), "install a"), clause => clause.StartsWith("Requires", StringComparison.Ordinal));

    [Fact]
    public void Conflicts_and_obsoletes_hold_between_two() =>
        Assert.Superset(
            new HashSet<string> { "Conflicts -a-1 -b-1", "Obsoletes -a-1 -c-1" },
            Clauses(new Universe().Add("a-1", "conflicts b", "obsoletes c").Add("b-1").Add("c-1"), "install a", "install b", "install c"));

    [Fact]
    public void Two_of_a_name_exclude_each_other() =>
        Assert.Contains("SameName -a-1 -a-2", Clauses(new Universe().Add("a-1").Add("a-2"), "install a"));

    [Fact]
    public void Two_of_a_name_may_be_together_where_several_versions_may() =>
        Assert.DoesNotContain("SameName -a-1 -a-2", Clauses(new Universe().Add("a-1").Add("a-2"), "install a", "multiversion a"));

    [Fact]
    public void Foreign_architectures_are_forbidden()
    {
        var universe = new Universe().Add("a-1.aarch64");
        universe.BuildPool();
        Assert.Contains("NotInstallable -a-1.aarch64", Clauses(universe, new SolverJob(SolverAction.Install, new PackageSelection.Exactly(universe.Find("a-1.aarch64")))));
    }

    [Fact]
    public void A_lesser_architecture_comes_only_beside_the_better_one_of_the_same_version() =>
        Assert.Contains("InferiorArchitecture -a-1.i686 a-1.x86_64", Clauses(new Universe().Add("a-1.x86_64").Add("a-1.i686"), "install a"));

    [Theory]
    [InlineData("(b and c)", "Requires -a-1 b-1", "Requires -a-1 c-1")]
    [InlineData("(b or c)", "Requires -a-1 b-1 c-1")]
    [InlineData("(b if c)", "Requires -a-1 -c-1 b-1")]
    [InlineData("((b and c) or d)", "Requires -a-1 b-1 d-1", "Requires -a-1 c-1 d-1")]
    [InlineData("(b if c else d)", "Requires -a-1 -c-1 b-1", "Requires -a-1 c-1 d-1")]
    public void Rich_requirements_become_clauses_of_their_normal_form(string dependency, params string[] expected) =>
        Assert.Superset(expected.ToHashSet(), Clauses(new Universe().Add("a-1", $"requires {dependency}").Add("b-1").Add("c-1").Add("d-1"), "install a"));

    [Fact]
    public void Jobs_ask_for_one_of_their_packages_and_forbid_what_is_to_go() =>
        Assert.Superset(
            new HashSet<string> { "Job a-1 a-2", "Job -b-1" },
            Clauses(new Universe().Add("a-1").Add("a-2").AddInstalled("b-1"), "install a", "erase b"));

    [Fact]
    public void An_installed_package_stays_or_is_updated() =>
        Assert.Contains("Update a-1 a-2", Clauses(new Universe().AddInstalled("a-1").Add("a-2"), "update a"));

    [Fact]
    public void A_blacklisted_package_is_forbidden() =>
        Assert.Contains("Blacklist -a-1", Clauses(new Universe().Add("a-1").Add("b-1"), "install b", "blacklist a"));

    [Fact]
    public void Packages_that_nothing_leads_to_have_no_clauses() =>
        Assert.DoesNotContain(Clauses(new Universe().Add("a-1").Add("b-1", "requires c").Add("c-1"), "install a"), clause => clause.Contains("b-1", StringComparison.Ordinal));

    private static HashSet<string> Clauses(Universe universe, params string[] jobs)
    {
        universe.BuildPool();
        return Clauses(universe, [.. jobs.Select(universe.Job)]);
    }

    private static HashSet<string> Clauses(Universe universe, params SolverJob[] jobs)
    {
        var view = new PoolView(universe.Pool, null);
        var context = new SolveContext(view, universe.Options, JobTable.Resolve(view, jobs));
        ClauseAssembler.Assemble(context);
        return [.. Enumerable.Range(1, context.Clauses.Count - 1).Where(clause => context.Clauses[clause].First != 0).Select(clause => Text(context, clause))];
    }

    private static string Text(SolveContext context, int clause)
    {
        var literals = new List<string>();
        foreach (var literal in context.Clauses.LiteralsOf(clause))
        {
            var package = Math.Abs(literal);
            literals.Add((literal < 0 ? "-" : "") + (package == PackagePool.SystemPackage ? "system" : Universe.Short(context.View.Pool[package])));
        }

        literals.Sort(StringComparer.Ordinal);
        return $"{context.Clauses[clause].Kind} {string.Join(' ', literals)}";
    }
}
