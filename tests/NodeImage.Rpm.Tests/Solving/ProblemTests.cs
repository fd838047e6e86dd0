using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>What is said of requests that cannot be fulfilled, word for word.</summary>
public sealed class ProblemTests
{
    [Fact]
    public void A_requirement_that_only_lower_versions_meet_names_the_highest() => Assert.Equal(
        "NI2205: 'kubelet' cannot be installed: kubelet-4.21-1.noarch requires cri-o >= 1.34, which no repository offers (the highest is cri-o-1.33-1.noarch@main). Add a repository that offers what is missing, or ask for another version.",
        new Universe().Add("kubelet-4.21", "requires cri-o >= 1.34").AddNamed("cri-o", "1.33").AddNamed("cri-o", "1.9").Problem("install kubelet"));

    [Fact]
    public void The_chain_of_who_needs_what_is_told() => Assert.Equal(
        "NI2205: 'a' cannot be installed: a-1-1.noarch requires b; b-1-1.noarch requires c > 2; c-3-1.noarch requires missing, which no repository offers. Add a repository that offers what is missing, or ask for another version.",
        new Universe().Add("a-1", "requires b").Add("b-1", "requires c > 2").Add("c-3", "requires missing").Problem("install a"));

    [Fact]
    public void Only_the_best_candidates_chain_is_told() => Assert.Equal(
        "NI2205: 'a' cannot be installed: a-2-1.noarch requires missing, which no repository offers; the other candidate fails too. Add a repository that offers what is missing, or ask for another version.",
        new Universe().Add("a-1", "requires gone").Add("a-2", "requires missing").Problem("install a"));

    [Fact]
    public void A_file_that_nobody_owns_is_told_of_as_a_file() => Assert.Equal(
        "NI2205: 'a' cannot be installed: a-1-1.noarch requires /usr/bin/x, which no package owns. Add a repository that offers what is missing, or ask for another version.",
        new Universe().Add("a-1", "requires /usr/bin/x").Problem("install a"));

    [Fact]
    public void A_rich_requirement_is_told_as_it_is_written() => Assert.Equal(
        "NI2205: 'a' cannot be installed: a-1-1.noarch requires (b or c), which nothing meets. Add a repository that offers what is missing, or ask for another version.",
        new Universe().Add("a-1", "requires (b or c)").Problem("install a"));

    [Theory]
    [InlineData("bahs", "Did you mean 'bash'?")]
    [InlineData("BASH", "Did you mean 'bash'?")]
    [InlineData("python3_libs", "Did you mean 'python3-libs'?")]
    [InlineData("completely-different", "Check the spelling and the repositories.")]
    [InlineData("webserver", "It is not a package's name, but provided by nginx-1-1.noarch@main.")]
    public void A_name_that_does_not_exist_comes_with_a_hint(string name, string hint) => Assert.Equal(
        $"NI2201: No repository has a package, file or capability '{name}'. {hint}",
        new Universe().Add("bash-1").AddNamed("python3-libs", "1").Add("nginx-1", "provides webserver").Problem($"install {name}"));

    [Fact]
    public void A_version_that_does_not_exist_comes_with_those_that_do() => Assert.Equal(
        "NI2202: No repository has 'a = 3'. There is a-2-1.noarch@main, a-1-1.noarch@main.",
        new Universe().Add("a-1").Add("a-2").Problem("install a = 3"));

    [Fact]
    public void A_package_of_another_architecture_is_told_of() => Assert.Equal(
        "NI2203: 'a' is there for aarch64 only, which cannot be installed on x86_64.",
        new Universe().Add("a-1.aarch64").Problem("install a"));

    [Fact]
    public void An_excluded_package_is_told_of()
    {
        var universe = new Universe().Add("a-1").Add("b-1", "requires a");
        universe.Excluded.Add("a");
        Assert.Equal("NI2204: 'a' is excluded: a-1-1.noarch@main must not be installed. Drop the request or the exclusion.", universe.Problem("install a"));
        Assert.Equal("NI2205: 'b' cannot be installed: b-1-1.noarch requires a, which only the excluded a-1-1.noarch@main provides. Add a repository that offers what is missing, or ask for another version.", universe.Problem("install b"));
    }

