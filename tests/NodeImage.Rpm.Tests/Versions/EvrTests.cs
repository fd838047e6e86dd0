using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Versions;

public sealed class EvrTests
{
    private static readonly Arbitrary<Evr> Versions = Arb.From(
        from epoch in Gen.Elements(0u, 0u, 1u, 7u)
        from version in Gen.Elements("1", "1.0", "2.3~rc1", "2:3", "10a")
        from release in Gen.Elements(null, "1", "1.el9", "2^git")
        select new Evr(epoch, version, release));

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Versions, version =>
        // A colon within a version can only be told from that of an epoch where there is one.
        (version.Epoch == 0 && version.Version.Contains(':', StringComparison.Ordinal)) || Evr.Parse(version.ToString()) == version)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1.2", 0, "1.2", null)]
    [InlineData("1.2-3", 0, "1.2", "3")]
    [InlineData("4:1.2-3", 4, "1.2", "3")]
    [InlineData(":1.2", 0, "1.2", null)]
    [InlineData("a:1.2", 0, "a:1.2", null)]
    [InlineData("1-2-3", 0, "1-2", "3")]
    [InlineData("", 0, "", null)]
    public void The_parts_are_told_apart(string text, uint epoch, string version, string? release) =>
        Assert.Equal(new Evr(epoch, version, release), Evr.Parse(text));

    [Theory]
    [InlineData("1:1-1", "2-1", 1)]
    [InlineData("1-1", "1-2", -1)]
    [InlineData("1", "1-2", -1)]
    [InlineData("1-1", "1-1", 0)]
    public void The_epoch_counts_first_and_an_absent_release_sorts_first(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(Evr.Parse(left).CompareTo(Evr.Parse(right))));

    [Theory]
    [InlineData("1", "1-2", 0)]
    [InlineData("1-1", "1-2", -1)]
    [InlineData("1:1", "1-2", 1)]
    public void Dependencies_compare_releases_only_where_both_sides_have_one(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(Evr.Parse(left).CompareForDependency(Evr.Parse(right))));

    [Fact]
    public void The_order_is_consistent() => Prop.ForAll(
        Arb.From(from a in Versions.Generator from b in Versions.Generator from c in Versions.Generator select (a, b, c)),
        triple => Math.Sign(triple.a.CompareTo(triple.b)) == -Math.Sign(triple.b.CompareTo(triple.a))
            && (triple.a.CompareTo(triple.b) > 0 || triple.b.CompareTo(triple.c) > 0 || triple.a.CompareTo(triple.c) <= 0))
        .QuickCheckThrowOnFailure();
}
