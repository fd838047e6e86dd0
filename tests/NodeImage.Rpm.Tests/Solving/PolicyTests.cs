using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Which of several candidates is taken.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Of_equal_providers_the_first_is_taken() =>
        Assert.Equal("+a-1 +b-1", new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a"));

    [Fact]
    public void What_is_there_is_better_than_what_would_have_to_come() =>
        Assert.Equal("+a-1", new Universe().AddInstalled("c-1", "provides cap").Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a"));

    [Fact]
    public void What_is_asked_for_anyway_is_better_than_something_else() =>
        Assert.Equal("+a-1 +c-1", new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a", "install c"));

    [Theory]
    [InlineData("x86_64", "+a-1.x86_64")]
    [InlineData("aarch64", "+a-1.aarch64")]
    public void The_architecture_of_the_system_is_taken(string architecture, string expected) =>
        Assert.Equal(expected, new Universe(architecture).Add("a-1.i686").Add("a-1.aarch64").Add("a-1.x86_64").Solve("install a"));

    [Fact]
    public void A_better_architecture_is_worth_more_than_a_higher_version() =>
        Assert.Equal("+a-1.x86_64", new Universe().Add("a-2.i686").Add("a-1.x86_64").Solve("install a"));

    [Fact]
    public void Packages_of_two_widths_can_be_beside_each_other()
    {
        var universe = new Universe().Add("a-1.x86_64").Add("a-1.i686");
        universe.BuildPool();
        var jobs = universe.Pool.Enumerate().Select(package => new SolverJob(SolverAction.Install, new PackageSelection.Exactly(package))).ToList();
        Assert.Equal("+a-1.i686 +a-1.x86_64", universe.Solve(jobs));
    }

    [Fact]
    public void A_library_of_the_other_width_comes_beside_the_same_one_of_the_systems_own() =>
        Assert.Equal("+a-1.i686 +l-1.i686 +l-1.x86_64", new Universe()
            .Add("a-1.i686", "requires l()")
            .Add("l-1.x86_64", "provides l()(64bit)")
            .Add("l-1.i686", "provides l()")
            .Solve("install a"));

    [Fact]
    public void The_repository_of_the_lower_priority_wins_whatever_the_version() =>
        Assert.Equal("+a-1", new Universe().Add("a-2").Repository("first", priority: 10).Add("a-1").Solve("install a"));

    [Fact]
    public void A_repository_of_higher_priority_hides_the_others_only_where_that_is_asked_for()
    {
        var universe = new Universe().Add("a-2").Repository("first", priority: 10).Add("a-1", "requires missing");
        Assert.Equal("+a-2", universe.Solve("install a"));
        universe.Options = SolverOptions.Plain with { StrictRepositoryPriority = true };
        Assert.Equal("problem", universe.Solve("install a"));
    }

    [Fact]
    public void Of_equal_packages_the_cheaper_repository_has_it()
    {
        var universe = new Universe().Add("a-1").Repository("near", cost: 10).Add("a-1");
        universe.Solve("install a");
        Assert.Equal("near", Assert.Single(universe.Result.Transaction.Installs).Repository.Id);
    }

    [Theory]
    [InlineData("favor c", "+a-1 +c-1")]
    [InlineData("disfavor b", "+a-1 +c-1")]
    [InlineData("favor b", "+a-1 +b-1")]
    public void A_choice_can_be_steered(string job, string expected) => Assert.Equal(expected, new Universe()
        .Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a", job));

    [Fact]
    public void A_provider_that_is_recommended_is_taken() => Assert.Equal("+a-1 +c-1", new Universe()
        .Add("a-1", "requires cap", "suggests c").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a"));

    [Fact]
    public void A_provider_that_others_obsolete_is_passed_over() => Assert.Equal("+a-1 +new-1", new Universe()
        .Add("a-1", "requires cap").Add("old-1", "provides cap").Add("new-1", "provides cap", "obsoletes old").Solve("install a"));

    [Fact]
    public void Providers_that_obsolete_each_other_stay_all() => Assert.Equal("+a-1 +b-1", new Universe()
        .Add("a-1", "requires cap").Add("b-1", "provides cap", "obsoletes c").Add("c-1", "provides cap", "obsoletes b").Solve("install a"));

    [Theory]
    [InlineData(false, "+a-1")]
    [InlineData(true, "+a-1 +b-1 +c-1 +s-1")]
    public void Recommended_packages_come_where_they_are_wanted(bool wanted, string expected) => Assert.Equal(expected, new Universe { Options = SolverOptions.Dnf with { InstallRecommended = wanted } }
        .Add("a-1", "recommends b", "suggests d").Add("b-1", "recommends c", "recommends missing").Add("c-1").Add("d-1").Add("s-1", "supplements a").Solve("install a"));

    [Fact]
    public void A_recommendation_that_is_in_the_way_is_let_go() => Assert.Equal("+a-1 +x-1", new Universe { Options = SolverOptions.Plain }
        .Add("a-1", "recommends b").Add("b-1", "conflicts x").Add("x-1").Solve("install a", "install x"));

    [Fact]
    public void Packages_can_be_kept_from_coming_as_mere_recommendations() => Assert.Equal("+a-1", new Universe { Options = SolverOptions.Plain }
        .Add("a-1", "recommends b").Add("b-1").Solve("install a", "excludefromweak b"));

    [Fact]
    public void A_package_of_the_blacklist_does_not_come() => Assert.Equal("+a-1 +c-1", new Universe()
        .Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("install a", "blacklist b"));

    [Fact]
    public void Excluded_packages_are_not_looked_at()
    {
        var universe = new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap");
        universe.Excluded.Add("b");
        Assert.Equal("+a-1 +c-1", universe.Solve("install a"));
    }

    [Fact]
    public void Only_the_best_will_do_where_that_is_asked_for()
    {
        var universe = new Universe { Options = SolverOptions.Plain }.Add("a-1").Add("a-2", "requires missing");
        universe.BuildPool();
        Assert.Equal("problem", universe.Solve([universe.Job("install a") with { Flags = SolverJobFlags.ForceBest }]));
    }
}