    [Fact]
    public void Requests_that_contradict_each_other_are_both_named() => Assert.Equal(
        "NI2206: The requests to install 'a' and to install 'b' contradict each other: a-1-1.noarch requires c; c-1-1.noarch conflicts with b, which b-1-1.noarch is; b-1-1.noarch is asked for as 'b'. Leave one of them out, or ask for versions that agree.",
        new Universe().Add("a-1", "requires c").Add("b-1").Add("c-1", "conflicts b").Problem("install a", "install b"));

    [Fact]
    public void Wanting_and_not_wanting_the_same_is_a_contradiction() => Assert.Equal(
        "NI2206: The requests to install 'a' and to leave out 'a' contradict each other: a-1-1.noarch is to be left out. Leave one of them out, or ask for versions that agree.",
        new Universe().Add("a-1").Problem("install a", "erase a"));

    [Fact]
    public void A_change_of_a_frozen_base_names_what_would_change() => Assert.Equal(
        "NI2207: 'b' would change a-1-1.noarch of the base image: b-1-1.noarch requires a >= 2; a-2-1.noarch would replace a-1-1.noarch of the base image. Allow the change with an RpmPackageOverride item, or ask for packages that work with the base as it is.",
        new Universe { FrozenBase = new FrozenBase() }.AddInstalled("a-1").Add("a-2").Add("b-1", "requires a >= 2").Problem("install b"));

    [Fact]
    public void A_conflict_with_a_frozen_base_names_what_would_have_to_go() => Assert.Equal(
        "NI2207: 'b' would change a-1-1.noarch of the base image: b-1-1.noarch obsoletes a, which a-1-1.noarch of the base image is. Allow the change with an RpmPackageOverride item, or ask for packages that work with the base as it is.",
        new Universe { FrozenBase = new FrozenBase() }.AddInstalled("a-1").Add("b-1", "obsoletes a").Problem("install b"));

    [Fact]
    public void A_package_that_others_need_cannot_be_removed() => Assert.Equal(
        "NI2209: 'a' cannot be removed: the installed b-1-1.noarch requires a; the installed b-1-1.noarch has to stay or be updated.",
        new Universe().AddInstalled("a-1").AddInstalled("b-1", "requires a").Problem("erase a"));

    [Fact]
    public void An_installed_package_that_cannot_stay_is_told_of() => Assert.Equal(
        "NI2208: a-1-1.noarch can neither stay nor be updated: a-2-1.noarch is locked out.",
        new Universe().AddInstalled("a-1").Add("a-2").Problem("distupgrade a", "lock a = 2"));

    [Fact]
    public void That_only_the_best_of_what_was_asked_for_will_do_is_told()
    {
        var universe = new Universe().Add("c-1").Add("x-1").Add("x-2", "requires missing");
        universe.BuildPool();
        universe.Solve([universe.Job("install c"), universe.Job("install (x if c)") with { Flags = SolverJobFlags.ForceBest }]);
        Assert.Contains("only the best of '(x if c)' will do", Assert.Single(universe.Result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_stands_at_the_item_that_caused_it()
    {
        var universe = new Universe().Add("a-1", "requires missing").Add("b-1").Add("c-1", "requires gone");
        universe.Solve("install a", "install b", "install c", "install d");
        Assert.Equal(
            [new ItemReference("RpmPackage", "a"), new ItemReference("RpmPackage", "c"), new ItemReference("RpmPackage", "d")],
            universe.Result.Problems.Select(problem => problem.Subject).OrderBy(subject => subject!.Identity, StringComparer.Ordinal));
        Assert.Equal(["b-1"], universe.Result.Transaction.Installs.Select(Universe.Short));
    }

    [Fact]
    public void A_failed_request_throws_with_all_its_problems()
    {
        var universe = new Universe();
        universe.Solve("install a", "install b");
        Assert.Equal(universe.Result.Problems, Assert.Throws<DiagnosticException>(universe.Result.GetTransactionOrThrow).Diagnostics);
    }
}
