using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using NodeImage.Compose.Libraries;

namespace NodeImage.Compose.Tests.Libraries;

/// <summary>The file by which a package gives its items means what the library's project said, whatever is in the names.</summary>
public sealed class LibraryPropsTests
{
    [Fact]
    public void What_MSBuild_would_expand_stands_for_itself()
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("Reason", "100% of $(them); @(all) 'quoted' %2A?");
        var item = Write(new LibraryContent("c9s", [new LibraryItem("ForbiddenPackage", "kube*<&>\"", metadata)])).Descendants("ForbiddenPackage").Single();
        Assert.Equal("kube%2A<&>\"", item.Attribute("Include")!.Value);
        Assert.Equal("100%25 of %24%28them%29%3B %40%28all%29 %27quoted%27 %252A%3F", item.Attribute("Reason")!.Value);
        Assert.Equal("Lib 1.2.3", item.Attribute(LibraryProps.Origin)!.Value);
    }

    [Fact]
    public void A_file_is_named_by_its_place_in_the_package_and_a_package_by_its_name()
    {
        var items = Write(new LibraryContent("c9s", [Item("SystemdUnit", "units/a b.service"), Item("RpmPackage", "bash"), Item("RpmPackage", "rpms/x.rpm"), Item("Overlay", "overlays/etc.overlay.json")])).Root!.Elements().Elements();
        Assert.Equal(
            ["$(MSBuildThisFileDirectory)../nodeimage/c9s/units/a b.service", "bash", "$(MSBuildThisFileDirectory)../nodeimage/c9s/rpms/x.rpm", "$(MSBuildThisFileDirectory)../nodeimage/c9s/overlays/etc.overlay.json"],
            items.Select(item => item.Attribute("Include")!.Value));
    }

    [Theory]
    [InlineData("c9s", "'$(UsingNodeImageSdk)' == 'true' and '$(TargetFramework)' == 'c9s'")]
    [InlineData("rhel9.4", "'$(UsingNodeImageSdk)' == 'true' and $(TargetFramework.StartsWith('rhel9.')) and $([MSBuild]::VersionGreaterThanOrEquals($(TargetFramework.Replace('rhel', '')), '9.4')) and $([MSBuild]::VersionLessThan($(TargetFramework.Replace('rhel', '')), '9.10'))")]
    [InlineData("rhel9.10", "'$(UsingNodeImageSdk)' == 'true' and $(TargetFramework.StartsWith('rhel9.')) and $([MSBuild]::VersionGreaterThanOrEquals($(TargetFramework.Replace('rhel', '')), '9.10'))")]
    [InlineData("rhel10.0", "'$(UsingNodeImageSdk)' == 'true' and $(TargetFramework.StartsWith('rhel10.')) and $([MSBuild]::VersionGreaterThanOrEquals($(TargetFramework.Replace('rhel', '')), '10.0'))")]
    public void A_framework_serves_later_releases_up_to_the_next_that_the_library_has(string framework, string condition)
    {
        var groups = Write([.. ((string[])["rhel9.10", "c9s", "rhel10.0", "rhel9.4"]).Select(name => new LibraryContent(name, [Item("RpmPackage", name)]))]).Descendants("ItemGroup");
        Assert.Equal(condition, groups.Single(group => group.Element("RpmPackage")!.Attribute("Include")!.Value == framework).Attribute("Condition")!.Value);
    }

    [Fact]
    public void The_order_in_which_frameworks_were_built_does_not_show()
    {
        var contents = ((string[])["rhel9.4", "c9s", "rhel9.6"]).Select(name => new LibraryContent(name, [Item("RpmPackage", "bash")])).ToArray();
        Assert.Equal(LibraryProps.Write("Lib", "1", contents), LibraryProps.Write("Lib", "1", [.. contents.Reverse()]));
    }

    [Fact]
    public void A_content_is_read_as_it_was_written()
    {
        var content = new LibraryContent("c9s", [Item("RpmPackage", "bash")]);
        var read = LibraryContent.Read(content.Write());
        Assert.Equal((content.TargetFramework, "RpmPackage", "bash"), (read.TargetFramework, read.Items.Single().ItemType, read.Items.Single().Identity));
    }

    private static LibraryItem Item(string type, string identity) => new(type, identity, ImmutableSortedDictionary<string, string>.Empty);

    private static XDocument Write(params LibraryContent[] contents) => XDocument.Parse(Encoding.UTF8.GetString(LibraryProps.Write("Lib", "1.2.3", contents)));
}
