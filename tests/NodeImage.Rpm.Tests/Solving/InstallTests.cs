using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>What comes with a package that is asked for.</summary>
public sealed class InstallTests
{
    [Fact]
    public void Requirements_come_with_a_package_all_the_way_down() =>
        Assert.Equal("+a-1 +b-1 +c-1", new Universe().Add("a-1", "requires b").Add("b-1", "requires c").Add("c-1").Add("d-1").Solve("install a"));

    [Fact]
    public void The_highest_version_is_taken() =>
        Assert.Equal("+a-3", new Universe().Add("a-1").Add("a-3").Add("a-2").Solve("install a"));

    [Fact]
    public void A_lower_version_is_taken_where_the_highest_cannot_be_had() =>
        Assert.Equal("+a-1", new Universe { Options = SolverOptions.Plain }.Add("a-1").Add("a-2", "requires missing").Solve("install a"));

    [Theory]
    [InlineData("install a = 2", "+a-2")]
    [InlineData("install a < 3", "+a-2")]
    [InlineData("install a <= 1", "+a-1")]
    [InlineData("install a >= 1", "+a-3")]
    public void A_range_of_versions_can_be_asked_for(string job, string expected) =>
        Assert.Equal(expected, new Universe().Add("a-1").Add("a-2").Add("a-3").Solve(job));

    [Fact]
    public void Packages_may_need_each_other() =>
        Assert.Equal("+a-1 +b-1", new Universe().Add("a-1", "requires b").Add("b-1", "requires a").Solve("install a"));

    [Fact]
    public void A_capability_is_met_by_whoever_provides_it_in_the_right_version() =>
        Assert.Equal("+a-1 +new-1", new Universe().Add("a-1", "requires cap >= 2").Add("old-1", "provides cap = 1").Add("new-1", "provides cap = 2").Solve("install a"));

