using System.Text.RegularExpressions;

namespace NodeImage.Schema.Tests.Completion;

/// <summary>What can be written at a place.</summary>
internal enum CaretKind
{
    /// <summary>The name of an element, behind <c>&lt;</c>.</summary>
    Element,

    /// <summary>The name of an attribute.</summary>
    Attribute,

    /// <summary>The value of an attribute.</summary>
    AttributeValue,

    /// <summary>The text of an element.</summary>
    Text,
}

/// <summary>A place in a file that is being written, as an editor sees it: nothing behind it need make sense.</summary>
/// <param name="Kind">What can be written there.</param>
/// <param name="Path">The elements that are open, the outermost first; for an attribute, its own element too.</param>
/// <param name="Attribute">The attribute whose value it is, or null.</param>
internal sealed partial record Caret(CaretKind Kind, IReadOnlyList<string> Path, string? Attribute = null)
{
    /// <summary>Finds the place that is marked with <c>|</c>.</summary>
    public static Caret In(string text)
    {
        var before = Aside().Replace(text[..text.IndexOf('|', StringComparison.Ordinal)], "");
        var path = new List<string>();
        var end = 0;
        foreach (Match tag in Tag().Matches(before))
        {
            end = tag.Index + tag.Length;
            if (tag.Groups["close"].Success)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (!tag.Groups["empty"].Success)
            {
                path.Add(tag.Groups["name"].Value);
            }
        }

        // What is left is text, or a tag that is being written.
        var rest = before[end..];
        if (rest.LastIndexOf('<') is >= 0 and var start && Opening().Match(rest[start..]) is { Success: true } tagBefore)
        {
            return !tagBefore.Groups["space"].Success ? new Caret(CaretKind.Element, path)
                : tagBefore.Groups["open"].Success ? new Caret(CaretKind.AttributeValue, [.. path, tagBefore.Groups["name"].Value], tagBefore.Groups["open"].Value)
                : new Caret(CaretKind.Attribute, [.. path, tagBefore.Groups["name"].Value]);
        }

        return new Caret(CaretKind.Text, path);
    }

    [GeneratedRegex("<!--.*?-->|<\\?.*?\\?>", RegexOptions.Singleline)]
    private static partial Regex Aside();

    [GeneratedRegex("""<(?<close>/)?(?<name>[\w.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(?<empty>/)?>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""^<(?<name>[\w.-]*)(?:(?<space>\s+)(?:[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')\s*)*(?:(?<open>[\w:.-]+)\s*=\s*["'][^"']*|[\w:.-]*)?)?$""")]
    private static partial Regex Opening();
}

/// <summary>Something that an editor offers.</summary>
/// <param name="Name">What it writes.</param>
/// <param name="Description">What it shows beside.</param>
internal sealed record Offer(string Name, string Description);
