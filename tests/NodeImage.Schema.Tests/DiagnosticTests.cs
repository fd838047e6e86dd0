using NodeImage.Schema.Tests.Support;
using NodeImage.Texts;

namespace NodeImage.Schema.Tests;

/// <summary>The diagnostics that are described are those that are raised, with their titles and severities.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public void Every_diagnostic_is_described_as_it_is_raised()
    {
        var raised = Descriptors.All().Select(descriptor => $"{descriptor.Code} {descriptor.Severity.ToString().ToLowerInvariant()} {descriptor.Title}").ToList();
        Assert.True(raised.Count > 100, "the descriptors were not found");
        var described = Checkout.Schema.Diagnostics.Where(entry => !TargetsSurface.Codes.Contains(entry.Code)).Select(entry => $"{entry.Code} {entry.Severity} {entry.Title}");
        Assert.Equal(raised.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_that_targets_raise_are_described() =>
        Assert.Empty(TargetsSurface.Codes.Except(Checkout.Schema.Diagnostics.Select(entry => entry.Code)));

    [Fact]
    public void Every_diagnostic_has_a_page_with_its_title_and_severity() => Assert.All(Checkout.Schema.Diagnostics, entry =>
    {
        var lines = File.ReadAllLines(Checkout.At($"docs/diagnostics/{entry.Code}.md"));
        Assert.Equal($"# {entry.Code}: {entry.Title}", lines[0]);
        Assert.StartsWith($"Severity: {entry.Severity}", lines[2], StringComparison.OrdinalIgnoreCase);
    });
}
