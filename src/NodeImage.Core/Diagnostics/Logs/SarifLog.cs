using System.Text.Json.Nodes;
using NodeImage.Core.Json;

namespace NodeImage.Core.Diagnostics.Logs;

/// <summary>
/// Diagnostics in the form that code scanners and editors read: the Static Analysis Results Interchange Format (SARIF)
/// 2.1.0, OASIS Standard of 27 March 2020. The same diagnostics give the same bytes.
/// </summary>
public static class SarifLog
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Tool = "NodeImage.Sdk";

    /// <summary>Writes a log of one run.</summary>
    /// <param name="diagnostics">What the run has shown, in any order; what is there twice is written once.</param>
    /// <param name="version">The version of the SDK.</param>
    /// <param name="language">The language of the texts (BCP 47), such as <c>en-US</c>.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(IEnumerable<LoggedDiagnostic> diagnostics, string version, string language)
    {
        var sorted = Sort(diagnostics);
        var rules = sorted.DistinctBy(diagnostic => diagnostic.Code).OrderBy(diagnostic => diagnostic.Code, StringComparer.Ordinal).ToList();
        var indices = rules.Select((rule, index) => (rule.Code, index)).ToDictionary(pair => pair.Code, pair => pair.index, StringComparer.Ordinal);
        return CanonicalJson.Write(new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = Tool,
                        ["version"] = version,
                        ["semanticVersion"] = version,
                        ["language"] = language,
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["language"] = language,
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. sorted.Select(diagnostic => Result(diagnostic, indices[diagnostic.Code]))]),
            }),
        });
    }

    private static List<LoggedDiagnostic> Sort(IEnumerable<LoggedDiagnostic> diagnostics) =>
    [
        .. diagnostics.Distinct()
            .OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Line)
            .ThenBy(diagnostic => diagnostic.Column)
            .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Severity)
            .ThenBy(diagnostic => diagnostic.HelpLink, StringComparer.Ordinal),
    ];

    private static JsonNode Rule(LoggedDiagnostic diagnostic)
    {
        var rule = new JsonObject
        {
            ["id"] = diagnostic.Code,
            ["shortDescription"] = Text(diagnostic.Title),
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(diagnostic.DefaultSeverity) },
        };
        if (diagnostic.HelpLink is { } link)
        {
            rule["helpUri"] = link;
        }

        return rule;
    }

    private static JsonNode Result(LoggedDiagnostic diagnostic, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = diagnostic.Code,
            ["ruleIndex"] = rule,
            ["level"] = Level(diagnostic.Severity),
            ["message"] = Text(diagnostic.Message),
        };
        if (diagnostic.File is { Length: > 0 } file)
        {
            var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = new Uri(file).AbsoluteUri } };
            if (diagnostic.Line > 0)
            {
                place["region"] = Region(diagnostic);
            }

            result["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = place });
        }

        return result;
    }

    private static JsonObject Region(LoggedDiagnostic diagnostic)
    {
        var region = new JsonObject { ["startLine"] = diagnostic.Line };
        if (diagnostic.Column > 0)
        {
            region["startColumn"] = diagnostic.Column;
        }

        return region;
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
