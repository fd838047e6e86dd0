using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Writing;

/// <summary>Writes treefiles: fields that rpm-ostree knows, in a fixed order.</summary>
public static class TreefileWriter
{
    /// <summary>Writes a treefile as YAML.</summary>
    /// <param name="treefile">The treefile.</param>
    /// <param name="comment">A comment for its head, or null.</param>
    /// <returns>The file's text. Reading it gives a treefile that says the same.</returns>
    public static string Write(Treefile treefile, string? comment = null)
    {
        var entries = TreefileFields.All
            .Where(field => treefile.Find(field.Name) is not null)
            .Select(field => new MapEntry(field.Name, Prepare(field, treefile.Find(field.Name)!)));
        return YamlWriter.Write(new MapValue([.. entries], null), comment);
    }

    private static TreefileValue Prepare(TreefileField field, TreefileValue value) => value switch
    {
        ListValue list when field.Name == "packages" => Join(list),
        ListValue list when field.Merge == FieldMerge.LastRepository => new ListValue([.. list.Items.Cast<MapValue>().Select(Prepare)], null),
        _ => value,
    };

    private static TreefileValue Prepare(MapValue entry) =>
        new MapValue([.. entry.Entries.Select(member => member.Name == "packages" ? member with { Value = Join((ListValue)member.Value) } : member)], null);

    private static ListValue Join(ListValue packages) => TreefileValue.OfTexts(packages.Texts.Select(PackageNames.Join));
}
