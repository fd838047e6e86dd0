using System.Text.Json.Nodes;
using System.Xml.Linq;
using NodeImage.Schema.Model;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests;

/// <summary>What is generated follows from the description, and adding to the description is all that it takes.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void No_generated_file_is_stale() => Assert.Empty(GeneratedFiles.Make(Checkout.Root).Where(file => !file.IsCurrent(Checkout.Root)).Select(file => file.Path));

    [Fact]
    public void One_entry_brings_a_property_everywhere()
    {
        var json = JsonNode.Parse(File.ReadAllText(Checkout.At(SchemaFile.Path)))!;
        json["propertyGroups"]![0]!["properties"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["name"] = "OSImageColour",
            ["kind"] = "string",
            ["since"] = "1.1.0",
            ["description"] = "The colour of the image.",
            ["example"] = "<OSImageColour>red</OSImageColour>",
        });
        var changed = Changed(json);
        Assert.Equal(
            ["docs/reference.md", "sdk/Sdk/Sdk.props.buildschema.json", "sdk/schema/NodeImage.xsd", "sdk/schema/rules/NodeImage.Project.xaml", "src/NodeImage.Compose/Naming/NameTable.g.cs"],
            changed.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(changed, file => Assert.Contains("OSImageColour", file.Content, StringComparison.Ordinal));
        Assert.Contains("Since 1.1.0.", changed.Single(file => file.Path == "docs/reference.md").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void One_entry_brings_metadata_everywhere()
    {
        var json = JsonNode.Parse(File.ReadAllText(Checkout.At(SchemaFile.Path)))!;
        json["items"]!.AsArray().Single(item => (string?)item!["name"] == "SystemdUnit")!["metadata"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["name"] = "Colour",
            ["kind"] = "enum",
            ["type"] = "unit-scope",
            ["since"] = "1.0.0",
            ["description"] = "The colour of the unit.",
            ["example"] = "Colour=\"User\"",
        });
        Assert.Equal(
            ["docs/reference.md", "sdk/Sdk/Sdk.props.buildschema.json", "sdk/schema/NodeImage.xsd", "sdk/schema/rules/NodeImage.Items.xaml", "src/NodeImage.Compose/Naming/NameTable.g.cs"],
            Changed(json).Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"kind\": \"bool\",", "\"kind\": \"maybe\",")]
    [InlineData("\"name\": \"OSImageKind\",", "\"name\": \"OSImageKind\", \"nane\": \"x\",")]
    [InlineData("\"name\": \"OSImageVersion\",", "\"name\": \"OSImageName\",")]
    [InlineData("\"type\": \"image-kind\",", "\"type\": \"image-sort\",")]
    [InlineData("\"severity\": \"warning\",", "\"severity\": \"mild\",")]
    [InlineData("\"name\": \"OSImageVersion\",", "\"name\": \"OS Image\",")]
    public void A_description_that_contradicts_itself_is_refused(string right, string wrong)
    {
        var text = File.ReadAllText(Checkout.At(SchemaFile.Path));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.Throws<SchemaException>(() => SchemaFile.Parse(text[..at] + wrong + text[(at + right.Length)..]));
    }

    [Fact]
    public void Everything_that_editors_look_for_is_packed_where_they_look()
    {
        var project = XDocument.Load(Checkout.At("sdk/NodeImage.Sdk.csproj"));
        var packed = project.Descendants("None")
            .Where(item => (string?)item.Attribute("Pack") == "true" && ((string)item.Attribute("Include")!).EndsWith("/**", StringComparison.Ordinal))
            .Select(item => (Folder: ((string)item.Attribute("Include")!)[..^3], PackagePath: (string)item.Attribute("PackagePath")!))
            .ToList();
        // A folder goes to the place of its own name, so paths in the package are those below sdk/.
        Assert.All(packed, item => Assert.Equal(item.Folder, item.PackagePath));
        Assert.Subset(packed.Select(item => item.Folder).ToHashSet(StringComparer.Ordinal), GeneratedFiles.Make(Checkout.Root)
            .Where(file => file.Path.StartsWith("sdk/", StringComparison.Ordinal))
            .Select(file => file.Path.Split('/')[1])
            .ToHashSet(StringComparer.Ordinal));
    }

    private static List<GeneratedFile> Changed(JsonNode json) =>
        [.. GeneratedFiles.Make(Checkout.Root, SchemaFile.Parse(json.ToJsonString())).Where(file => !file.IsCurrent(Checkout.Root))];
}
