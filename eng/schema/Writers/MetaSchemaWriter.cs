using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using NodeImage.Schema.Model;

namespace NodeImage.Schema.Writers;

/// <summary>Writes the JSON schema of the description itself, for whoever edits it.</summary>
internal static class MetaSchemaWriter
{
    public static string Write()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = (JsonObject)SchemaFile.Options.GetJsonSchemaAsNode(typeof(SchemaDescription), options);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return JsonText.Write(schema);
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var description = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false).OfType<DescriptionAttribute>().FirstOrDefault()
            ?? (context.PropertyInfo is null ? context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>() : null);
        if (description is not null && node is JsonObject members)
        {
            members.Insert(0, "description", description.Description);
        }

        return node;
    }
}

/// <summary>JSON as generated files have it: indented by two, lines ended by <c>\n</c>, text as it is.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(JsonNode node) => node.ToJsonString(Options) + "\n";
}
