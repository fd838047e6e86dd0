using System.Text.Json.Nodes;
using NodeImage.Schema.Model;
using ValueType = NodeImage.Schema.Model.ValueType;

namespace NodeImage.Schema.Writers;

/// <summary>
/// Writes what the MSBuild editor for Visual Studio and VS Code reads: beside a file that a project imports, a file of the
/// same name with <c>.buildschema.json</c> at its end. Its form is that of the editor's own <c>buildschema.json</c>.
/// </summary>
internal static class SidecarWriter
{
    /// <summary>Writes what stands beside <c>Sdk.props</c>: properties, items and their values.</summary>
    public static string WriteProps(SchemaDescription schema)
    {
        // What the .NET SDK has metadata of its own for is only added to; the rest is described whole.
        var added = schema.Items.Where(item => item is { Inherited: true, Include.Kind: ValueKind.Project }).ToList();
        return JsonText.Write(new JsonObject
        {
            ["properties"] = Map(schema.Properties.Select(property => (property.Name, Value(property)))),
            ["items"] = Map(schema.Items.Except(added).Select(item => (item.Name, Item(item)))),
            ["metadata"] = new JsonArray([.. added.Select(Added)]),
            ["types"] = Map([.. schema.Types.Select(type => (type.Name, (JsonNode)Type(type))), ("nodeimage-warning", Warnings(schema))]),
        });
    }

    /// <summary>Writes what stands beside <c>Sdk.targets</c>: targets.</summary>
    public static string WriteTargets(SchemaDescription schema) => JsonText.Write(new JsonObject
    {
        ["targets"] = Map(schema.Targets.Where(target => !target.Inherited).Select(target => (target.Name, (JsonNode)Prose.WithoutLinks(target.Description)!))),
    });

    private static JsonObject Map(IEnumerable<(string Name, JsonNode Node)> members) =>
        new(members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Node)));

    private static JsonNode Value(ValueDescription value)
    {
        var node = new JsonObject { ["description"] = Text(value), ["type"] = TypeOf(value) };
        if (value.Default is not null)
        {
            node["defaultValue"] = value.Default;
        }

        if (value.Kind == ValueKind.List)
        {
            node["isList"] = true;
        }

        if (value.Deprecated is not null)
        {
            node["deprecationMessage"] = Prose.WithoutLinks(value.Deprecated);
        }

        return node;
    }

    private static JsonNode Metadata(ValueDescription metadata)
    {
        var node = Value(metadata);
        if (metadata.Required)
        {
            node["isRequired"] = true;
        }

        return node;
    }

    private static JsonNode Item(ItemDescription item)
    {
        var node = new JsonObject
        {
            ["description"] = Prose.WithoutLinks(item.Description),
            ["includeDescription"] = Prose.WithoutLinks(item.Include.Description),
            ["type"] = Intrinsic(item.Include.Kind),
        };
        if (item.Deprecated is not null)
        {
            node["deprecationMessage"] = Prose.WithoutLinks(item.Deprecated);
        }

        if (item.Metadata.Count > 0)
        {
            node["metadata"] = Map(item.Metadata.Select(metadata => (metadata.Name, Metadata(metadata))));
        }

        return node;
    }

    private static JsonObject Added(ItemDescription item)
    {
        var node = Map(item.Metadata.Select(metadata => (metadata.Name, Metadata(metadata))));
        node.Insert(0, "$appliesTo", item.Name);
        return node;
    }

    private static JsonObject Type(ValueType type)
    {
        var node = new JsonObject
        {
            ["description"] = Prose.WithoutLinks(type.Description),
            ["values"] = new JsonObject(type.Values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)Prose.WithoutLinks(value.Description)))),
        };
        if (type.Pattern is not null)
        {
            node["allowUnknownValues"] = true;
        }

        if (type.CaseSensitive)
        {
            node["caseSensitive"] = true;
        }

        return node;
    }

    // What NoWarn, WarningsAsErrors and their like can name.
    private static JsonObject Warnings(SchemaDescription schema) => new()
    {
        ["description"] = "Warnings of NodeImage.Sdk.",
        ["baseType"] = "warning-code",
        ["values"] = new JsonObject(schema.Diagnostics.Where(entry => entry.Severity == "warning").Select(entry => KeyValuePair.Create(entry.Code, (JsonNode?)entry.Title))),
    };

    private static string Text(ValueDescription value)
    {
        var text = Prose.WithoutLinks(value.Description);
        return value.ImageKinds is null ? text : $"{text} Only for images of the kind {Prose.Join(value.ImageKinds)}.";
    }

    private static JsonNode TypeOf(ValueDescription value) =>
        value.Type is null ? Intrinsic(value.Kind) : new JsonObject { ["$ref"] = $"#/types/{value.Type}" };

    // The editor's names of kinds. Addresses may be paths too, so they are text to it, as are paths in the image.
    private static string Intrinsic(ValueKind kind) => kind switch
    {
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.File => "file",
        ValueKind.Folder => "folder",
        ValueKind.Path => "file-or-folder",
        ValueKind.Project => "project-file",
        _ => "string",
    };
}
