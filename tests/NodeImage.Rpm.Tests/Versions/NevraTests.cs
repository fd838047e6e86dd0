using FsCheck;
using FsCheck.Fluent;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Versions;

public sealed class NevraTests
{
    private static readonly Arbitrary<Nevra> Packages = Arb.From(
        from name in Gen.Elements("bash", "python3.11-libs", "gcc-c++", "a-1-2")
        from epoch in Gen.Elements(0u, 2u)
        from version in Gen.Elements("1", "5.1.8", "2~rc")
        from release in Gen.Elements("1", "6.el9_1", "0.1.git")
        from architecture in Gen.Elements("noarch", "x86_64", "src")
        select new Nevra(name, new Evr(epoch, version, release), architecture));

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Packages, package =>
        Nevra.TryParse(package.ToString(), out var read) && read == package).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("bash")]
    [InlineData("bash.x86_64")]
    [InlineData("bash-5.x86_64")]
    [InlineData("-5-1.x86_64")]
    [InlineData("bash-5-1.")]
    [InlineData("bash--1.x86_64")]
    [InlineData("bash-5-.x86_64")]
    public void What_lacks_a_part_is_no_package(string text) => Assert.False(Nevra.TryParse(text, out _));

    [Fact]
    public void Packages_sort_by_name_then_version_then_architecture()
    {
        string[] expected = ["a-1-1.x86_64", "b-1-1.noarch", "b-1-1.x86_64", "b-1-2.noarch", "b-10-1.noarch", "b-1:1-1.noarch"];
        var packages = expected.Reverse().Select(text => Nevra.TryParse(text, out var nevra) ? nevra : null).Order();
        Assert.Equal(expected, packages.Select(package => package!.ToString()));
    }
}
