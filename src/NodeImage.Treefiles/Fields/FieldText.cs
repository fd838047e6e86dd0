using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Fields;

/// <summary>
/// Values of fields as one line of text, as items of a project have them: texts as they are, lists with semicolons, and
/// what is more than that as YAML in braces and brackets.
/// </summary>
public static class FieldText
{
    private const string InText = "a field of an item";

    /// <summary>Reads a field's value.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="text">The text.</param>
    /// <returns>The value in canonical form.</returns>
    /// <exception cref="DiagnosticException">There is no such field, or the text is no value of it.</exception>
    public static TreefileValue Parse(string field, string text)
    {
        var known = TreefileFields.Find(field) ?? throw new DiagnosticException(TreefileDiagnostics.UnknownField.In(null, field, TreefileFields.Ask(field)));
        try
        {
            return known.Type.Check(field, Read(known, text));
        }
        catch (DiagnosticException e)
        {
            throw new DiagnosticException([.. e.Diagnostics.Select(diagnostic => diagnostic with { Place = null })], e);
        }
    }

    /// <summary>Writes a field's value.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The text. <see cref="Parse"/> gives the value again.</returns>
    public static string Format(string field, TreefileValue value)
    {
        if (value is ListValue list && IsList(TreefileFields.Find(field)!) && list.Items.All(item => item is TextValue { Text: var text } && IsSimple(text)) && !list.Items.IsEmpty)
        {
            return string.Join(';', list.Texts);
        }

        // A text that a number could be meant by says that it is none.
        return value is TextValue scalar && !(TreefileFields.Find(field)!.Type == FieldTypes.TextOrNumber && (YamlScalars.NeedsQuotes(scalar.Text) || scalar.Text is ['"', ..] or ['\'', ..])) ? scalar.Text : Flow(value);
    }

    private static TreefileValue Read(TreefileField field, string text)
    {
        if (field.Type == FieldTypes.TextOrNumber)
        {
            return text is ['"', ..] or ['\'', ..] ? DocumentReader.Read(Encoding.UTF8.GetBytes(text), InText, isYaml: true) : YamlScalars.Resolve(text, null) is NumberValue number ? number : TreefileValue.Of(text);
        }

        if (field.Type == FieldTypes.Flag)
        {
            return bool.TryParse(text, out var flag) ? TreefileValue.Of(flag) : TreefileValue.Of(text);
        }

        if (IsList(field) && text is not ['[', ..])
        {
            return TreefileValue.OfTexts(text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return IsText(field) ? TreefileValue.Of(text) : DocumentReader.Read(Encoding.UTF8.GetBytes(text), InText, isYaml: true);
    }

    private static bool IsText(TreefileField field) => field.Type == FieldTypes.Text || field.Type.Expected.StartsWith("one of ", StringComparison.Ordinal);

    private static bool IsList(TreefileField field) => field.Type == FieldTypes.Texts || field.Type == FieldTypes.TextSet || field.Type == FieldTypes.Packages;

    private static bool IsSimple(string text) => text.Length > 0 && text.Trim() == text && text[0] != '[' && !text.Contains(';', StringComparison.Ordinal) && !text.Contains('\n', StringComparison.Ordinal);

    private static string Flow(TreefileValue value) => value switch
    {
        TextValue text => FlowText(text.Text),
        ListValue list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{FlowText(entry.Name)}: {Flow(entry.Value)}"))}}}",
        _ => value.ToString()!,
    };

    private static string FlowText(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '$') && (char.IsAsciiLetter(text[0]) || text[0] == '/') && !YamlScalars.NeedsQuotes(text) ? text
        : text.Any(c => c < ' ' || c > '~') ? YamlWriter.Quote(text)
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
