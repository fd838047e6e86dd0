using NodeImage.Schema.Model;
using ValueType = NodeImage.Schema.Model.ValueType;

namespace NodeImage.Schema.Writers;

/// <summary>Tables and examples in Markdown.</summary>
internal static class DocumentTables
{
    private const string First = "1.0.0";

    public static IEnumerable<string> Properties(PropertyGroup group) =>
        Table(["Property", "Default", "Meaning"], group.Properties.Select(property => (string[])[Code(property.Name), Default(property), Meaning(property)]));

    public static IEnumerable<string> Metadata(ItemDescription item) =>
        Table(["Metadata", "Default", "Meaning"], item.Metadata.Select(metadata => (string[])[Code(metadata.Name), Default(metadata), Meaning(metadata)]));

    public static IEnumerable<string> Items(IReadOnlyList<ItemDescription> items) => Table(
        ["Item", "Metadata", "Default", "Meaning"],
        items.SelectMany(item => item.Metadata.Select(metadata => (string[])["", Code(metadata.Name), Default(metadata), Meaning(metadata)])
            .Prepend([Code(item.Name), "", "", item.Description + Suffix(item.ImageKinds, item.Since, item.Deprecated)])));

    public static IEnumerable<string> Example(IEnumerable<ItemDescription> items) => ["```xml", .. items.SelectMany(item => item.Example), "```"];

    public static IEnumerable<string> Values(ValueType type) =>
        Table(["Value", "Meaning"], type.Values.Select(value => (string[])[Code(value.Name), value.Description]));

    public static IEnumerable<string> Commands(IEnumerable<TargetDescription> targets) =>
        Table(["Target", "How to run it", "What it does"], targets.Select(target => (string[])[Code(target.Name), Code(target.Command!), target.Description + Suffix(null, target.Since, null)]));

    public static IEnumerable<string> Steps(IEnumerable<TargetDescription> targets) =>
        Table(["Target", "What it does"], targets.Select(target => (string[])[Code(target.Name), target.Description + Suffix(null, target.Since, null)]));

    public static IEnumerable<string> Variables(IEnumerable<VariableDescription> variables) =>
        Table(["Variable", "Meaning"], variables.Select(variable => (string[])[Code(variable.Name), variable.Description + Suffix(null, variable.Since, null)]));

    public static IEnumerable<string> Diagnostics(IEnumerable<DiagnosticEntry> diagnostics) =>
        Table(["Code", "Title", "Severity"], diagnostics.Select(entry => (string[])[$"[{entry.Code}]({entry.Code}.md)", entry.Title, entry.Severity]));

    private static IEnumerable<string> Table(string[] head, IEnumerable<string[]> rows) =>
        [Row(head), Row([.. head.Select(_ => "---")]), .. rows.Select(Row)];

    private static string Row(string[] cells) => $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell.Replace("|", "\\|", StringComparison.Ordinal)} |"))}";

    private static string Code(string text) => $"`{text}`";

    private static string Default(ValueDescription value) => value switch
    {
        { Required: true } => "required",
        { Default: { } literal } => Code(literal),
        { DefaultText: { } text } => text,
        { ReadOnly: true } => "",
        _ => "none",
    };

    private static string Meaning(ValueDescription value) =>
        value.Description + (value.ReadOnly ? " It can only be read." : "") + Suffix(value.ImageKinds, value.Since, value.Deprecated);

    private static string Suffix(IReadOnlyList<string>? kinds, string since, string? deprecated) =>
        (kinds is null ? "" : $" Only for images of the kind {Prose.Join([.. kinds.Select(Code)])}.")
        + (since == First ? "" : $" Since {since}.")
        + (deprecated is null ? "" : $" **Deprecated:** {deprecated}");
}
