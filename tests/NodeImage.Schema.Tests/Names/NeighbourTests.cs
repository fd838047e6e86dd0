using System.Text.RegularExpressions;
using NodeImage.Compose.Naming;
using NodeImage.Schema.Tests.Support;

namespace NodeImage.Schema.Tests.Names;

/// <summary>No name that MSBuild or the .NET SDK reads is taken for a slip; the .NET SDK that runs the tests is the judge.</summary>
public sealed partial class NeighbourTests
{
    private static readonly IReadOnlyList<string> Texts =
    [
        .. Directory.EnumerateFiles(MSBuildSetup.Folder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".props", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".targets", StringComparison.OrdinalIgnoreCase))
            .Select(File.ReadAllText),
    ];

    [Fact]
    public void No_property_of_the_platform_is_taken_for_a_slip()
    {
        var names = Names(Property());
        Assert.Contains("OutputPath", names);
        Assert.DoesNotContain(names, name => SchemaNames.CheckProperty(name).Suggestion is not null);
    }

    [Fact]
    public void No_items_of_the_platform_are_taken_for_a_slip()
    {
        var names = Names(Item());
        Assert.Contains("Compile", names);
        Assert.DoesNotContain(names, name => SchemaNames.CheckItem(name).Suggestion is not null);
    }

    [Fact]
    public void No_metadata_of_references_is_taken_for_a_slip()
    {
        var names = Names(Metadata());
        Assert.Contains("ReferenceOutputAssembly", names);
        Assert.DoesNotContain(names, name => !SchemaNames.CheckMetadata("ProjectReference", name).IsKnown);
    }

    [Fact]
    public void Every_neighbour_is_near_to_a_name()
    {
        var names = SchemaNames.Properties.Concat(SchemaNames.Items.Select(item => item.Name)).ToList();
        Assert.All(
            Checkout.Schema.Platform.NeighbouringProperties.Concat(Checkout.Schema.Platform.NeighbouringItems),
            neighbour => Assert.Contains(names, name => Core.Text.EditDistance.Between(name, neighbour, 2) <= 2));
    }

    private static SortedSet<string> Names(Regex use) =>
        new(Texts.SelectMany(text => use.Matches(text)).Select(match => match.Groups[1].Value), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\$\(([A-Za-z]\w*)")]
    private static partial Regex Property();

    [GeneratedRegex(@"@\(([A-Za-z]\w*)")]
    private static partial Regex Item();

    [GeneratedRegex(@"%\((?:ProjectReference|ProjectReferenceWithConfiguration|_MSBuildProjectReferenceExistent)\.([A-Za-z]\w*)\)")]
    private static partial Regex Metadata();
}
