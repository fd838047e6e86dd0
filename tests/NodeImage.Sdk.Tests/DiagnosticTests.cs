using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

namespace NodeImage.Sdk.Tests;

/// <summary>Diagnostics obey the settings of any .NET project, and are in every log that MSBuild and the SDK write.</summary>
public sealed class DiagnosticTests
{
    private const string Base = "<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>";
    private const string Slip = Base + "\n<ItemGroup>\n  <SystemdUnitState Include=\"a.service\" Stat=\"Enabled\" State=\"Enabled\" />\n</ItemGroup>";

    [Fact]
    public void A_warning_links_to_its_page()
    {
        using var project = new BuiltProject(Slip);
        var link = Assert.Single(project.Build("CheckProjectNames").Warnings).HelpLink;
        Assert.EndsWith("/docs/diagnostics/NI1018.md", link, StringComparison.Ordinal);
        Assert.True(File.Exists(new Uri(link!).LocalPath));
    }

    [Fact]
    public void An_error_links_to_the_pages_of_the_project_where_it_names_some()
    {
        using var project = new BuiltProject("<PropertyGroup><TargetFramework>rhel9.6</TargetFramework><NodeImageHelpFolder>https://example.com/help/</NodeImageHelpFolder></PropertyGroup>");
        var error = Assert.Single(project.Build("_CollectImagePackages").Errors);
        Assert.Equal(("NI1001", "https://example.com/help/NI1001.md"), (error.Code, error.HelpLink));
    }

    [Theory]
    [InlineData("<NoWarn>$(NoWarn);NI1018</NoWarn>")]
    [InlineData("<NoWarn>NI9999,NI1018</NoWarn>")]
    [InlineData("<MSBuildWarningsAsMessages>NI1018</MSBuildWarningsAsMessages>")]
    [InlineData("<NoWarn>NI1018</NoWarn><TreatWarningsAsErrors>true</TreatWarningsAsErrors>")]
    public void A_warning_can_be_made_a_message(string properties)
    {
        using var project = new BuiltProject($"{Slip}<PropertyGroup>{properties}<ErrorLog>build.sarif</ErrorLog></PropertyGroup>");
        var outcome = project.Build("CheckProjectNames");
        Assert.True(outcome.Succeeded);
        Assert.Empty(outcome.Warnings);
        Assert.Equal("NI1018", Assert.Single(outcome.Messages, message => message.Code.StartsWith("NI", StringComparison.Ordinal)).Code);
        Assert.Empty(project.Log());
    }

    [Theory]
    [InlineData("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", true)]
    [InlineData("<WarningsAsErrors>NI1018</WarningsAsErrors>", true)]
    [InlineData("<MSBuildWarningsAsErrors>NI1018</MSBuildWarningsAsErrors>", true)]
    [InlineData("<MSBuildTreatWarningsAsErrors>true</MSBuildTreatWarningsAsErrors>", true)]
    [InlineData("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>NI1018</WarningsNotAsErrors>", false)]
    [InlineData("<WarningsAsErrors>NI1019</WarningsAsErrors>", false)]
    public void A_warning_can_be_made_an_error(string properties, bool isError)
    {
        using var project = new BuiltProject($"{Slip}<PropertyGroup>{properties}<ErrorLog>build.sarif</ErrorLog></PropertyGroup>");
        var outcome = project.Build("CheckProjectNames");
        Assert.Equal(isError, !outcome.Succeeded);
        Assert.Equal(isError ? ["NI1018"] : [], outcome.Errors.Select(error => error.Code));
        Assert.Equal(isError ? [] : ["NI1018"], outcome.Warnings.Select(warning => warning.Code));
        Assert.Equal([("NI1018", isError ? "error" : "warning")], project.Log());
    }

