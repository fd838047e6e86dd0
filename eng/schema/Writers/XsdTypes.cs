using System.Globalization;
using System.Xml.Linq;
using NodeImage.Schema.Model;
using ValueType = NodeImage.Schema.Model.ValueType;

namespace NodeImage.Schema.Writers;

/// <summary>
/// Writes the simple types of values. Each takes what MSBuild would: the values, upper or lower case where that does not
/// matter, nothing at all, and anything that has an expression in it.
/// </summary>
internal static class XsdTypes
{
    private const string Expression = "expression";

    /// <summary>The types that values refer to.</summary>
    public static IEnumerable<XElement> Write(SchemaDescription schema)
    {
        var listed = schema.Properties.Concat(schema.Items.SelectMany(item => item.Metadata)).Where(value => value.Kind == ValueKind.List).Select(value => value.Type).ToHashSet();
        var boolean = new ValueType
        {
            Name = "bool",
            Description = "Yes or no.",
            Values = [new NamedValue { Name = "true", Description = "Yes." }, new NamedValue { Name = "false", Description = "No." }],
        };
        return
        [
            Named(Expression, "Nothing, or text with an expression of MSBuild in it.", Pattern("(.*[$@%]\\(.*)?")),
            Named("int", "A whole number.", Union("xs:integer")),
            Choice(boolean),
            .. schema.Types.Select(Choice),
            .. schema.Types.Where(type => listed.Contains(type.Name)).Select(ListOf),
        ];
    }

    /// <summary>The name of the type of a value.</summary>
    public static string NameOf(ValueDescription value) => value switch
    {
        { Kind: ValueKind.Enum } => value.Type!,
        { Kind: ValueKind.List, Type: not null } => ListName(value.Type),
        { Kind: ValueKind.Bool } => "bool",
        { Kind: ValueKind.Int } => "int",
        _ => "xs:string",
    };

    private static string ListName(string type) => $"{type}-list";

    private static XElement Choice(ValueType type) => Named(type.Name, type.Description, Union(Expression, [Listed(type), .. Others(type)]));

    // One value alone comes first, for editors that offer what is listed.
    private static XElement ListOf(ValueType type)
    {
        var part = $"\\s*({(type.Pattern is null ? string.Join('|', type.Values.Select(value => InAnyCase(type, value.Name))) : type.Pattern)})?\\s*";
        return Named(ListName(type.Name), $"{Prose.Plain(type.Description)} Several are separated by semicolons.", Union(Expression, [Listed(type), Anonymous(Pattern($"{part}(;{part})*"))]));
    }

    private static IEnumerable<XElement> Others(ValueType type)
    {
        if (type.Pattern is not null)
        {
            yield return Anonymous(Pattern(type.Pattern));
        }
        else if (!type.CaseSensitive)
        {
            yield return Anonymous(Pattern(string.Join('|', type.Values.Select(value => InAnyCase(type, value.Name)))));
        }
    }

    private static XElement Listed(ValueType type) => Anonymous(new XElement(
        Xsd.Name("restriction"),
        new XAttribute("base", "xs:string"),
        type.Values.Select(value => new XElement(Xsd.Name("enumeration"), new XAttribute("value", value.Name), Xsd.Documentation(value.Description)))));

    private static XElement Named(string name, string description, XElement content) =>
        new(Xsd.Name("simpleType"), new XAttribute("name", name), Xsd.Documentation(description), content);

    private static XElement Anonymous(XElement content) => new(Xsd.Name("simpleType"), content);

    private static XElement Union(string member, params IEnumerable<XElement> types) =>
        new(Xsd.Name("union"), new XAttribute("memberTypes", member == Expression ? member : $"{member} {Expression}"), types);

    private static XElement Pattern(string pattern) =>
        new(Xsd.Name("restriction"), new XAttribute("base", "xs:string"), new XElement(Xsd.Name("pattern"), new XAttribute("value", pattern)));

    private static string InAnyCase(ValueType type, string value) => string.Concat(value.Select(c =>
        char.IsAsciiLetter(c) && !type.CaseSensitive ? string.Create(CultureInfo.InvariantCulture, $"[{char.ToUpperInvariant(c)}{char.ToLowerInvariant(c)}]")
        : char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c.ToString()
        : $"\\{c}"));
}
