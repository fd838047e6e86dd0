using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>What becomes of packages that are installed already.</summary>
public sealed class InstalledTests
{
    [Fact]
    public void An_update_goes_to_the_highest_version() =>
        Assert.Equal("a-1>a-3", new Universe().AddInstalled("a-1").Add("a-2").Add("a-3").Solve("update a"));

    [Fact]
    public void What_is_not_asked_for_stays() =>
        Assert.Equal("+b-1", new Universe().AddInstalled("a-1").Add("a-2").Add("b-1").Solve("install b"));

    [Fact]
    public void An_installed_package_is_updated_where_another_needs_it() =>
        Assert.Equal("a-1>a-2 +b-1", new Universe().AddInstalled("a-1").Add("a-2").Add("b-1", "requires a >= 2").Solve("install b"));

    [Fact]
    public void Nothing_goes_to_a_lower_version_unless_it_is_allowed_or_asked_for()
    {
        var universe = new Universe().AddInstalled("a-2").Add("a-1").Add("b-1", "requires a < 2");
        Assert.Equal("problem", universe.Solve("install b"));
        Assert.Equal("a-2>a-1", universe.Solve("install a = 1"));
        universe.Options = SolverOptions.Dnf with { AllowDowngrade = true };
        Assert.Equal("a-2>a-1 +b-1", universe.Solve("install b"));
    }

    [Fact]
    public void Going_to_what_the_repositories_have_may_go_back() =>
        Assert.Equal("a-2>a-1", new Universe().AddInstalled("a-2").Add("a-1").Solve("distupgrade a"));

    [Fact]
    public void A_package_goes_when_it_is_asked_to_and_takes_those_with_it_that_need_it()
    {
        var universe = new Universe { Options = SolverOptions.Dnf with { AllowUninstall = true } }.AddInstalled("a-1").AddInstalled("b-1", "requires a").AddInstalled("c-1");
        Assert.Equal("-a-1 -b-1", universe.Solve("erase a"));
        universe.Options = SolverOptions.Dnf;
        Assert.Equal("-a-1 -b-1", universe.Solve("erase a", "allowuninstall b"));
        Assert.Equal("problem", universe.Solve("erase a").Split(':')[0]);
    }

    [Fact]
    public void A_locked_package_stays() =>
        Assert.Equal("problem", new Universe().AddInstalled("a-1").Add("a-2").Add("b-1", "requires a >= 2").Solve("lock a", "install b"));

    [Fact]
    public void A_locked_name_that_is_not_there_does_not_come() =>
        Assert.Equal("+a-1 +c-1", new Universe().Add("a-1", "requires cap").Add("b-1", "provides cap").Add("c-1", "provides cap").Solve("lock b", "install a"));

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "a-1>a-2")]
    public void The_vendor_is_kept_unless_changing_it_is_allowed(bool allowed, string expected) =>
        Assert.Equal(expected, new Universe { Options = SolverOptions.Dnf with { AllowVendorChange = allowed } }
            .AddInstalled("a-1", "vendor x").Add("a-2", "vendor y").Solve("update a"));

    [Fact]
    public void Steps_say_how_versions_compare()
    {
        var universe = new Universe { Options = SolverOptions.Dnf with { AllowDowngrade = true, AllowUninstall = true } }
            .AddInstalled("a-1").AddInstalled("b-2").AddInstalled("c-1", "built 1").AddInstalled("d-1").AddInstalled("e-1")
            .Add("a-2").Add("b-1").Add("c-1", "built 2").Add("f-1", "obsoletes e");
        universe.Solve("update a", "install b = 1", "install c", "erase d", "install f");
        Assert.Equal(
            ["Upgrade a-2", "Downgrade b-1", "Install f-1", "Erase d-1", "Erase e-1"],
            universe.Result.Transaction.Steps.Select(step => $"{step.Kind} {Universe.Short(step.Package)}"));
        Assert.Equal("f-1", Universe.Short(universe.Result.Transaction.Steps[^1].ObsoletedBy!));
        Assert.Equal(["a-1", "b-2", "d-1", "e-1"], universe.Result.Transaction.Removals.Select(Universe.Short));
        Assert.Equal(["a-2", "b-1", "c-1", "f-1"], universe.Result.Transaction.Packages.Select(Universe.Short));
    }

    [Fact]
    public void A_frozen_base_stays_as_it_is()
    {
        var universe = new Universe { FrozenBase = new FrozenBase() }.AddInstalled("a-1").AddInstalled("b-1").Add("a-2").Add("b-2", "requires a >= 2").Add("c-1", "requires a");
        Assert.Equal("+c-1", universe.Solve("install c"));
        Assert.Equal("problem", universe.Solve("install b = 2"));
    }

    [Fact]
    public void Named_packages_of_a_frozen_base_may_change()
    {
        var universe = new Universe { FrozenBase = new FrozenBase { ChangeableNames = new HashSet<string> { "a" } } }
            .AddInstalled("a-1").AddInstalled("b-1").Add("a-2").Add("b-2").Add("c-1", "requires a >= 2");
        Assert.Equal("a-1>a-2 +c-1", universe.Solve("install c"));
    }

    [Fact]
    public void A_frozen_base_lets_nothing_replace_its_packages() =>
        Assert.Equal("problem", new Universe { FrozenBase = new FrozenBase() }.AddInstalled("a-1").Add("b-1", "obsoletes a").Solve("install b"));
}
