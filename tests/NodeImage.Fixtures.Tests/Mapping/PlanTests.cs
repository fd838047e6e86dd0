using NodeImage.Fixtures.Debian;
using NodeImage.Fixtures.Mapping;

namespace NodeImage.Fixtures.Tests.Mapping;

public sealed class PlanTests
{
    [Fact]
    public void Packages_of_a_source_share_a_spec_and_the_table_joins_some_into_one_RPM()
    {
        var plans = SourcePlan.Make(
            Samples.Closure(
                Samples.Deb("mount", "2", "Source: util-linux"),
                Samples.Deb("util-linux", "2"),
                Samples.Deb("libuuid1", "2", "Source: util-linux (1)"),
                Samples.Deb("dropped-one", "1")),
            Samples.Names("util-linux util-linux mount", "libuuid libuuid1"));

        var plan = Assert.Single(plans);
        Assert.Equal("util-linux", plan.Name);
        Assert.Equal(["libuuid", "util-linux"], plan.Packages.Select(package => package.Name));
        Assert.Equal(["util-linux", "mount"], plan.Packages[1].Debs.Select(deb => deb.Name));
    }

    [Fact]
    public void Packages_that_only_the_node_needs_go_to_its_repository()
    {
        var closure = new Closure("", [Samples.Deb("a", "1")], [Samples.Deb("n", "1")], new Dictionary<string, string>());

        var repositories = SourcePlan.Make(closure, Samples.Names()).SelectMany(plan => plan.Packages).ToDictionary(package => package.Name, package => package.Repository);

        Assert.Equal("base", repositories["a"]);
        Assert.Equal("ocp", repositories["n"]);
    }

    [Fact]
    public void Packages_of_different_sources_cannot_become_one_RPM() =>
        Assert.Throws<FixtureException>(() =>
            SourcePlan.Make(Samples.Closure(Samples.Deb("a", "1"), Samples.Deb("b", "1")), Samples.Names("one a b")));
}
