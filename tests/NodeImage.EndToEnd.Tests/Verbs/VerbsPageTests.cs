using System.Text.RegularExpressions;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>The page of the verbs names tests that there are.</summary>
public sealed partial class VerbsPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_is_one()
    {
        var rows = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "verbs.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal) || line.Contains("Tests", StringComparison.Ordinal)).ToList();
        var named = rows.SelectMany(row => Name().Matches(row.Split('|') is { Length: > 3 } cells ? cells[3] : "")).Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count > 30, "the table was not found");

        var classes = typeof(VerbsPageTests).Assembly.GetTypes().ToLookup(type => type.Name);
        Assert.DoesNotContain(named, name => name.Split('.') switch
        {
            [var type] => !classes.Contains(type),
            [var type, var method] => !classes[type].Any(found => found.GetMethod(method) is not null),
            _ => true,
        });
        Assert.All(rows.Where(row => row.StartsWith("| `", StringComparison.Ordinal)), row => Assert.Matches(Name(), row.Split('|')[3]));
    }

    [GeneratedRegex("`([A-Z][A-Za-z]*Tests(?:\\.[A-Za-z_]+)?)`")]
    private static partial Regex Name();
}
