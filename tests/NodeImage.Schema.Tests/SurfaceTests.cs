using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests;

/// <summary>What the props and targets use is what is described: nothing is left out, and nothing is made up.</summary>
public sealed class SurfaceTests
{
    private static readonly string[] Described = [.. Checkout.Schema.Properties.Select(property => property.Name), .. Checkout.Schema.EnvironmentVariables.Select(variable => variable.Name)];

    [Fact]
    public void The_targets_are_read_at_all()
    {
        Assert.Contains("OSImageKind", TargetsSurface.Properties);
        Assert.Contains("RpmPackage", TargetsSurface.Items);
        Assert.Contains("ProjectReference.ImagePath", TargetsSurface.Metadata);
        Assert.Equal("RpmPackage", TargetsSurface.TaskItems["Packages"]);
    }

    [Fact]
    public void Every_property_of_the_targets_is_described() =>
        None(TargetsSurface.Properties.Except(Described).Except(Checkout.Schema.Platform.Reads).Except(Checkout.Schema.Platform.Sets));

    [Fact]
    public void Every_property_that_is_described_is_in_the_targets() =>
        None(Checkout.Schema.Properties.Select(property => property.Name).Except(TargetsSurface.Properties));

    [Fact]
    public void A_property_that_can_only_be_read_is_set_by_the_targets() =>
        None(Checkout.Schema.Properties.Where(property => property.ReadOnly).Select(property => property.Name).Except(TargetsSurface.PropertiesSet));

    [Fact]
    public void The_properties_of_the_platform_are_those_that_the_targets_use()
    {
        None(Checkout.Schema.Platform.Sets.Except(TargetsSurface.PropertiesSet));
        None(Checkout.Schema.Platform.Reads.Except(TargetsSurface.Properties.Except(TargetsSurface.PropertiesSet)));
        None(Checkout.Schema.Platform.Reads.Concat(Checkout.Schema.Platform.Sets).Intersect(Described));
    }

    [Fact]
    public void The_items_of_the_targets_are_those_that_are_described() =>
        Same(TargetsSurface.Items, [.. Checkout.Schema.Items.Select(item => item.Name), .. Checkout.Schema.Platform.Items]);

    [Fact]
    public void Every_metadata_of_the_targets_is_described() => None(
        TargetsSurface.Metadata
            .Except(Checkout.Schema.Items.SelectMany(item => item.Metadata.Select(metadata => $"{item.Name}.{metadata.Name}")))
            .Except(Checkout.Schema.Platform.Metadata));

    [Fact]
    public void The_metadata_of_the_platform_is_what_the_targets_use() =>
        None(Checkout.Schema.Platform.Metadata.Except(TargetsSurface.Metadata));

    [Fact]
    public void The_targets_are_those_that_are_described() => Same(
        TargetsSurface.Targets,
        [.. Checkout.Schema.Targets.Where(target => !target.Inherited).Select(target => target.Name), .. Checkout.Schema.Platform.Targets]);

    [Fact]
    public void Editors_are_offered_every_item_that_is_the_SDKs_own() => Assert.Equal(
        Checkout.Schema.Items.Where(item => !item.Inherited).Select(item => item.Name).Order(StringComparer.Ordinal),
        Checkout.Targets.SelectMany(document => document.Descendants("AvailableItemName"))
            .SelectMany(element => ((string)element.Attribute("Include")!).Split(';'))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_task_is_told_how_its_diagnostics_are_to_be_taken() =>
        None(TargetsSurface.OwnTasks().Where(task => (string?)task.Attribute("Diagnostics") != "@(_OSImageDiagnostics)").Select(task => $"{task.Name.LocalName} in {task.Ancestors("Target").First().Attribute("Name")!.Value}"));

    // All of them: an assertion on a list would cut it short.
    private static void None(IEnumerable<string> names)
    {
        if (names.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } left)
        {
            Assert.Fail(string.Join(' ', left));
        }
    }

    private static void Same(IReadOnlyCollection<string> used, IReadOnlyCollection<string> described)
    {
        None([.. used.Except(described).Select(name => $"{name} (not described)"), .. described.Except(used).Select(name => $"{name} (not used)")]);
    }
}
