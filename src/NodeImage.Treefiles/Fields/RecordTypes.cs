using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Fields;

/// <summary>The types of fields that have members of their own.</summary>
internal static class RecordTypes
{
    private static readonly string[] CheckKinds = ["none", "previous", "file", "data"];

    /// <summary>The specification of an RPM by which commits were delivered once.</summary>
    public static FieldType Rojig { get; } = FieldTypes.Record(
        "a mapping with name, summary and license",
        ("name", FieldTypes.Text, true), ("summary", FieldTypes.Text, true), ("license", FieldTypes.Text, true), ("description", FieldTypes.Text, false));

    /// <summary>Packages that are taken from one repository.</summary>
    public static FieldType RepoPackages { get; } = FieldTypes.ListOf(
        "a list of mappings with repo and packages",
        FieldTypes.Record("a mapping with repo and packages", ("repo", FieldTypes.Text, true), ("packages", FieldTypes.Packages, true)));

    /// <summary>What users are held against.</summary>
    public static FieldType CheckUsers { get; } = Check(FieldTypes.MapOf("a mapping from users to numbers", FieldTypes.Make("a number, or [uid, gid]", UserNumbers)));

    /// <summary>What groups are held against.</summary>
    public static FieldType CheckGroups { get; } = Check(FieldTypes.MapOf("a mapping from groups to numbers", FieldTypes.Number));

    /// <summary>Packages of the base that are replaced.</summary>
    public static FieldType OverrideReplace { get; } = FieldTypes.ListOf(
        "a list of mappings with from and packages",
        FieldTypes.Record("a mapping with from and packages", ("from", FieldTypes.TextMap, true), ("packages", FieldTypes.Packages, true)));

    /// <summary>How a client makes its initramfs.</summary>
    public static FieldType Initramfs { get; } = FieldTypes.Record(
        "a mapping with regenerate",
        ("regenerate", FieldTypes.Flag, true), ("etc", FieldTypes.TextSet, false), ("args", FieldTypes.Texts, false));

    /// <summary>An origin of somebody's own.</summary>
    public static FieldType Custom { get; } = FieldTypes.Record("a mapping with url", ("url", FieldTypes.Text, true), ("description", FieldTypes.Text, false));

    private static NumberValue? Id(TreefileValue value) => value is NumberValue { Whole: <= uint.MaxValue } number ? number : null;

    // A number stands for the user and its group; the canonical form is a number where the two are the same, else the pair.
    private static TreefileValue? UserNumbers(TreefileValue value) => value switch
    {
        NumberValue => Id(value),
        ListValue { Items: [var one] } => Id(one),
        ListValue { Items: [var uid, var gid] } when Id(uid) is { } user && Id(gid) is { } group => user.Equals(group) ? user : value,
        _ => null,
    };

    private static FieldType Check(FieldType entries)
    {
        var kinds = FieldTypes.Choice(CheckKinds);
        return new FieldType("a mapping with type", (field, value) =>
        {
            if (value is not MapValue map)
            {
                throw FieldTypes.WrongType(field, "a mapping with type", value);
            }

            var kind = map.Find("type") is { } given ? ((TextValue)kinds.Check($"{field}.type", given)).Text : throw FieldTypes.Invalid(field, value, "it lacks 'type'");
            (string, FieldType, bool)[] more = kind switch
            {
                "file" => [("filename", FieldTypes.Text, true)],
                "data" => [("entries", entries, true)],
                _ => [],
            };
            return FieldTypes.Record("a mapping with type", [("type", kinds, true), .. more]).Check(field, value);
        });
    }
}