    [Fact]
    public void A_package_whose_conflict_stands_in_the_way_is_passed_over() =>
        Assert.Equal("+a-1 +c-1 +x-1", new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap", "conflicts x").Add("c-1", "provides cap").Add("x-1").Solve("install x", "install a"));

    [Fact]
    public void Two_versions_of_a_package_exclude_each_other() =>
        Assert.StartsWith("problem", new Universe().Add("a-1").Add("a-2").Solve("install a = 1", "install a = 2"), StringComparison.Ordinal);

    [Fact]
    public void Several_versions_may_be_there_where_it_is_said_so() =>
        Assert.Equal("+kernel-1 +kernel-2", new Universe().Add("kernel-1").Add("kernel-2").Solve("multiversion kernel", "install kernel = 1", "install kernel = 2"));

    [Fact]
    public void A_package_of_several_versions_stays_when_a_newer_one_comes() =>
        Assert.Equal("+kernel-2", new Universe().AddInstalled("kernel-1").Add("kernel-2").Solve("multiversion kernel", "install kernel = 2"));

    [Fact]
    public void A_package_takes_the_place_of_those_that_it_obsoletes() =>
        Assert.Equal("+new-1 -old-1", new Universe().AddInstalled("old-1").Add("new-1", "obsoletes old").Solve("update old"));

    [Fact]
    public void What_obsoletes_a_package_is_not_installed_beside_it() =>
        Assert.StartsWith("problem", new Universe().Add("old-1").Add("new-1", "obsoletes old").Solve("install old", "install new"), StringComparison.Ordinal);

    [Fact]
    public void Obsoletes_hit_names_and_not_what_is_provided() =>
        Assert.Equal("+a-1 +b-1", new Universe().Add("a-1", "provides old").Add("b-1", "obsoletes old").Solve("install a", "install b"));

    [Fact]
    public void A_package_does_not_conflict_with_itself() =>
        Assert.Equal("+a-1", new Universe().Add("a-1", "provides cap", "conflicts cap").Solve("install a"));

    [Fact]
    public void A_file_can_be_asked_for() =>
        Assert.Equal("+a-1 +b-1", new Universe().Add("a-1", "file /usr/bin/x", "requires /usr/bin/y").Add("b-1", "file /usr/bin/y").Solve("install /usr/bin/x"));

    [Fact]
    public void What_is_there_is_not_installed_again() =>
        Assert.Equal("", new Universe().AddInstalled("a-1").Add("a-1").Solve("install a"));

    [Fact]
    public void An_exact_package_is_taken_whatever_others_there_are()
    {
        var universe = new Universe().Add("a-1").Add("a-2");
        universe.BuildPool();
        Assert.Equal("+a-1", universe.Solve([new SolverJob(SolverAction.Install, new PackageSelection.Exactly(universe.Find("a-1")))]));
    }

    [Fact]
    public void One_of_some_packages_is_enough()
    {
        var universe = new Universe().Add("a-1", "requires missing").Add("b-1").Add("c-1");
        universe.BuildPool();
        Assert.Equal("+b-1", universe.Solve([new SolverJob(SolverAction.Install, new PackageSelection.OneOf([universe.Find("a-1"), universe.Find("b-1")]))]));
    }

    [Fact]
    public void A_package_can_be_asked_for_by_architecture()
    {
        var universe = new Universe().Add("a-1.x86_64").Add("a-1.i686");
        universe.BuildPool();
        Assert.Equal("+a-1.i686", universe.Solve([new SolverJob(SolverAction.Install, new PackageSelection.ByName("a", null, "i686"))]));
    }

    [Fact]
    public void A_weak_request_is_dropped_where_it_cannot_be_met()
    {
        var universe = new Universe().Add("a-1", "requires missing").Add("b-1");
        universe.BuildPool();
        Assert.Equal("+b-1", universe.Solve([universe.Job("install a") with { Flags = SolverJobFlags.Weak }, universe.Job("install b")]));
    }

    [Theory]
    [InlineData("(b and c)", "+a-1 +b-1 +c-1")]
    [InlineData("(b or c)", "+a-1 +b-1")]
    [InlineData("(missing or c)", "+a-1 +c-1")]
    [InlineData("(b if c)", "+a-1")]
    [InlineData("(b if a)", "+a-1 +b-1")]
    [InlineData("(b if c else d)", "+a-1 +d-1")]
    [InlineData("(b if a else d)", "+a-1 +b-1")]
    [InlineData("((b and c) or missing)", "+a-1 +b-1 +c-1")]
    [InlineData("(cap with other)", "+a-1 +d-1")]
    [InlineData("(cap without other)", "+a-1 +c-1")]
    [InlineData("(cap >= 2 with other)", "+a-1 +d-1")]
    public void Rich_requirements_mean_what_they_say(string dependency, string expected) => Assert.Equal(expected, new Universe()
        .Add("a-1", $"requires {dependency}")
        .Add("b-1")
        .Add("c-1", "provides cap = 1")
        .Add("d-1", "provides cap = 2", "provides other")
        .Solve("install a"));

    [Theory]
    [InlineData("(b and c)", "+a-1 +b-1")]
    [InlineData("(b or c)", "problem")]
    [InlineData("(b unless c)", "+a-1 +b-1 +c-1")]
    [InlineData("(b with cap)", "+a-1 +b-1")]
    public void Rich_conflicts_mean_what_they_say(string dependency, string expected) => Assert.StartsWith(expected, new Universe()
        .Add("a-1", $"conflicts {dependency}")
        .Add("b-1")
        .Add("c-1", "provides cap")
        .Solve("install a", "install b"), StringComparison.Ordinal);

    [Fact]
    public void What_rpm_itself_provides_needs_no_package() =>
        Assert.Equal("+a-1", new Universe().Add("a-1", "requires rpmlib(FileDigests) <= 4.6.0-1").Solve("install a"));

    [Fact]
    public void Source_packages_provide_nothing() =>
        Assert.Equal("+a-1 +b-1", new Universe().Add("a-1", "requires cap").Add("b-2.src", "provides cap").Add("b-1", "provides cap").Solve("install a"));

    [Fact]
    public void A_capability_of_the_system_needs_no_package()
    {
        var builder = new PackagePoolBuilder(ArchitecturePolicy.For("x86_64"));
        builder.AddSystemCapability("cap");
        builder.AddRepository("main", [Universe.Package("a-1", "requires cap")]);
        var result = DependencySolver.Solve(builder.Build(), new SolverRequest { Jobs = [SolverJob.Install("a")] });
        Assert.True(result.Succeeded);
        Assert.Single(result.Transaction.Installs);
    }

    [Fact]
    public void Dependencies_that_cannot_be_read_are_not_met() =>
        Assert.Equal("problem", new Universe().Add("a-1", "requires (b nor c)").Add("b-1").Solve("install a"));
}
