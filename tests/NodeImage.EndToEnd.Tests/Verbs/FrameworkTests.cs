using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Target frameworks: an image takes the base of its own release.</summary>
public sealed class FrameworkTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Fact]
    public void Each_framework_is_built_and_a_node_takes_its_own_release_s_base()
    {
        WriteBase("many", "<TargetFrameworks>rhel9.4;rhel9.6</TargetFrameworks>");
        WriteNode("own", "many", "rhel9.6");
        newcomer.Run("build", "own").Succeeded();
        Assert.Equal(Layers("many", "rhel9.6"), Layers("own", "rhel9.6").Take(Layers("many", "rhel9.6").Count));
        newcomer.Run("build", "many").Succeeded();
        Assert.NotEmpty(Layers("many", "rhel9.4"));
        var targets = JsonNode.Parse(File.ReadAllText(Project.LockFile("many")))!["targets"]!.AsObject();
        Assert.Equal(["rhel9.4/x86_64", "rhel9.6/x86_64"], targets.Select(target => target.Key));

        var mixed = newcomer.Run("build", "many", "-o", "mixed");
        Assert.NotEqual(0, mixed.Status);
        Assert.Matches(@"many\.osproj : error NI1025: .*/mixed/many\.osimage.* \(-f rhel9\.4\)", mixed.Output);
        Assert.False(Directory.Exists(Path.Combine(Project.Folder, "mixed")));
    }

    [Fact]
    public void An_older_base_is_taken_only_where_that_is_allowed_and_then_the_nearest()
    {
        WriteBase("older", "<TargetFrameworks>rhel9.2;rhel9.4</TargetFrameworks>");
        WriteNode("newer", "older", "rhel9.6");
        var refused = newcomer.Run("build", "newer");
        Assert.NotEqual(0, refused.Status);
        Assert.Matches(@"newer\.osproj\(\d+,\d+\): error NI1011: The base is made for rhel9\.2, rhel9\.4, this image for rhel9\.6\.", refused.Output);

        newcomer.Run("build", "newer", "-p:AllowOlderBaseFramework=true").Succeeded();
        Assert.Equal(Layers("older", "rhel9.4"), Layers("newer", "rhel9.6").Take(Layers("older", "rhel9.4").Count));
    }

    [Theory]
    [InlineData("rhel10.0")]
    [InlineData("c9s")]
    [InlineData("rhel9.4")]
    public void Another_major_a_stream_and_a_newer_base_are_walls(string framework)
    {
        WriteBase("wall", "<TargetFramework>rhel9.6</TargetFramework>");
        WriteNode("beyond", "wall", framework);
        var failed = newcomer.Run("build", "beyond", "-p:AllowOlderBaseFramework=true");
        Assert.NotEqual(0, failed.Status);
        Assert.Matches($@"beyond\.osproj\(\d+,\d+\): error NI1011: The base is made for rhel9\.6, this image for {Regex.Escape(framework)}\.", failed.Output);
        Assert.False(Directory.Exists(Path.Combine(Project.Folder, "beyond", "bin", "Debug", framework, "linux-x64", "image")));
    }

    [Fact]
    public void One_that_is_unknown_says_which_exist()
    {
        WriteBase("unknown", "<TargetFramework>rhel9</TargetFramework>");
        var failed = newcomer.Run("build", "unknown");
        Assert.NotEqual(0, failed.Status);
        Assert.Matches(@"unknown\.osproj\(\d+,\d+\): error NI1002: The TargetFramework 'rhel9' names no operating-system release\. Those that exist are rhelX\.Y", failed.Output);
    }

    private void WriteBase(string name, string framework) => Project.Write($"{name}/{name}.osproj", $"""
        <Project Sdk="NodeImage.Sdk">
          <PropertyGroup>
            <OSImageKind>Base</OSImageKind>
            {framework}
          </PropertyGroup>
          <ItemGroup>
            {ScratchProject.BaseRepository}
            <RpmPackage Include="{ScratchProject.SmallestBase}" />
          </ItemGroup>
        </Project>
        """);

    private void WriteNode(string name, string below, string framework) => Project.Write($"{name}/{name}.osproj", $"""
        <Project Sdk="NodeImage.Sdk">
          <PropertyGroup>
            <OSImageKind>Layered</OSImageKind>
            <TargetFramework>{framework}</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            {ScratchProject.BaseRepository}
            <ProjectReference Include="../{below}/{below}.osproj" />
            <RpmPackage Include="hostname" />
          </ItemGroup>
        </Project>
        """);

    private IReadOnlyList<string> Layers(string name, string framework) =>
        new LayoutReader(Path.Combine(Project.Folder, name, "bin", "Debug", framework, "linux-x64", "image")).Layers;
}
