using System.Xml.Linq;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Writers;

/// <summary>
/// Writes the rules by which project systems show properties of a project and of its files
/// (<c>Microsoft.Build.Framework.XamlTypes</c>). The targets name the files as <c>PropertyPageSchema</c> items.
/// </summary>
internal static class RuleWriter
{
    private static readonly XNamespace Properties = "http://schemas.microsoft.com/build/2009/properties";

    /// <summary>Writes the page of a project's properties: those that only the SDK has and a project can set.</summary>
    public static string WriteProject(SchemaDescription schema)
    {
        var groups = schema.PropertyGroups.Select(group => (Group: group, Shown: group.Properties.Where(property => property is { Inherited: false, ReadOnly: false }).ToList()))
            .Where(group => group.Shown.Count > 0)
            .ToList();
        return XmlText.Write(Rule(
            "NodeImage",
            "OS image",
            "Properties of the image.",
            null,
            new XElement(
                Properties + "Rule.Categories",
                groups.Select(group => new XElement(Properties + "Category", new XAttribute("Name", group.Group.Id), new XAttribute("DisplayName", group.Group.Title)))),
            groups.SelectMany(group => group.Shown.Select(property => Property(schema, property, group.Group.Id)))));
    }

    /// <summary>Writes the items that are files of the project, and the pages of their metadata.</summary>
    public static string WriteItems(SchemaDescription schema)
    {
        var files = schema.Items.Where(item => item is { Inherited: false, Include.Kind: ValueKind.File }).OrderBy(item => item.Name, StringComparer.Ordinal).ToList();
        return XmlText.Write(new XElement(
            Properties + "ProjectSchemaDefinitions",
            files.Select(item => new XElement(Properties + "ContentType", new XAttribute("Name", item.Name), new XAttribute("DisplayName", item.Name), new XAttribute("ItemType", item.Name))),
            files.Select(item => new XElement(Properties + "ItemType", new XAttribute("Name", item.Name), new XAttribute("DisplayName", item.Name))),
            files.Select(item => Rule(
                item.Name,
                item.Name,
                Prose.Plain(item.Description),
                item.Name,
                new XElement(Properties + "Rule.Categories", new XElement(Properties + "Category", new XAttribute("Name", "metadata"), new XAttribute("DisplayName", "In the image"))),
                item.Metadata.Select(metadata => Property(schema, metadata, "metadata"))))));
    }

    private static XElement Rule(string name, string title, string description, string? itemType, params object[] content) => new(
        Properties + "Rule",
        new XAttribute("Name", name),
        new XAttribute("DisplayName", title),
        new XAttribute("Description", description),
        new XAttribute("PageTemplate", "generic"),
        new XElement(
            Properties + "Rule.DataSource",
            new XElement(
                Properties + "DataSource",
                new XAttribute("Persistence", "ProjectFile"),
                new XAttribute("HasConfigurationCondition", "False"),
                itemType is null ? null : new XAttribute("ItemType", itemType))),
        content);

    private static XElement Property(SchemaDescription schema, ValueDescription value, string category)
    {
        var type = schema.Type(value.Type);
        // Where there are more values than are listed, any text must be possible.
        var kind = value.Kind == ValueKind.Enum && type!.Pattern is not null ? ValueKind.String : value.Kind;
        return new XElement(
            Properties + (kind switch
            {
                ValueKind.Bool => "BoolProperty",
                ValueKind.Int => "IntProperty",
                ValueKind.Enum => "EnumProperty",
                ValueKind.List => "StringListProperty",
                _ => "StringProperty",
            }),
            new XAttribute("Name", value.Name),
            new XAttribute("DisplayName", value.Name),
            new XAttribute("Description", Prose.Plain(value.Description)),
            new XAttribute("Category", category),
            kind switch
            {
                ValueKind.File => new XAttribute("Subtype", "file"),
                ValueKind.Folder => new XAttribute("Subtype", "folder"),
                ValueKind.List => new XAttribute("Separator", ";"),
                _ => null,
            },
            kind == ValueKind.Enum
                ? type!.Values.Select(choice => new XElement(
                    Properties + "EnumValue",
                    new XAttribute("Name", choice.Name),
                    new XAttribute("DisplayName", choice.Name),
                    new XAttribute("Description", Prose.Plain(choice.Description))))
                : null);
    }
}
