using System.Text.RegularExpressions;
using System.Xml.Linq;
using NodeImage.Compose.Libraries;

namespace NodeImage.Compose.Tests.Libraries;

/// <summary>A library that is a project brings the same types of items as one that is a package.</summary>
public sealed partial class LibraryItemKindTests
{
    private static readonly XDocument Targets = XDocument.Load(Path.Combine(RepositoryFolder.Root, "sdk", "targets", "NodeImage.Libraries.targets"));

    [Fact]
    public void What_a_project_gives_is_what_a_package_carries() =>
        Assert.Equal(Carried(), Targets.Descendants("_OSLibraryItem").Attributes("OSItemType").Select(type => type.Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_a_project_takes_is_what_a_package_carries() => Assert.Equal(
        Carried(),
        Targets.Descendants().Attributes("Include").Select(include => TakenType().Match(include.Value)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Carried() => LibraryItemKind.All.Select(kind => kind.ItemType);

    [GeneratedRegex(@"_OSReferencedItem->WithMetadataValue\('OSItemType', '(\w+)'\)")]
    private static partial Regex TakenType();
}
