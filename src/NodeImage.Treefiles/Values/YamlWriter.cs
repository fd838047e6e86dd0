using System.Globalization;
using System.Text;

namespace NodeImage.Treefiles.Values;

/// <summary>
/// Writes values as YAML that people read: blocks, two spaces, scripts as literal blocks, quotes where they are needed. The
/// same values give the same bytes.
/// </summary>
public static class YamlWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="document">What it says.</param>
    /// <param name="comment">A comment for its head, or null.</param>
    /// <returns>The text, with line feeds, and one at the end.</returns>
    public static string Write(MapValue document, string? comment = null)
    {
        var text = new StringBuilder();
        foreach (var line in comment?.Split('\n') ?? [])
        {
            text.Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
        }

        if (document.Entries.IsEmpty)
        {
            return text.Append("{}\n").ToString();
        }

        WriteMap(text, document, 0, startsOnLine: false);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, MapValue map, int indent, bool startsOnLine)
    {
        foreach (var entry in map.Entries)
        {
            Indent(text, startsOnLine ? 0 : indent);
            startsOnLine = false;
            text.Append(Scalar(entry.Name)).Append(':');
            WriteBehindName(text, entry.Value, indent);
        }
    }

    private static void WriteBehindName(StringBuilder text, TreefileValue value, int indent)
    {
        switch (value)
        {
            case MapValue { Entries.IsEmpty: false } map:
                text.Append('\n');
                WriteMap(text, map, indent + 2, startsOnLine: false);
                break;
            case ListValue { Items.IsEmpty: false } list:
                text.Append('\n');
                WriteList(text, list, indent + 2, startsOnLine: false);
                break;
            default:
                text.Append(' ');
                WriteScalar(text, value, indent + 2);
                break;
        }
    }

    private static void WriteList(StringBuilder text, ListValue list, int indent, bool startsOnLine)
    {
        foreach (var item in list.Items)
        {
            Indent(text, startsOnLine ? 0 : indent);
            startsOnLine = false;
            text.Append("- ");
            switch (item)
            {
                case MapValue { Entries.IsEmpty: false } map:
                    WriteMap(text, map, indent + 2, startsOnLine: true);
                    break;
                case ListValue { Items.IsEmpty: false } inner:
                    WriteList(text, inner, indent + 2, startsOnLine: true);
                    break;
                default:
                    WriteScalar(text, item, indent + 2);
                    break;
            }
        }
    }

    private static void WriteScalar(StringBuilder text, TreefileValue value, int indent)
    {
        if (value is TextValue { Text: var literal } && IsLiteral(literal))
        {
            WriteLiteral(text, literal, indent);
            return;
        }

        text.Append(value switch
        {
            TextValue scalar => Scalar(scalar.Text),
            MapValue => "{}",
            ListValue => "[]",
            _ => value.ToString(),
        }).Append('\n');
    }

    private static bool IsLiteral(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && text.Trim('\n', ' ').Length > 0
        && !text.Any(c => c is '\r' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF' or (< ' ' and not ('\n' or '\t')) or '\u007F' or (> '\u007F' and < '\u00A0') || char.IsSurrogate(c) || c >= '\uFFFE');

    private static void WriteLiteral(StringBuilder text, string literal, int indent)
    {
        var end = literal.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : literal.EndsWith('\n') ? "" : "-";

        // A first line that begins with a space, or is empty, would be taken for the indentation.
        var explicitIndent = literal[0] is ' ' or '\n' or '\t' ? "2" : "";
        text.Append('|').Append(explicitIndent).Append(end).Append('\n');
        var body = literal.EndsWith('\n') ? literal[..^1] : literal;
        foreach (var line in body.Split('\n'))
        {
            if (line.Length > 0)
            {
                Indent(text, indent);
            }

            text.Append(line).Append('\n');
        }
    }

    private static string Scalar(string text) =>
        text.Length > 0 && IsPlain(text) && !YamlScalars.NeedsQuotes(text) ? text : Quote(text);

    // A cautious part of what may stand without quotes.
    private static bool IsPlain(string text)
    {
        if (text[0] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '.' or '_' or '$') || text[^1] is ' ' or ':')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var plain = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '.' or '_' or '-' or '+' or '$' or '(' or ')' or '=' or '@' or '~' or '*' or '^' or '\\' or '<' or '>' or ';' or '%'
                || (c == ' ' && text[i - 1] != ':' && text[i + 1] != '#') || (c == ':' && text[i + 1] != ' ');
            if (!plain)
            {
                return false;
            }
        }

        return true;
    }

    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when c < ' ' || c == '\u007F' || (c > '\u007F' && c < '\u00A0') || c is '\u2028' or '\u2029' or '\uFEFF' || c >= '\uFFFE' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static void Indent(StringBuilder text, int spaces) => text.Append(' ', spaces);
}
