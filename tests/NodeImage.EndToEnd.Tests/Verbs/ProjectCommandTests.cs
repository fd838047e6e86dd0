using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Commands of the .NET SDK that change a project, or ask about one, know images.</summary>
public sealed class ProjectCommandTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Fact]
    public void Packages_are_added_listed_explained_and_removed()
    {
        Project.WriteImage("shared", "Overlay", """<KernelArgument Include="quiet" />""", "<PackageId>Contoso.Shared</PackageId><Version>2.1.0</Version>");
        newcomer.Run("pack", "shared", "-o", "feed").Succeeded();

        newcomer.Run("package", "add", "Contoso.Shared", "--version", "2.1.0", "--project", "node").Succeeded();
        Assert.Equal(["quiet"], Items("KernelArgument"));
        newcomer.Run("build", "node").Succeeded();
        Assert.Matches("> Contoso\\.Shared +2\\.1\\.0 +2\\.1\\.0", newcomer.Run("package", "list", "--project", "node").Succeeded());
        Assert.Contains("Contoso.Shared (v2.1.0)", newcomer.Run("nuget", "why", "node", "Contoso.Shared").Succeeded(), StringComparison.Ordinal);

        newcomer.Run("package", "remove", "Contoso.Shared", "--project", "node").Succeeded();
        newcomer.Run("restore", "node").Succeeded();
        Assert.Empty(Items("KernelArgument"));
    }

    [Fact]
    public void References_are_added_listed_and_removed_also_to_programs()
    {
        Project.Write("tool/tool.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup></Project>""");
        Project.WriteImage("other", "Overlay", "");
        foreach (var reference in (string[])["tool/tool.csproj", "other/other.osproj"])
        {
            newcomer.Run("reference", "add", reference, "--project", "node/node.osproj").Succeeded();
            newcomer.Run("remove", "node", "reference", reference).Succeeded();
            newcomer.Run("add", "node", "reference", reference).Succeeded();
        }

        Assert.Equal(["base", "other", "tool"], Items("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order(StringComparer.Ordinal));
        Assert.Contains("other.osproj", newcomer.Run("reference", "list", "--project", "node").Succeeded(), StringComparison.Ordinal);
        Newcomer.WriteNode(Project);
    }

    [Theory]
    [InlineData("rhel9.6", "NodeImage,Version=v9.6,Profile=rhel9")]
    [InlineData("c10s", "NodeImage,Version=v10.0,Profile=stream10")]
    public void Frameworks_have_the_names_that_NuGet_is_given(string alias, string name) =>
        Assert.Equal(name, newcomer.Run("msbuild", "node", $"-p:TargetFramework={alias}", "-getProperty:TargetFrameworkMoniker").Succeeded().Trim());

    private IEnumerable<string> Items(string type) =>
        JsonNode.Parse(newcomer.Run("msbuild", "node", $"-getItem:{type}").Succeeded())!["Items"]![type]!.AsArray().Select(item => (string)item!["Identity"]!);
}
