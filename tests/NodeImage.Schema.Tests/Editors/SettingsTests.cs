using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Editors;

/// <summary>The settings for editors are those that are documented, and name what a build leaves there.</summary>
public sealed partial class SettingsTests
{
    private static readonly JsonNode Settings = JsonNode.Parse(File.ReadAllText(Checkout.At("sdk/schema/vscode/settings.json")))!;

    [Fact]
    public void The_documentation_shows_the_settings_that_are_shipped() => Assert.True(
        JsonNode.DeepEquals(Settings, JsonNode.Parse(Block().Match(File.ReadAllText(Checkout.At("docs/editing.md"))).Groups[1].Value)));

    [Fact]
    public void The_schema_is_put_where_the_settings_name_it()
    {
        var copy = Assert.Single(Checkout.Targets.SelectMany(document => document.Descendants("Copy")), copy => ((string?)copy.Attribute("SourceFiles"))?.EndsWith(".xsd", StringComparison.Ordinal) == true);
        Assert.Equal("$(NodeImageSdkFolder)schema/NodeImage.xsd", (string?)copy.Attribute("SourceFiles"));
        Assert.Equal("$(MSBuildProjectExtensionsPath)", (string?)copy.Attribute("DestinationFolder"));
        Assert.Equal("${fileDirname}/obj/NodeImage.xsd", (string?)Assert.Single(Settings["xml.fileAssociations"]!.AsArray())!["systemId"]);
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
