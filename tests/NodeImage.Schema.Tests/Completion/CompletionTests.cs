using NodeImage.Schema.Model;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Completion;

/// <summary>
/// What editors offer while a project is written: the MSBuild editor by the files beside <c>Sdk.props</c> and
/// <c>Sdk.targets</c>, editors of XML by the schema. Both know all that is described.
/// </summary>
public sealed class CompletionTests
{
    private const string Start = "<Project Sdk=\"NodeImage.Sdk/1.0.0\">\n";

    public static TheoryData<string> Editors() => ["sidecar", "xsd"];

    [Theory]
    [MemberData(nameof(Editors))]
    public void Every_item_is_offered_in_an_item_group(string editor) => Assert.Subset(
        Names(Offers(editor, $"{Start}<ItemGroup><|")),
        Names(Checkout.Schema.Items.Where(item => editor == "xsd" || item.Include.Kind != ValueKind.Project).Select(item => item.Name)));

    [Theory]
    [MemberData(nameof(Editors))]
    public void Every_property_that_can_be_set_is_offered_in_a_property_group(string editor) => Assert.Subset(
        Names(Offers(editor, $"{Start}<PropertyGroup>\n    <OS|")),
        Names(Checkout.Schema.Properties.Where(property => !property.ReadOnly).Select(property => property.Name)));

    [Theory]
    [MemberData(nameof(Metadata))]
    public void Metadata_is_offered_as_an_attribute_and_as_an_element(string editor, string item, string metadata)
    {
        var description = Checkout.Schema.Items.Single(entry => entry.Name == item).Metadata.Single(entry => entry.Name == metadata).Description;
        var attribute = Assert.Single(Offers(editor, $"{Start}<ItemGroup><{item} Include=\"a\" |"), offer => offer.Name == metadata);
        Assert.StartsWith(FirstWord(description), attribute.Description, StringComparison.Ordinal);
        if (editor == "sidecar" || !Checkout.Schema.Items.Single(entry => entry.Name == item).Inherited)
        {
            Assert.Contains(Offers(editor, $"{Start}<ItemGroup><{item} Include=\"a\"><|"), offer => offer.Name == metadata);
        }
    }

    [Theory]
    [MemberData(nameof(MetadataWithValues))]
    public void Values_of_metadata_are_offered(string editor, string item, string metadata, string values)
    {
        Assert.Equal(values, Joined(Offers(editor, $"{Start}<ItemGroup><{item} Include=\"a\" {metadata}=\"|")));
        if (!Checkout.Schema.Items.Single(entry => entry.Name == item).Inherited)
        {
            Assert.Equal(values, Joined(Offers(editor, $"{Start}<ItemGroup><{item} Include=\"a\"><{metadata}>|")));
        }
    }

    [Theory]
    [MemberData(nameof(PropertiesWithValues))]
    public void Values_of_properties_are_offered(string editor, string property, string values) =>
        Assert.Equal(values, Joined(Offers(editor, $"{Start}<PropertyGroup><{property}>|")));

    [Theory]
    [MemberData(nameof(Editors))]
    public void A_value_is_explained(string editor)
    {
        var masked = Assert.Single(Offers(editor, $"{Start}<ItemGroup><SystemdUnitState Include=\"a.service\" State=\"|"), offer => offer.Name == "Masked");
        Assert.Contains("/dev/null", masked.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Editors))]
    public void Metadata_is_not_offered_for_an_item_that_does_not_have_it(string editor) =>
        Assert.DoesNotContain(Offers(editor, $"{Start}<ItemGroup><SystemGroup Include=\"a\" |"), offer => offer.Name is "State" or "Uid");

    [Fact]
    public void Targets_to_stand_beside_are_offered() => Assert.Contains(
        SidecarEditor.Here.At($"{Start}<Target Name=\"Tell\" AfterTargets=\"|"), offer => offer.Name == "ComposeImage");

    [Fact]
    public void The_parts_of_a_project_are_offered_to_editors_of_XML() => Assert.Subset(
        Names(XsdEditor.Here.At($"{Start}<|")), new HashSet<string> { "PropertyGroup", "ItemGroup", "Import", "Target", "Choose" });

    public static TheoryData<string, string, string> Metadata() =>
        [.. AllMetadata().SelectMany(entry => Both(editor => (editor, entry.Item, entry.Metadata.Name)))];

    public static TheoryData<string, string, string, string> MetadataWithValues() =>
        [.. AllMetadata().Where(entry => Values(entry.Metadata).Length > 0).SelectMany(entry => Both(editor => (editor, entry.Item, entry.Metadata.Name, Values(entry.Metadata))))];

    public static TheoryData<string, string, string> PropertiesWithValues() =>
        [.. Checkout.Schema.Properties.Where(property => !property.ReadOnly && Values(property).Length > 0).SelectMany(property => Both(editor => (editor, property.Name, Values(property))))];

    private static IReadOnlyList<Offer> Offers(string editor, string text) => editor == "xsd" ? XsdEditor.Here.At(text) : SidecarEditor.Here.At(text);

    private static IEnumerable<T> Both<T>(Func<string, T> make) => [make("sidecar"), make("xsd")];

    private static IEnumerable<(string Item, ValueDescription Metadata)> AllMetadata() => Checkout.Schema.Items.SelectMany(item => item.Metadata.Select(metadata => (item.Name, metadata)));

    private static string Values(ValueDescription value) => value.Kind == ValueKind.Bool
        ? "true,false"
        : string.Join(',', Checkout.Schema.Type(value.Type)?.Values.Select(choice => choice.Name) ?? []);

    // Editors show less of Markdown, or none.
    private static string FirstWord(string description) => description.StartsWith('`') || description.StartsWith('[') ? "" : description.Split(' ')[0];

    private static string Joined(IEnumerable<Offer> offers) => string.Join(',', offers.Select(offer => offer.Name));

    private static HashSet<string> Names(IEnumerable<Offer> offers) => Names(offers.Select(offer => offer.Name));

    private static HashSet<string> Names(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);
}
