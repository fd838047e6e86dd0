using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>Variables: given from outside, and put into fields as <c>${name}</c>.</summary>
public static partial class TreefileVariables
{
    /// <summary>Reads variables as a project gives them: <c>osversion=rhel-9.8;prod=false;build=7</c>. A value in double quotes is a text whatever it looks like.</summary>
    /// <param name="text">The variables, or null.</param>
    /// <returns>The variables by name.</returns>
    /// <exception cref="DiagnosticException">A part has no name.</exception>
    public static ImmutableSortedDictionary<string, TreefileValue> Parse(string? text)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, TreefileValue>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !Name().IsMatch(part[..equals].Trim()))
            {
                throw new DiagnosticException(TreefileDiagnostics.InvalidValue.In(null, "Variables", part, "variables are written NAME=VALUE, with semicolons between them"));
            }

            variables[part[..equals].Trim()] = ValueOf(part[(equals + 1)..].Trim());
        }

        return variables.ToImmutable();
    }

    /// <summary>Puts variables into the fields that take them. A name that nothing defines stays as it is.</summary>
    internal static void Substitute(Dictionary<string, TreefileValue> fields, IReadOnlyDictionary<string, TreefileValue> variables)
    {
        foreach (var (name, value) in variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if ($"{name}{value}".AsSpan().IndexOfAny("${}") >= 0)
            {
                throw new DiagnosticException(TreefileDiagnostics.InvalidValue.In(value.Place, $"variables.{name}", value, "variables hold none of the characters $, { and }"));
            }
        }

        foreach (var field in TreefileFields.All.Where(field => field.Substitutes))
        {
            if (fields.GetValueOrDefault(field.Name) is { } value)
            {
                fields[field.Name] = Substitute(field, value, variables);
            }
        }
    }

    private static TreefileValue Substitute(TreefileField field, TreefileValue value, IReadOnlyDictionary<string, TreefileValue> variables) => value switch
    {
        TextValue text => Substitute(text, variables),

        // An RPM's license is not changed.
        MapValue map => new MapValue([.. map.Entries.Select(entry => entry.Value is TextValue text && (field.Name, entry.Name) != ("rojig", "license") ? entry with { Value = Substitute(text, variables) } : entry)], map.Place),
        _ => value,
    };

    private static TextValue Substitute(TextValue text, IReadOnlyDictionary<string, TreefileValue> variables) =>
        new(Reference().Replace(text.Text, match => variables.TryGetValue(match.Groups[1].Value, out var value) ? value.ToString()! : match.Value), text.Place);

    private static TreefileValue ValueOf(string text) =>
        text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? TreefileValue.Of(text[1..^1])
        : YamlScalars.Resolve(text, null) is (FlagValue or NumberValue { Whole: not null }) and var value ? value : TreefileValue.Of(text);

    [GeneratedRegex("^[A-Za-z0-9_]+\\z")]
    private static partial Regex Name();

    [GeneratedRegex("\\$\\{([^${}]*)\\}")]
    private static partial Regex Reference();
}
