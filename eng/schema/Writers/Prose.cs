using System.Text.RegularExpressions;

namespace NodeImage.Schema.Writers;

/// <summary>Descriptions are Markdown; editors show less of it, or none.</summary>
internal static partial class Prose
{
    /// <summary>Without links, which lead nowhere outside the documentation.</summary>
    public static string WithoutLinks(string markdown) => Link().Replace(markdown, "$1");

    /// <summary>Without links and marks of code.</summary>
    public static string Plain(string markdown) => WithoutLinks(markdown).Replace("`", "", StringComparison.Ordinal);

    /// <summary>Names joined as in a sentence: <c>a, b and c</c>.</summary>
    public static string Join(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
