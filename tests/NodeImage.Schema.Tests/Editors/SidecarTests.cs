using System.Text.Json.Nodes;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Editors;

/// <summary>The files for the MSBuild editor have the form that it reads (<c>buildschema.json</c> of the editor's repository).</summary>
public sealed class SidecarTests
{
    private static readonly string[] Top = ["$schema", "license", "properties", "items", "targets", "types", "metadata", "intellisenseImports"];

    private static readonly string[] Value =
        ["description", "type", "defaultValue", "isList", "listSeparators", "isLiteral", "deprecationMessage", "versionInfo", "helpUrl", "isRequired"];

    private static readonly string[] Item = ["description", "includeDescription", "type", "metadata", "packageType", "isSingleton", "deprecationMessage", "versionInfo", "helpUrl"];

    private static readonly string[] Custom = ["name", "description", "values", "allowUnknownValues", "baseType", "caseSensitive"];

    private static readonly string[] Intrinsic =
    [
        "bool", "int", "string", "url", "version", "version-suffixed", "nuget-id", "nuget-version", "file", "folder", "folder-with-slash", "file-or-folder", "project-file", "runtime-id",
        "target-framework", "target-name", "item-name", "configuration", "platform", "warning-code",
    ];

    [Theory]
    [InlineData("sdk/Sdk/Sdk.props")]
    [InlineData("sdk/Sdk/Sdk.targets")]
    public void A_file_stands_beside_the_file_that_projects_import(string path)
    {
        Assert.True(File.Exists(Checkout.At(path)));
        Assert.Empty(Load(path).Select(member => member.Key).Except(Top));
    }

    [Fact]
    public void Properties_and_metadata_have_the_editors_words() => Assert.Empty(Values().SelectMany(value => value.Select(member => member.Key)).Except(Value));

    [Fact]
    public void Items_have_the_editors_words() =>
        Assert.Empty(Load("sdk/Sdk/Sdk.props")["items"]!.AsObject().SelectMany(item => item.Value!.AsObject().Select(member => member.Key)).Except(Item));

    [Fact]
    public void Types_have_the_editors_words()
    {
        var types = Load("sdk/Sdk/Sdk.props")["types"]!.AsObject();
        Assert.Empty(types.SelectMany(type => type.Value!.AsObject().Select(member => member.Key)).Except(Custom));
        Assert.All(types, type => Assert.NotEmpty(type.Value!["values"]!.AsObject()));
    }

    [Fact]
    public void Every_type_that_is_named_exists()
    {
        var types = Load("sdk/Sdk/Sdk.props")["types"]!.AsObject().Select(type => $"#/types/{type.Key}").ToHashSet(StringComparer.Ordinal);
        Assert.All(Values(), value => Assert.True(value["type"] is JsonObject reference ? types.Contains((string)reference["$ref"]!) : Intrinsic.Contains((string?)value["type"])));
    }

    [Fact]
    public void Codes_of_warnings_are_known_to_the_editor() => Assert.Equal(
        Checkout.Schema.Diagnostics.Where(entry => entry.Severity == "warning").Select(entry => entry.Code),
        Load("sdk/Sdk/Sdk.props")["types"]!["nodeimage-warning"]!["values"]!.AsObject().Select(value => value.Key));

    private static JsonObject Load(string path) => JsonNode.Parse(File.ReadAllText(Checkout.At(path + ".buildschema.json")))!.AsObject();

    private static IEnumerable<JsonObject> Values()
    {
        var props = Load("sdk/Sdk/Sdk.props");
        return
        [
            .. props["properties"]!.AsObject().Select(property => property.Value!.AsObject()),
            .. props["items"]!.AsObject().SelectMany(item => item.Value!["metadata"]?.AsObject() ?? []).Select(metadata => metadata.Value!.AsObject()),
            .. props["metadata"]!.AsArray().SelectMany(group => group!.AsObject()).Where(member => !member.Key.StartsWith('$')).Select(member => member.Value!.AsObject()),
        ];
    }
}
