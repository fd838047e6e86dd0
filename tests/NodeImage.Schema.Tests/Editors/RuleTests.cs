using System.Xml.Linq;
using NodeImage.Schema.Model;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Editors;

/// <summary>The rules for project systems are made of the types that those read, and show all that can be set.</summary>
public sealed class RuleTests
{
    private static readonly XNamespace Properties = "http://schemas.microsoft.com/build/2009/properties";

    public static TheoryData<string> Files() => ["sdk/schema/rules/NodeImage.Project.xaml", "sdk/schema/rules/NodeImage.Items.xaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Elements_and_attributes_are_those_of_MSBuilds_types(string path) =>
        Assert.Empty(XDocument.Load(Checkout.At(path)).Descendants().SelectMany(Problems));

    [Fact]
    public void Every_property_that_is_the_SDKs_own_and_can_be_set_is_shown() => Assert.Equal(
        Checkout.Schema.Properties.Where(property => property is { Inherited: false, ReadOnly: false }).Select(property => property.Name),
        Shown(Load("NodeImage.Project.xaml").Root!));

    [Fact]
    public void Metadata_of_files_is_shown() => Assert.All(
        Checkout.Schema.Items.Where(item => item is { Inherited: false, Include.Kind: ValueKind.File }),
        item => Assert.Equal(
            item.Metadata.Select(metadata => metadata.Name),
            Shown(Assert.Single(Load("NodeImage.Items.xaml").Descendants(Properties + "Rule"), rule => (string?)rule.Attribute("Name") == item.Name))));

    [Fact]
    public void The_targets_name_the_rules_where_they_are() => Assert.Equal(
        Files().Select(row => row.Data).Order(StringComparer.Ordinal),
        Checkout.Targets.SelectMany(document => document.Descendants("PropertyPageSchema"))
            .Select(element => ((string)element.Attribute("Include")!).Replace("$(NodeImageSdkFolder)", "sdk/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    private static XDocument Load(string name) => XDocument.Load(Checkout.At($"sdk/schema/rules/{name}"));

    private static IEnumerable<string> Shown(XElement rule) => rule.Elements()
        .Where(element => element.Name.LocalName.EndsWith("Property", StringComparison.Ordinal))
        .Select(element => (string)element.Attribute("Name")!);

    private static IEnumerable<string> Problems(XElement element)
    {
        if (element.Name.Namespace != Properties)
        {
            return [$"{element.Name} is in another namespace"];
        }

        var parts = element.Name.LocalName.Split('.');
        if (!XamlTypes.Exists(parts[0]))
        {
            return [$"there is no type {parts[0]}"];
        }

        var names = parts.Length == 2 ? [parts[1]] : element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName);
        return names.Where(name => !XamlTypes.HasProperty(parts[0], name)).Select(name => $"{parts[0]} has no property {name}");
    }
}
