using NodeImage.Compose.Naming;

namespace NodeImage.Compose.Tests.Naming;

/// <summary>Names that are described are known, and what is like one of them is taken for it.</summary>
public sealed class SchemaNamesTests
{
    [Theory]
    [InlineData("OSImageKind")]
    [InlineData("osimagekind")]
    [InlineData("TargetFramework")]
    [InlineData("TargetFrameworks")]
    [InlineData("OSImageDigest")]
    [InlineData("_OSImageKin")]
    public void A_property_is_known(string name) => Assert.Equal(new NameVerdict(true, null), SchemaNames.CheckProperty(name));

    [Theory]
    [InlineData("OSImageKnid", "OSImageKind")]
    [InlineData("OsImageVerson", "OSImageVersion")]
    [InlineData("ContainerImageTagz", "ContainerImageTag")]
    [InlineData("RpmLockFile", null)]
    [InlineData("Configuration", null)]
    [InlineData("Init", null)]
    public void A_property_that_is_not_known_is_taken_for_the_nearest(string name, string? meant) =>
        Assert.Equal(new NameVerdict(false, meant), SchemaNames.CheckProperty(name));

    [Theory]
    [InlineData("RpmPackage", true, null)]
    [InlineData("ContainerEnvironmentVariables", true, null)]
    [InlineData("SystemdUnits", false, "SystemdUnit")]
    [InlineData("SystemdUnitStates", false, "SystemdUnitState")]
    [InlineData("Compile", false, null)]
    public void A_type_of_items_is_judged(string name, bool known, string? meant) => Assert.Equal(new NameVerdict(known, meant), SchemaNames.CheckItem(name));

    [Theory]
    [InlineData("SystemdUnit", "State", true, null)]
    [InlineData("systemdunit", "state", true, null)]
    [InlineData("SystemdUnit", "Stat", false, "State")]
    [InlineData("SystemdUnit", "Team", false, null)]
    [InlineData("SystemdUnit", "_Team", true, null)]
    [InlineData("SystemdUnit", "Link", true, null)]
    [InlineData("RpmRepository", "GpgKeys", false, "GpgKey")]
    [InlineData("ProjectReference", "ImagesPath", false, "ImagePath")]
    [InlineData("ProjectReference", "Aliases", true, null)]
    [InlineData("Compile", "Stat", true, null)]
    public void Metadata_is_judged(string item, string name, bool known, string? meant) => Assert.Equal(new NameVerdict(known, meant), SchemaNames.CheckMetadata(item, name));

    [Fact]
    public void Names_are_sorted_and_found()
    {
        Assert.Equal(SchemaNames.Properties.Order(StringComparer.Ordinal), SchemaNames.Properties);
        Assert.Equal(SchemaNames.Items.Select(item => item.Name).Order(StringComparer.Ordinal), SchemaNames.Items.Select(item => item.Name));
        Assert.Equal(["DropInFor", "Scope", "State"], SchemaNames.Find("SystemdUnit")!.Metadata);
        Assert.Null(SchemaNames.Find("Compile"));
    }
}