    [Fact]
    public void A_binary_log_has_the_code_and_the_place()
    {
        using var project = new BuiltProject(Slip);
        var log = project.At("build.binlog");
        project.Build("CheckProjectNames", log);
        var replayed = new List<BuildWarningEventArgs>();
        var source = new BinaryLogReplayEventSource();
        source.WarningRaised += (_, e) => replayed.Add(e);
        source.Replay(log, TestContext.Current.CancellationToken);
        var warning = Assert.Single(replayed);
        Assert.Equal(("NI1018", project.File, 3, 41), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
    }

    [Fact]
    public void Each_step_of_a_build_adds_to_the_log_and_a_failing_one_ends_it()
    {
        const string Log = "<PropertyGroup><ErrorLog>logs/build.sarif,version=2.1</ErrorLog></PropertyGroup>";
        using var project = new BuiltProject($"{Slip}{Log}<PropertyGroup><Initramfs>Sideways</Initramfs></PropertyGroup>");
        project.Build("CheckProjectNames");
        Assert.Equal([("NI1018", "warning")], project.Log("logs/build.sarif"));
        Assert.False(project.Build("CollectImageDefinition").Succeeded);
        Assert.Equal([("NI1007", "error"), ("NI1018", "warning")], project.Log("logs/build.sarif"));

        project.Change("Sideways", "None");
        Assert.True(project.Build("CollectImageDefinition").Succeeded);
        Assert.Equal([("NI1018", "warning")], project.Log("logs/build.sarif"));
    }

    [Fact]
    public void Without_the_property_no_log_is_written()
    {
        using var project = new BuiltProject(Slip);
        project.Build("CheckProjectNames");
        Assert.False(Directory.Exists(project.At("obj/errorlog")));
    }

    [Fact]
    public void A_log_of_another_version_is_warned_of_and_written_all_the_same()
    {
        using var project = new BuiltProject($"{Base}<PropertyGroup>\n<ErrorLog>build.sarif,version=1</ErrorLog></PropertyGroup>");
        var warning = Assert.Single(project.Build("CollectImageDefinition").Warnings);
        Assert.Equal(("NI1024", 2), (warning.Code, warning.LineNumber));
        Assert.Equal([("NI1024", "warning")], project.Log());
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_an_error()
    {
        using var project = new BuiltProject($"{Base}<PropertyGroup><ErrorLog>taken</ErrorLog></PropertyGroup>", "taken/file");
        Assert.Equal("NI3002", Assert.Single(project.Build("CheckProjectNames").Errors).Code);
    }

    [Theory]
    [InlineData("<ProjectReference Include=\"one.osproj\" />", "", "one.osproj, two.osproj")]
    [InlineData("", "<ContainerBaseImage>registry.example.com/base:9.6</ContainerBaseImage>", "two.osproj, registry.example.com/base:9.6")]
    public void A_second_base_is_an_error_at_its_line(string reference, string property, string bases)
    {
        var references = $"<ItemGroup>\n{reference}\n<ProjectReference Include=\"two.osproj\" /></ItemGroup>";
        using var project = new BuiltProject($"<PropertyGroup><OSImageKind>Layered</OSImageKind><TargetFramework>rhel9.6</TargetFramework><SkipResolvePackageAssets>true</SkipResolvePackageAssets>{property}</PropertyGroup>\n{references}");
        foreach (var name in (string[])["one", "two"])
        {
            File.WriteAllText(project.At($"{name}.osproj"), File.ReadAllText(project.File).Replace(references, "", StringComparison.Ordinal).Replace("Layered", "Base", StringComparison.Ordinal));
        }

        var error = Assert.Single(project.Build("_CollectImagePackages").Errors);
        Assert.Equal(("NI1016", project.File, 4), (error.Code, error.File, error.LineNumber));
        Assert.Contains(bases, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_is_told_in_a_language_that_there_is()
    {
        using var project = new BuiltProject("<PropertyGroup><OSImageKind>Sideways</OSImageKind><TargetFramework>rhel9.6</TargetFramework><ErrorLog>build.sarif</ErrorLog></PropertyGroup>");
        Assert.StartsWith("OSImageKind ist 'Sideways'. Setzen Sie es auf Base", Assert.Single(project.Build("_CollectImagePackages", language: "de").Errors).Message, StringComparison.Ordinal);
        Assert.Contains("\"language\": \"de\"", File.ReadAllText(project.At("build.sarif")), StringComparison.Ordinal);
        Assert.StartsWith("OSImageKind is 'Sideways'. Set it to Base", Assert.Single(project.Build("_CollectImagePackages", language: "ja").Errors).Message, StringComparison.Ordinal);
        Assert.Contains("\"language\": \"en-US\"", File.ReadAllText(project.At("build.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_project_comes_to_does_not_depend_on_the_language()
    {
        using var project = new BuiltProject(Slip);
        Assert.Empty(project.Build("CollectImageDefinition").Errors.Select(error => error.Message));
        var files = Directory.GetFiles(project.At("obj"), "image-*.json", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        Assert.NotEmpty(files);
        foreach (var file in files.Keys)
        {
            File.Delete(file);
        }

        Assert.True(project.Build("CollectImageDefinition", language: "de").Succeeded);
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllText(file.Key)));
    }
}
