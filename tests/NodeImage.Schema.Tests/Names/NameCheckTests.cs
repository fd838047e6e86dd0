using NodeImage.Schema.Tests.Support;
using NodeImage.Tasks;

namespace NodeImage.Schema.Tests.Names;

/// <summary>Names that nothing reads are warned of, at the place where they stand; names that others may read are not.</summary>
public sealed class NameCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-names-");

    [Theory]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\" Stat=\"Enabled\" /></ItemGroup>", "NI1018", "'Stat' is not metadata of SystemdUnit; did you mean 'State'?")]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\"><Scop>User</Scop></SystemdUnit></ItemGroup>", "NI1018", "'Scop' is not metadata of SystemdUnit; did you mean 'Scope'?")]
    [InlineData("<ItemGroup><SystemGroup Include=\"a\" Uid=\"800\" /></ItemGroup>", "NI1018", "'Uid' is not metadata of SystemGroup; did you mean 'Gid'?")]
    [InlineData("<ItemGroup><SystemdUnit Update=\"a.service\" Enabled=\"true\" /></ItemGroup>", "NI1018", "'Enabled' is not metadata of SystemdUnit, which has DropInFor, Scope, State. For metadata of your own, begin the name with '_', or declare it in an ItemDefinitionGroup.")]
    [InlineData("<ItemGroup><ProjectReference Include=\"a.csproj\" ImagPath=\"/usr/bin/a\" /></ItemGroup>", "NI1018", "'ImagPath' is not metadata of ProjectReference; did you mean 'ImagePath'?")]
    [InlineData("<ItemDefinitionGroup><RpmPackage><Repositry>a</Repositry></RpmPackage></ItemDefinitionGroup>", "NI1018", "'Repositry' is not metadata of RpmPackage; did you mean 'Repository'?")]
    [InlineData("<Target Name=\"A\"><ItemGroup><RpmPackage Include=\"a\" Verison=\"1\" /></ItemGroup></Target>", "NI1018", "'Verison' is not metadata of RpmPackage; did you mean 'Version'?")]
    [InlineData("<PropertyGroup><OSImageKnd>Base</OSImageKnd></PropertyGroup>", "NI1019", "Nothing reads the property 'OSImageKnd'; did you mean 'OSImageKind'?")]
    [InlineData("<PropertyGroup><TargetFramwork>c9s</TargetFramwork></PropertyGroup>", "NI1019", "Nothing reads the property 'TargetFramwork'; did you mean 'TargetFramework'?")]
    [InlineData("<PropertyGroup><RpmInstallLanguage Condition=\"'$(RpmInstallLanguage)' == ''\">$(RpmInstallLanguage);de</RpmInstallLanguage></PropertyGroup>", "NI1019", "Nothing reads the property 'RpmInstallLanguage'; did you mean 'RpmInstallLanguages'?")]
    [InlineData("<Choose><When Condition=\"true\"><PropertyGroup><Initramf>None</Initramf></PropertyGroup></When></Choose>", "NI1019", "Nothing reads the property 'Initramf'; did you mean 'Initramfs'?")]
    [InlineData("<ItemGroup><RpmPackges Include=\"a\" /></ItemGroup>", "NI1020", "Nothing reads the items 'RpmPackges'; did you mean 'RpmPackage'?")]
    public void A_slip_is_warned_of(string content, string code, string message)
    {
        var (code1, message1, _, _, _) = Assert.Single(Check($"<Project>{content}</Project>"));
        Assert.Equal((code, message), (code1, message1));
    }

    [Theory]
    [InlineData("<ItemGroup><SystemdUnit Include=\"a.service\" state=\"Enabled\" _Team=\"b\" Link=\"c\" Condition=\"true\" KeepDuplicates=\"false\"><Visible>false</Visible></SystemdUnit></ItemGroup>")]
    [InlineData("<ItemDefinitionGroup><SystemdUnit><Team /></SystemdUnit></ItemDefinitionGroup><ItemGroup><SystemdUnit Include=\"a.service\" Team=\"b\" /></ItemGroup>")]
    [InlineData("<ItemGroup><None Include=\"a\" Stat=\"b\" /><ProjectReference Include=\"a\" Private=\"false\" SetTargetFramework=\"x\" /></ItemGroup>")]
    [InlineData("<PropertyGroup><TargetFrameworks>c9s;c10s</TargetFrameworks><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers><OurTeam>a</OurTeam><osimagekind>Base</osimagekind></PropertyGroup>")]
    [InlineData("<PropertyGroup><OSImageKinds>Base</OSImageKinds><OSImageKind>$( OSImageKinds )</OSImageKind></PropertyGroup>")]
    [InlineData("<ItemGroup><RpmPackages Include=\"a\" /><RpmPackage Include=\"@(RpmPackages->'%(Identity)')\" /></ItemGroup>")]
    [InlineData("<PropertyGroup><_OSImageKid>a</_OSImageKid></PropertyGroup><ItemGroup><_RpmPackag Include=\"a\" /></ItemGroup>")]
    public void What_may_be_meant_is_left_alone(string content) => Assert.Empty(Check($"<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\">{content}</Project>"));

    [Fact]
    public void A_warning_stands_where_the_name_does()
    {
        var warnings = Check("<Project>\n  <PropertyGroup>\n    <OSImageNam>a</OSImageNam>\n  </PropertyGroup>\n  <ItemGroup>\n    <RpmPackage Include=\"a\"\n                Versio=\"1\">\n      <Repositorys>b</Repositorys>\n    </RpmPackage>\n  </ItemGroup>\n</Project>");
        Assert.Equal([("NI1019", 3, 5), ("NI1018", 7, 17), ("NI1018", 8, 7)], warnings.Select(warning => (warning.Code, warning.Line, warning.Column)));
        Assert.All(warnings, warning => Assert.Equal(At("image.osproj"), warning.File));
    }

    [Fact]
    public void Files_that_are_imported_are_read_too()
    {
        File.WriteAllText(At("Directory.Build.props"), "<Project><PropertyGroup><RpmScriptletMod>Auto</RpmScriptletMod></PropertyGroup></Project>");
        File.WriteAllText(At("more.props"), "<Project><PropertyGroup><OSImageVersions>1</OSImageVersions></PropertyGroup></Project>");
        Assert.Equal(
            [At("Directory.Build.props"), At("more.props")],
            Check("<Project><Import Project=\"more.props\" /></Project>", At("Directory.Build.props"), At("missing.props")).Select(warning => warning.File));
    }

    [Fact]
    public void A_clean_project_is_not_looked_at_again_and_one_with_a_slip_is()
    {
        Check("<Project><PropertyGroup><OSImageKnd>Base</OSImageKnd></PropertyGroup></Project>");
        Assert.False(File.Exists(At("obj/checked")));
        Check("<Project><PropertyGroup><OSImageKind>Base</OSImageKind></PropertyGroup></Project>");
        Assert.True(File.Exists(At("obj/checked")));
    }

    [Fact]
    public void A_project_that_is_no_XML_is_left_to_MSBuild() => Assert.Empty(Check("<Project><PropertyGroup>"));

    public void Dispose() => _folder.Delete(recursive: true);

    private List<(string Code, string Message, string File, int Line, int Column)> Check(string project, params string[] imports)
    {
        File.WriteAllText(At("image.osproj"), project);
        var engine = new RecordingEngine();
        using var task = new CheckProjectNames { BuildEngine = engine, ProjectFile = At("image.osproj"), Imports = imports, StampFile = At("obj/checked") };
        Assert.True(task.Execute());
        Assert.Empty(engine.Errors);
        return [.. engine.Warnings.Select(warning => (warning.Code, warning.Message!, warning.File, warning.LineNumber, warning.ColumnNumber))];
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
