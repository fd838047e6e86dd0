using NodeImage.Schema.Model;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests;

/// <summary>The metadata that is described is what the task that reads projects asks for, and has the values that it takes.</summary>
public sealed class MetadataTests
{
    // Programs are items of the targets' own, made of references.
    private const string Program = "_OSImageProgram";

    [Fact]
    public void The_metadata_that_is_read_is_what_is_described()
    {
        using var project = new ImageProject();
        var items = project.Read();
        Assert.Empty(project.Errors);

        var read = items.SelectMany(item => TargetsSurface.TaskItems[item.Key] is Program
            ? item.Value.Asked.Except(TargetsSurface.MetadataSet(Program)).Select(name => $"ProjectReference.{name}")
            : item.Value.Asked.Select(name => $"{TargetsSurface.TaskItems[item.Key]}.{name}"));
        var described = Checkout.Schema.Items.SelectMany(item => item.Metadata.Select(metadata => $"{item.Name}.{metadata.Name}"));
        Assert.Equal(described.Order(StringComparer.Ordinal), read.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_item_that_is_described_reaches_the_task() => Assert.Empty(
        Checkout.Schema.Items.Select(item => item.Name).Except(TargetsSurface.TaskItems.Values));

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_value_that_is_described_is_taken(string itemType, string name, string value)
    {
        using var project = new ImageProject();
        project.Read((itemType, name, value));
        Assert.Empty(project.Errors);
    }

    [Theory]
    [MemberData(nameof(Checked))]
    public void A_value_that_is_not_described_is_refused(string itemType, string name)
    {
        using var project = new ImageProject();
        project.Read((itemType, name, "Sideways"));
        Assert.Contains("NI1006", Assert.Single(project.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Required))]
    public void Metadata_that_is_required_is_missed(string itemType, string name)
    {
        using var project = new ImageProject();
        project.Read((itemType, name, ""));
        Assert.Contains("NI1008", Assert.Single(project.Errors), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Choices() => [.. Own().SelectMany(entry => Values(entry.Metadata).Select(value => (entry.Item, entry.Metadata.Name, value)))];

    // What the task checks itself: architectures and protocols only select and name.
    public static TheoryData<string, string> Checked() =>
        [.. Own().Where(entry => entry.Metadata.Kind is ValueKind.Bool or ValueKind.Int || (entry.Metadata.Kind == ValueKind.Enum && entry.Metadata.Type != "port-type")).Select(entry => (entry.Item, entry.Metadata.Name))];

    public static TheoryData<string, string> Required() => [.. Own().Where(entry => entry.Metadata.Required).Select(entry => (entry.Item, entry.Metadata.Name))];

    private static IEnumerable<string> Values(ValueDescription metadata) => metadata switch
    {
        { Kind: ValueKind.Bool } => ["true", "false"],
        { Kind: ValueKind.Int } => ["7"],
        { Type: { } type } => Checkout.Schema.Type(type)!.Values.Select(value => value.Name),
        { Default: { } value } => [value],
        _ => [],
    };

    private static IEnumerable<(string Item, ValueDescription Metadata)> Own() => Checkout.Schema.Items.SelectMany(item => item.Metadata.Select(metadata => (item.Name, metadata)));
}
