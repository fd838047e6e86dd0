using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Tests.Dependencies;

public sealed class DependencyTests
{
    [Theory]
    [InlineData("a", "b", false)]
    [InlineData("a", "a", true)]
    [InlineData("a = 1", "a", true)]
    [InlineData("a = 1", "a = 1", true)]
    [InlineData("a = 1", "a = 2", false)]
    [InlineData("a = 1", "a >= 1", true)]
    [InlineData("a = 1", "a > 1", false)]
    [InlineData("a < 2", "a > 1", true)]
    [InlineData("a < 1", "a > 2", false)]
    [InlineData("a < 1", "a >= 1", false)]
    [InlineData("a <= 1", "a >= 1", true)]
    [InlineData("a = 1-5", "a = 1", true)]
    [InlineData("a = 1-5", "a > 1", false)]
    [InlineData("a = 1:1", "a >= 2", true)]
    public void Ranges_overlap_where_they_have_a_version_in_common(string left, string right, bool expected)
    {
        Assert.Equal(expected, Parse(left).Overlaps(Parse(right)));
        Assert.Equal(expected, Parse(right).Overlaps(Parse(left)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a >= 1:2-3")]
    [InlineData("a < 1")]
    [InlineData("(a if b)")]
    public void A_dependency_is_written_as_a_spec_file_has_it(string text) => Assert.Equal(text, Parse(text).ToString());

    [Fact]
    public void What_kind_a_dependency_is_shows_in_its_name()
    {
        Assert.True(Parse("(a or b)").IsRich);
        Assert.True(Parse("/bin/sh").IsFile);
        Assert.True(Parse("rpmlib(FileDigests) <= 4.6.0-1").IsRpmLib);
        Assert.False(Parse("a").IsRich || Parse("a").IsFile || Parse("a").IsRpmLib);
    }

    private static Dependency Parse(string text) => DependencyParser.TryParse(text, out var dependency) ? dependency : throw new ArgumentException(text);
}
