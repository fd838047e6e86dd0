using System.Globalization;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>A condition: <c>osversion == "rhel-9.8"</c> (rpm-ostree's <c>IncludeCondition</c>).</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Operator">One of <c>== != &lt; &lt;= &gt; &gt;=</c>.</param>
/// <param name="Value">What the variable is compared with.</param>
/// <param name="Text">The condition as it is written.</param>
/// <param name="Place">Where it stands.</param>
public sealed partial record TreefileCondition(string Variable, string Operator, TreefileValue Value, string Text, SourcePlace? Place)
{
    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="DiagnosticException">It is none.</exception>
    internal static TreefileCondition Parse(TextValue text)
    {
        var match = Form().Match(text.Text);
        if (!match.Success)
        {
            throw new DiagnosticException(TreefileDiagnostics.BadCondition.In(text.Place, text.Text));
        }

        TreefileValue value = match.Groups["flag"] is { Success: true } flag ? TreefileValue.Of(flag.Value == "true")
            : match.Groups["text"] is { Success: true } quoted ? TreefileValue.Of(quoted.Value)
            : ulong.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? TreefileValue.Of(number)
            : throw new DiagnosticException(TreefileDiagnostics.BadCondition.In(text.Place, text.Text));
        return new TreefileCondition(match.Groups["variable"].Value, match.Groups["operator"].Value, value, text.Text, text.Place);
    }

    /// <summary>Decides the condition.</summary>
    /// <param name="variables">The variables that are defined.</param>
    /// <returns>Whether it holds.</returns>
    /// <exception cref="DiagnosticException">The variable is not defined, or is of another type.</exception>
    public bool Holds(IReadOnlyDictionary<string, TreefileValue> variables)
    {
        if (!variables.TryGetValue(Variable, out var actual))
        {
            throw new DiagnosticException(TreefileDiagnostics.UndefinedVariable.In(Place, Variable, NearNames.Ask(Variable, variables.Keys)));
        }

        if (Operator is "==" or "!=" && actual.GetType() == Value.GetType())
        {
            return actual.Equals(Value) == (Operator == "==");
        }

        if (actual is not NumberValue { Whole: { } left } || Value is not NumberValue { Whole: { } right })
        {
            throw new DiagnosticException(TreefileDiagnostics.IncomparableVariable.In(Place, Text, Variable, $"{actual.Kind}, {actual}"));
        }

        return Operator switch
        {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
    }

    [GeneratedRegex("""^\s*(?<variable>[A-Za-z0-9_]+)\s*(?<operator>==|!=|<=|>=|<|>)\s*(?:(?<flag>true|false)|(?<number>[0-9]+)|"(?<text>[^\n]*)")\s*\z""", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
