using NodeImage.Fixtures.Debian;

namespace NodeImage.Fixtures.Tests.Mapping;

public sealed class ConflictMapperTests
{
    [Fact]
    public void Conflicts_and_breaks_that_hit_nothing_are_kept() =>
        Assert.Equal(
            ["Conflicts: elsewhere", "Conflicts: b < 1.0-2"],
            Map("Conflicts: elsewhere\nBreaks: b (<< 1.0-2)", Samples.Deb("b", "1.0-2")));

    [Fact]
    public void A_conflict_that_rpm_would_let_hit_a_neighbour_goes() =>
        // dpkg: 1.0-2 is more than 1.0. rpm compares without the release where one side has none.
        Assert.Empty(Map("Breaks: b (<= 1.0)", Samples.Deb("b", "1.0-2")));

    [Fact]
    public void What_is_provided_without_a_version_would_meet_a_conflict_with_one() =>
        Assert.Empty(Map("Breaks: virtual (<< 1)", Samples.Deb("b", "1", "Provides: virtual")));

    [Fact]
    public void A_package_does_not_conflict_with_what_it_provides_itself() =>
        Assert.Equal(["Provides: mta"], Map("Provides: mta\nConflicts: mta\nReplaces: mta"));

    [Fact]
    public void A_package_that_is_gone_from_Debian_is_obsoleted() =>
        Assert.Equal(
            ["Provides: old = 3", "Conflicts: old < 2-1", "Obsoletes: old < 2-1"],
            Map("Provides: old (= 3)\nBreaks: old (<< 2-1)\nReplaces: old (<< 2-1)"));

    [Fact]
    public void A_package_that_is_replaced_whole_is_obsoleted_though_Debian_still_offers_it() =>
        Assert.Equal(
            ["Conflicts: rival", "Obsoletes: rival"],
            Map("Conflicts: rival\nReplaces: rival", "rival", "3"));

    [Fact]
    public void A_package_that_files_moved_from_is_not_obsoleted_where_a_later_version_lives() =>
        Assert.Equal(
            ["Conflicts: old < 2-1"],
            Map("Breaks: old (<< 2-1)\nReplaces: old (<< 2-1)", "old", "2-1"));

    [Fact]
    public void A_neighbour_is_never_obsoleted() =>
        Assert.Equal(
            ["Conflicts: b < 2-1"],
            Map("Breaks: b (<< 2-1)\nReplaces: b (<< 2-1)", Samples.Deb("b", "2-1")));

    [Fact]
    public void Replacing_files_without_a_conflict_obsoletes_nothing() =>
        Assert.Empty(Map("Replaces: old (<< 2-1)"));

    private static IReadOnlyList<string> Map(string fields, params DebianPackage[] others) =>
        Samples.Map(Samples.Names(), new Dictionary<string, string>(), [Samples.Deb("a", "1.0-1", fields), .. others]);

    private static IReadOnlyList<string> Map(string fields, string available, string version) =>
        Samples.Map(Samples.Names(), new Dictionary<string, string> { [available] = version }, Samples.Deb("a", "1.0-1", fields));
}
