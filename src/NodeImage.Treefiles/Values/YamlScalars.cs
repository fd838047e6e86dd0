using System.Globalization;
using System.Text.RegularExpressions;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles.Values;

/// <summary>
/// What plain scalars mean: the core schema of YAML 1.2 (section 10.3), as rpm-ostree's reader has it. <c>yes</c> and
/// <c>on</c> are texts.
/// </summary>
internal static partial class YamlScalars
{
    /// <summary>Resolves a plain scalar.</summary>
    /// <param name="text">The scalar as it is written.</param>
    /// <param name="place">Where it stands.</param>
    public static TreefileValue Resolve(string text, SourcePlace? place)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new NullValue(place);
            case "true" or "True" or "TRUE":
                return new FlagValue(true, place);
            case "false" or "False" or "FALSE":
                return new FlagValue(false, place);
            default:
                return (TreefileValue?)Number(text, place) ?? new TextValue(text, place);
        }
    }

    /// <summary>Whether a text would be taken for something else if it were written without quotes.</summary>
    public static bool NeedsQuotes(string text) => Resolve(text, null) is not TextValue;

    private static NumberValue? Number(string text, SourcePlace? place)
    {
        if (text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.'))
        {
            return null;
        }

        if (Decimal().IsMatch(text))
        {
            // Digits that begin with a zero are a text to rpm-ostree's reader, not an octal number.
            return text.TrimStart('+', '-') is ['0', _, ..] ? null : new NumberValue(ulong.TryParse(text.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null, text, place);
        }

        if (Based().Match(text) is { Success: true } based)
        {
            var digits = text.AsSpan(2);
            var fits = text[1] == 'x'
                ? ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                : TryOctal(digits, out value);
            return new NumberValue(fits ? value : null, text, place);
        }

        return Real().IsMatch(text) ? new NumberValue(null, text, place) : null;
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (value >> 61 != 0)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    [GeneratedRegex("^[-+]?[0-9]+\\z")]
    private static partial Regex Decimal();

    [GeneratedRegex("^0(?:x[0-9a-fA-F]+|o[0-7]+)\\z")]
    private static partial Regex Based();

    [GeneratedRegex("^[-+]?(?:(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))\\z")]
    private static partial Regex Real();
}
