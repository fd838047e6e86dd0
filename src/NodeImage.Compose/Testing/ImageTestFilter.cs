using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Testing;

/// <summary>Chooses tests as <c>dotnet test --filter</c> does: conditions on the name, joined by <c>&amp;</c> and <c>|</c>.</summary>
public sealed class ImageTestFilter
{
    private static readonly string[] Operators = ["!=", "!~", "=", "~"];
    private static readonly string[] Properties = ["Name", "FullyQualifiedName", "DisplayName"];

    private readonly List<List<Func<string, bool>>> _alternatives = [];

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter; empty takes every test.</param>
    /// <exception cref="DiagnosticException">NI4103: it cannot be understood.</exception>
    public ImageTestFilter(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        // "&" binds more tightly than "|", and parentheses are not needed for names.
        _alternatives.AddRange(text.Split('|').Select(part => part.Split('&').Select(condition => Read(text, condition.Trim())).ToList()));
    }

    /// <summary>Whether a test is chosen.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True when it is to run.</returns>
    public bool Takes(string name) => _alternatives.Count == 0 || _alternatives.Exists(conditions => conditions.TrueForAll(condition => condition(name)));

    /// <summary>Narrows the choice.</summary>
    /// <param name="condition">What a test's name must fulfil besides.</param>
    /// <returns>A filter that takes what both do.</returns>
    public ImageTestFilter And(Func<string, bool> condition)
    {
        var both = new ImageTestFilter(null);
        both._alternatives.Add([Takes, condition]);
        return both;
    }

    private static Func<string, bool> Read(string filter, string condition)
    {
        // A bare word is looked for in the name.
        if (condition.Length > 0 && condition.AsSpan().IndexOfAny("=~!()") < 0)
        {
            return name => name.Contains(condition, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var mark in Operators)
        {
            var place = condition.IndexOf(mark, StringComparison.Ordinal);
            var value = place > 0 ? condition[(place + mark.Length)..].Trim() : "";
            if (value.Length > 0 && Properties.Contains(condition[..place].Trim(), StringComparer.OrdinalIgnoreCase))
            {
                return mark switch
                {
                    "=" => name => name.Equals(value, StringComparison.OrdinalIgnoreCase),
                    "!=" => name => !name.Equals(value, StringComparison.OrdinalIgnoreCase),
                    "~" => name => name.Contains(value, StringComparison.OrdinalIgnoreCase),
                    _ => name => !name.Contains(value, StringComparison.OrdinalIgnoreCase),
                };
            }
        }

        throw TestDiagnostics.BadFilter.Error(null, filter, condition);
    }
}
