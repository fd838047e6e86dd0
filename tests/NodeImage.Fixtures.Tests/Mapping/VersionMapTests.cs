using NodeImage.Fixtures.Mapping;

namespace NodeImage.Fixtures.Tests.Mapping;

public sealed class VersionMapTests
{
    [Theory]
    [InlineData("2.36-9+deb12u7", "2.36-9+deb12u7")]
    [InlineData("1:4.4.3-P1-2", "1:4.4.3.P1-2")]
    [InlineData("3.134", "3.134-1")]
    [InlineData("0:1.0-1", "1.0-1")]
    [InlineData("2:1.02.185-2~bpo12+1", "2:1.02.185-2~bpo12+1")]
    public void A_package_has_its_revision_as_release_or_else_1(string debian, string rpm) =>
        Assert.Equal(rpm, VersionMap.OfPackage(debian).ToString());

    [Fact]
    public void A_relation_without_a_revision_has_no_release() =>
        Assert.Null(VersionMap.OfRelation("2.36").Release);
}
