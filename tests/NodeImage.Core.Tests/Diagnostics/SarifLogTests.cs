using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Diagnostics.Logs;

namespace NodeImage.Core.Tests.Diagnostics;

/// <summary>Logs have the shape that the SARIF standard demands, and tell everything once.</summary>
public sealed class SarifLogTests
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    private static readonly LoggedDiagnostic Warning = new()
    {
        Code = "NI3503",
        Title = "Unit cannot be enabled",
        Message = "The unit 'ä.service' has no [Install].",
        Severity = DiagnosticSeverity.Error,
        DefaultSeverity = DiagnosticSeverity.Warning,
        HelpLink = "https://example.com/NI3503.md",
        File = "/work/a project/node.osproj",
        Line = 7,
        Column = 5,
    };

    [Fact]
    public void A_diagnostic_has_its_rule_level_place_and_page()
    {
        var run = Run([Warning]);
        var result = Assert.Single(run["results"]!.AsArray())!;
        Assert.Equal("NI3503", (string?)result["ruleId"]);
        Assert.Equal("error", (string?)result["level"]);
        Assert.Equal(Warning.Message, (string?)result["message"]!["text"]);
        var place = Assert.Single(result["locations"]!.AsArray())!["physicalLocation"]!;
        Assert.Equal("file:///work/a%20project/node.osproj", (string?)place["artifactLocation"]!["uri"]);
        Assert.Equal((7, 5), ((int)place["region"]!["startLine"]!, (int)place["region"]!["startColumn"]!));
        var rule = Assert.Single(run["tool"]!["driver"]!["rules"]!.AsArray())!;
        Assert.Equal(("NI3503", "warning", Warning.HelpLink), ((string?)rule["id"], (string?)rule["defaultConfiguration"]!["level"], (string?)rule["helpUri"]));
        Assert.Equal(("NodeImage.Sdk", "1.2.3"), ((string?)run["tool"]!["driver"]!["name"], (string?)run["tool"]!["driver"]!["version"]));
    }

    [Fact]
    public void Without_a_place_nothing_is_made_up()
    {
        var result = Run([Warning with { File = null, Line = 0, Column = 0 }])["results"]![0]!;
        Assert.Null(result["locations"]);
        var unknownLine = Run([Warning with { Line = 0, Column = 0 }])["results"]![0]!;
        Assert.Null(unknownLine["locations"]![0]!["physicalLocation"]!["region"]);
    }

    [Fact]
    public void A_message_is_a_note() =>
        Assert.Equal("note", (string?)Run([Warning with { Severity = DiagnosticSeverity.Message }])["results"]![0]!["level"]);

    [Fact]
    public void No_diagnostics_give_a_log_without_results() => Assert.Empty(Run([])["results"]!.AsArray());

    [Fact]
    public void What_is_told_twice_is_there_once_and_order_makes_no_difference()
    {
        LoggedDiagnostic[] diagnostics = [Warning, Warning with { Line = 3 }, Warning with { Code = "NI1001" }, Warning with { File = "/a" }, Warning with { Message = "a" }];
        var expected = SarifLog.Write(diagnostics, "1.2.3", "en-US");
        Assert.Equal(diagnostics.Length, JsonNode.Parse(expected)!["runs"]![0]!["results"]!.AsArray().Count);
        Prop.ForAll(Gen.Shuffle(diagnostics.Concat(diagnostics).ToArray()).ToArbitrary(), shuffled => SarifLog.Write(shuffled, "1.2.3", "en-US").AsSpan().SequenceEqual(expected))
            .QuickCheckThrowOnFailure();
    }

    /// <summary>Holds a log to what section 3 of the standard makes compulsory of the objects that it is made of.</summary>
    private static JsonNode Run(LoggedDiagnostic[] diagnostics)
    {
        var log = JsonNode.Parse(SarifLog.Write(diagnostics, "1.2.3", "en-US"))!;
        Assert.Equal("2.1.0", (string?)log["version"]);
        Assert.Equal("https://json.schemastore.org/sarif-2.1.0.json", (string?)log["$schema"]);
        var run = Assert.Single(log["runs"]!.AsArray())!;
        Assert.NotEmpty((string)run["tool"]!["driver"]!["name"]!);
        Assert.Equal("utf16CodeUnits", (string?)run["columnKind"]);
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Equal(rules.Count, rules.Select(rule => (string)rule!["id"]!).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.NotEmpty((string)rule!["shortDescription"]!["text"]!);
            Assert.Contains((string)rule["defaultConfiguration"]!["level"]!, Levels);
        });
        Assert.All(run["results"]!.AsArray(), result =>
        {
            Assert.NotEmpty((string)result!["message"]!["text"]!);
            Assert.Contains((string)result["level"]!, Levels);
            Assert.Equal((string)result["ruleId"]!, (string)rules[(int)result["ruleIndex"]!]!["id"]!);
            Assert.All(result["locations"]?.AsArray() ?? [], location =>
            {
                var place = location!["physicalLocation"]!;
                Assert.True(Uri.TryCreate((string)place["artifactLocation"]!["uri"]!, UriKind.Absolute, out _));
                Assert.True(place["region"] is null || (int)place["region"]!["startLine"]! > 0);
            });
        });
        return run;
    }
}
