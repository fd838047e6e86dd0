using System.Text.RegularExpressions;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Writers;

/// <summary>
/// Writes tables into documents, between <c>&lt;!-- generated: WHAT --&gt;</c> and <c>&lt;!-- generated: end --&gt;</c>. A document has to
/// have a place for everything that is described.
/// </summary>
internal static partial class DocumentWriter
{
    private const string End = "<!-- generated: end -->";

    /// <summary>Writes a document anew.</summary>
    /// <param name="schema">The description.</param>
    /// <param name="path">The document's path, for messages, and for what it has to have.</param>
    /// <param name="text">Its text as it is.</param>
    /// <returns>Its text as it should be.</returns>
    /// <exception cref="SchemaException">A place is open, unknown, or missing.</exception>
    public static string Write(SchemaDescription schema, string path, string text)
    {
        var result = new List<string>();
        var places = new List<string>();
        var inside = false;
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line == End)
            {
                inside = inside ? false : throw new SchemaException($"{path} ends a place that does not begin");
            }
            else if (Begin().Match(line) is { Success: true } place)
            {
                inside = !inside ? true : throw new SchemaException($"{path}: the place '{places[^1]}' has no end");
                places.Add(place.Groups[1].Value);
                result.AddRange([line, .. Section(schema, path, place.Groups[1].Value)]);
                continue;
            }

            if (!inside)
            {
                result.Add(line);
            }
        }

        if (inside)
        {
            throw new SchemaException($"{path}: the place '{places[^1]}' has no end");
        }

        var named = places.SelectMany(Things).ToHashSet(StringComparer.Ordinal);
        return Needed(schema, path).FirstOrDefault(thing => !named.Contains(thing)) is { } missing
            ? throw new SchemaException($"{path} has no place for '{missing}'")
            : string.Join('\n', result) + "\n";
    }

    private static IEnumerable<string> Section(SchemaDescription schema, string path, string place)
    {
        try
        {
            return place.Split(' ') switch
            {
                ["properties", var id] => DocumentTables.Properties(schema.PropertyGroups.Single(group => group.Id == id)),
                ["metadata", var name] => DocumentTables.Metadata(Item(schema, name)),
                ["items", .. var names] => DocumentTables.Items([.. names.Select(name => Item(schema, name))]),
                ["example", .. var names] => DocumentTables.Example(names.Select(name => Item(schema, name))),
                ["values", var name] => DocumentTables.Values(schema.Types.Single(type => type.Name == name)),
                ["targets", "commands"] => DocumentTables.Commands(schema.Targets.Where(target => target.Command is not null)),
                ["targets", "steps"] => DocumentTables.Steps(schema.Targets.Where(target => target.Command is null)),
                ["variables"] => DocumentTables.Variables(schema.EnvironmentVariables),
                ["diagnostics", var range] => DocumentTables.Diagnostics(schema.Diagnostics.Where(entry => entry.Code.StartsWith(range.TrimEnd('x'), StringComparison.Ordinal))),
                _ => throw new SchemaException($"{path}: nothing is known of '{place}'"),
            };
        }
        catch (InvalidOperationException e)
        {
            throw new SchemaException($"{path}: '{place}' names what is not described", e);
        }
    }

    private static ItemDescription Item(SchemaDescription schema, string name) => schema.Items.Single(item => item.Name == name);

    // What one place brings: "items A B" is as good as "metadata A" and "metadata B".
    private static IEnumerable<string> Things(string place) => place.Split(' ') switch
    {
        ["items", .. var names] => names.Select(name => $"metadata {name}"),
        ["example", .. var names] => names.Select(name => $"example {name}"),
        _ => [place],
    };

    private static IEnumerable<string> Needed(SchemaDescription schema, string path) => path.EndsWith("reference.md", StringComparison.Ordinal)
        ?
        [
            .. schema.PropertyGroups.Select(group => $"properties {group.Id}"),
            .. schema.Items.Select(item => $"metadata {item.Name}"),
            .. schema.Items.Select(item => $"example {item.Name}"),
            "targets commands", "targets steps", "variables",
        ]
        : schema.Diagnostics.Select(entry => $"diagnostics {entry.Code[..3]}xxx").Distinct(StringComparer.Ordinal);

    [GeneratedRegex("^<!-- generated: (.+) -->$")]
    private static partial Regex Begin();
}
