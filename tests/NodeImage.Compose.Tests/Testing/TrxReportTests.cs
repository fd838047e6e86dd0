using System.Xml.Linq;
using NodeImage.Compose.Testing;

namespace NodeImage.Compose.Tests.Testing;

/// <summary>A report says of each test what happened, holds together, and is the same for the same results.</summary>
public sealed class TrxReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ImageTestResult[] Results =
    [
        new("good", TimeSpan.FromSeconds(1.5), null, ""),
        new("bad", TimeSpan.FromSeconds(2), TestDiagnostics.BadFilter.At(null, "x", "y"), "said \u0001 this"),
    ];

    [Fact]
    public void The_counters_are_those_of_the_results()
    {
        var counters = Descendants("Counters").Single();
        Assert.Equal(("2", "2", "1", "1"), (Value(counters, "total"), Value(counters, "executed"), Value(counters, "passed"), Value(counters, "failed")));
        Assert.Equal("Failed", Value(Descendants("ResultSummary").Single(), "outcome"));
    }

    [Fact]
    public void Each_result_belongs_to_a_test_that_is_defined()
    {
        Assert.Equal(Descendants("UnitTest").Select(test => Value(test, "id")), Descendants("UnitTestResult").Select(result => Value(result, "testId")));
        Assert.Equal(Descendants("Execution").Select(execution => Value(execution, "id")), Descendants("TestEntry").Select(entry => Value(entry, "executionId")));
        Assert.Equal(["Passed", "Failed"], Descendants("UnitTestResult").Select(result => Value(result, "outcome")));
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced()
    {
        Assert.Equal("said ? this", Descendants("StdOut").Single().Value);
        Assert.StartsWith("NI4103", Descendants("Message").Single().Value[Descendants("Message").Single().Value.IndexOf("NI", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_is_the_start_and_all_durations() => Assert.Equal("2026-01-02T03:04:08.5000000+00:00", Value(Descendants("Times").Single(), "finish"));

    [Fact]
    public void The_same_results_make_the_same_report() => Assert.Equal(Report().ToString(), Report().ToString());

    private static XDocument Report() => TrxReport.Write("node", "sha256:abc", Start, Results);

    private static IEnumerable<XElement> Descendants(string name) => Report().Descendants().Where(element => element.Name.LocalName == name);

    private static string Value(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
