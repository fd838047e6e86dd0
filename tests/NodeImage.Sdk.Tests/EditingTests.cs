namespace NodeImage.Sdk.Tests;

/// <summary>What a build does for whoever writes the project.</summary>
public sealed class EditingTests
{
    private const string Base = "<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>";
    private const string Slip = Base + "\n<ItemGroup>\n  <SystemdUnitState Include=\"a.service\" Stat=\"Enabled\" />\n</ItemGroup>";

    [Fact]
    public void A_slip_is_a_warning_at_its_place_with_a_page()
    {
        using var project = new BuiltProject(Slip);
        var outcome = project.Build("CheckProjectNames");
        Assert.True(outcome.Succeeded);
        var warning = Assert.Single(outcome.Warnings);
        Assert.Equal(("NI1018", project.File, 3, 41), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.Equal("'Stat' is not metadata of SystemdUnitState; did you mean 'State'?", warning.Message);
    }

    [Fact]
    public void A_slip_can_be_passed_over()
    {
        using var project = new BuiltProject(Slip + "<PropertyGroup><NoWarn>$(NoWarn);NI1018</NoWarn></PropertyGroup>");
        var outcome = project.Build("CheckProjectNames");
        Assert.True(outcome.Succeeded);
        Assert.Empty(outcome.Warnings);
    }

    [Theory]
    [InlineData("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>")]
    [InlineData("<WarningsAsErrors>NI1018</WarningsAsErrors>")]
    public void A_slip_can_stop_the_build(string property)
    {
        using var project = new BuiltProject($"{Slip}<PropertyGroup>{property}</PropertyGroup>");
        var outcome = project.Build("CheckProjectNames");
        Assert.False(outcome.Succeeded);
        Assert.Equal("NI1018", Assert.Single(outcome.Errors).Code);
    }

    [Fact]
    public void A_clean_project_is_looked_at_once_and_again_when_it_changes()
    {
        using var project = new BuiltProject(Base);
        Assert.Equal(["CheckProjectNames"], project.Build("CheckProjectNames").Tasks);
        Assert.Empty(project.Build("CheckProjectNames").Tasks);
        File.SetLastWriteTimeUtc(project.File, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(["CheckProjectNames"], project.Build("CheckProjectNames").Tasks);
    }

    [Fact]
    public void A_project_with_a_slip_is_warned_each_time()
    {
        using var project = new BuiltProject(Slip);
        project.Build("CheckProjectNames");
        Assert.Single(project.Build("CheckProjectNames").Warnings);
    }

    [Fact]
    public void Where_reading_the_project_fails_a_slip_is_told_too()
    {
        using var project = new BuiltProject("<PropertyGroup><OSImageKnd>Base</OSImageKnd><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>");
        var outcome = project.Build("_CollectImagePackages");
        Assert.False(outcome.Succeeded);
        Assert.Equal("NI1001", Assert.Single(outcome.Errors).Code);
        Assert.Equal("NI1019", Assert.Single(outcome.Warnings).Code);
    }

    [Fact]
    public void The_schema_is_put_where_settings_of_editors_name_it()
    {
        using var project = new BuiltProject(Base);
        Assert.True(project.Build("_PlaceProjectSchema").Succeeded);
        Assert.True(File.Exists(project.At("obj/NodeImage.xsd")));
    }
}
