using NodeImage.Fixtures.Debian;

namespace NodeImage.Fixtures.Tests.Mapping;

public sealed class RelationMapperTests
{
    [Fact]
    public void Dependencies_bear_the_names_and_versions_of_the_RPMs() =>
        Assert.Equal(
            ["Requires(pre): glibc >= 2.34", "Requires: zlib >= 1:1.2.0-1", "Requires: same"],
            Map("Pre-Depends: libc6 (>= 2.34)\nDepends: zlib1g (>= 1:1.2.0-1), same",
                Samples.Deb("libc6", "2.36-9"), Samples.Deb("zlib1g", "1:1.2.13-1"), Samples.Deb("same", "1")));

    [Fact]
    public void Alternatives_become_a_rich_dependency_even_where_one_of_them_is_unknown() =>
        Assert.Equal(
            ["Requires: (b or unknown >= 3-1)"],
            Map("Depends: b | unknown (>= 3-1)", Samples.Deb("b", "1")));

    [Fact]
    public void Alternatives_that_become_one_RPM_are_a_plain_dependency() =>
        Assert.Equal(
            ["Requires: gnupg2"],
            Map("Depends: gpg (>= 9) | gnupg", Samples.Deb("gpg", "2", "Source: g"), Samples.Deb("gnupg", "2", "Source: g")));

    [Fact]
    public void Weak_relations_stay_weak_and_may_name_what_the_fixture_has_not() =>
        Assert.Equal(
            ["Recommends: nothing", "Suggests: b", "Enhances: other"],
            Map("Recommends: nothing\nSuggests: b\nEnhances: other", Samples.Deb("b", "1")));

    [Fact]
    public void A_dependency_that_nothing_meets_is_an_error()
    {
        var exception = Assert.Throws<FixtureException>(() => Map("Depends: nothing | neither"));

        Assert.Contains("nothing | neither", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_dropped_takes_its_clause_along() =>
        Assert.Equal(["Requires: b"], Map("Depends: dropped-tool (>= 1) | b, b", Samples.Deb("b", "1")));

    [Fact]
    public void Packages_that_go_into_one_RPM_do_not_depend_on_each_other() =>
        Assert.Empty(Samples.Map(
            Samples.Names("one a b"),
            new Dictionary<string, string>(),
            Samples.Deb("a", "1", "Source: s\nDepends: b (= 1)"),
            Samples.Deb("b", "1", "Source: s")));

    [Fact]
    public void A_version_that_rpm_orders_differently_goes_where_dpkg_finds_it_met() =>
        // dpkg: 1.2-1 is more than 1.2. rpm: a version without a release is equal to all of its releases.
        Assert.Equal(["Requires: b"], Map("Depends: b (>> 1.2)", Samples.Deb("b", "1.2-1")));

    [Fact]
    public void A_version_that_dpkg_does_not_find_met_either_stays_in_a_weak_relation() =>
        Assert.Equal(["Recommends: b >= 9"], Map("Recommends: b (>= 9)", Samples.Deb("b", "1.2-1")));

    [Fact]
    public void One_met_alternative_keeps_the_others_as_they_are() =>
        Assert.Equal(["Requires: (b < 1 or c)"], Map("Depends: b (<< 1) | c", Samples.Deb("b", "2"), Samples.Deb("c", "1")));

    [Fact]
    public void Virtual_packages_are_provided_with_their_versions() =>
        Assert.Equal(
            ["Provides: awk", "Provides: api = 5.36"],
            Map("Provides: awk, api (= 5.36)"));

    [Fact]
    public void A_dependency_on_a_virtual_package_stays() =>
        Assert.Equal(["Requires: awk"], Map("Depends: awk", Samples.Deb("gawk", "1", "Provides: awk")));

    private static IReadOnlyList<string> Map(string fields, params DebianPackage[] others) =>
        Samples.Map(
            Samples.Names("glibc libc6", "zlib zlib1g", "gnupg2 gnupg gpg"),
            new Dictionary<string, string>(),
            [Samples.Deb("a", "1.0-1", fields), .. others]);
}
