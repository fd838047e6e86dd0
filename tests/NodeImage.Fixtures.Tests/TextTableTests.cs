namespace NodeImage.Fixtures.Tests;

public sealed class TextTableTests
{
    [Fact]
    public void Comments_and_empty_lines_are_no_rows() =>
        Assert.Equal(["a b", "c#d"], TextTable.Parse(["# head", "", "a b # why", "c#d", "   "]));

    [Theory]
    [InlineData("minimal.packages")]
    [InlineData("full.packages")]
    [InlineData("extensions.packages")]
    [InlineData("node.packages")]
    [InlineData("arm64.packages")]
    [InlineData("arm64-node.packages")]
    public void Package_lists_hold_one_name_a_line_and_are_sorted(string list)
    {
        var rows = TextTable.Read(Path.Combine(RepositoryFolder.Root, "eng", "fixtures", list));

        Assert.NotEmpty(rows);
        Assert.Equal(rows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), rows);
        Assert.All(rows, row => Assert.DoesNotContain(' ', row));
    }
}
