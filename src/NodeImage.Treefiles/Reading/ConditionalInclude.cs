using System.Collections.Immutable;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Reading;

/// <summary>An include that counts only where all of its conditions hold.</summary>
/// <param name="Conditions">The conditions.</param>
/// <param name="Files">The files, or none where a treefile stands inline.</param>
/// <param name="Inline">The fields that stand inline, in their canonical form, or null.</param>
internal sealed record ConditionalInclude(ImmutableArray<TreefileCondition> Conditions, ListValue? Files, ImmutableSortedDictionary<string, TreefileValue>? Inline)
{
    private const string Expected = "a list of mappings with 'if' and 'include'";

    private static readonly FieldType Form = FieldTypes.ListOf(Expected, FieldTypes.Record(
        "a mapping with 'if' and 'include'",
        ("if", FieldTypes.TextOrTexts, true),
        ("include", new FieldType("a file, a list of files, or a treefile", (field, value) => value is MapValue ? value : FieldTypes.TextOrTexts.Check(field, value)), true)));

    /// <summary>The field's type. Conditions and inline treefiles are checked whether or not they will count.</summary>
    public static FieldType Type { get; } = new(Expected, (field, value) =>
    {
        var checkedValue = Form.Check(field, value);
        _ = ReadAll(checkedValue);
        return checkedValue;
    });

    /// <summary>Reads what has been checked.</summary>
    public static IReadOnlyList<ConditionalInclude> ReadAll(TreefileValue value) => [.. ((ListValue)value).Items.Cast<MapValue>().Select(Read)];

    /// <summary>Whether it counts. All conditions are decided, so that what is wrong with one is told whatever the others say.</summary>
    public bool Holds(IReadOnlyDictionary<string, TreefileValue> variables) => Conditions.Aggregate(true, (holds, condition) => condition.Holds(variables) && holds);

    private static ConditionalInclude Read(MapValue map)
    {
        ImmutableArray<TreefileCondition> conditions = [.. ((ListValue)map.Find("if")!).Items.OfType<TextValue>().Select(TreefileCondition.Parse)];
        var include = map.Find("include");
        return include is MapValue inline
            ? new ConditionalInclude(conditions, null, ReadInline(inline))
            : new ConditionalInclude(conditions, (ListValue)include!, null);
    }

    // rpm-ostree takes such a treefile as it stands: what steers reading has no effect in it.
    private static ImmutableSortedDictionary<string, TreefileValue> ReadInline(MapValue inline)
    {
        foreach (var entry in inline.Entries)
        {
            if (TreefileFields.Find(entry.Name) is not { } field)
            {
                throw TreefileFields.FindLegacy(entry.Name) is not null || TreefileDocument.IsArchitecturePackages(entry.Name)
                    ? new DiagnosticException(TreefileDiagnostics.NotInline.In(entry.NamePlace, entry.Name))
                    : new DiagnosticException(TreefileDiagnostics.UnknownField.In(entry.NamePlace, entry.Name, TreefileFields.Ask(entry.Name)));
            }

            if (field.Merge is FieldMerge.Consumed or FieldMerge.TopOnly)
            {
                throw new DiagnosticException(TreefileDiagnostics.NotInline.In(entry.NamePlace, entry.Name));
            }
        }

        return inline.Entries.Where(entry => entry.Value is not NullValue).ToImmutableSortedDictionary(
            entry => entry.Name,
            entry => TreefileFields.Find(entry.Name)!.Type.Check(entry.Name, entry.Value),
            StringComparer.Ordinal);
    }
}
