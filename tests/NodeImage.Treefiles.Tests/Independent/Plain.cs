using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Tests.Independent;

/// <summary>Brings treefiles of both kinds to texts that can be compared.</summary>
internal static class Plain
{
    /// <summary>The product's treefile in the form of the independent one's.</summary>
    public static string Describe(Treefile treefile) => Describe(treefile.Fields.ToDictionary(pair => pair.Key, pair => Of(pair.Value)));

    /// <summary>Fields, one a line.</summary>
    public static string Describe(IEnumerable<KeyValuePair<string, object>> fields) =>
        string.Join('\n', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Where(field => TreefileFields.Find(field.Key)?.Merge != FieldMerge.Consumed).Select(field => $"{field.Key}: {Text(field.Value)}"));

    private static object Of(TreefileValue value) => value switch
    {
        ListValue list => list.Items.Select(Of).ToList(),
        MapValue map => new SortedDictionary<string, object>(map.Entries.ToDictionary(entry => entry.Name, entry => Of(entry.Value)), StringComparer.Ordinal),
        _ => value.ToString()!,
    };

    private static string Text(object value) => value switch
    {
        IEnumerable<KeyValuePair<string, object>> map => $"{{{string.Join(", ", map.Select(pair => $"{pair.Key}: {Text(pair.Value)}"))}}}",
        System.Collections.IEnumerable list and not string => $"[{string.Join(" | ", list.Cast<object>().Select(Text))}]",
        _ => value.ToString()!.Replace("\n", "\\n", StringComparison.Ordinal),
    };
}
