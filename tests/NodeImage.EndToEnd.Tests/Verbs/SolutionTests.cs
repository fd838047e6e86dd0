using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Images in solutions of both forms, beside programs.</summary>
public sealed class SolutionTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Theory]
    [InlineData("sln")]
    [InlineData("slnx")]
    public void Images_are_added_built_published_cleaned_and_tested_as_part_of_it(string format)
    {
        var solution = $"all.{format}";
        var digest = Project.Digest("node");
        newcomer.Run("new", "sln", "--name", "all", "--format", format, "--force").Succeeded();
        newcomer.Run("sln", solution, "add", "node/node.osproj", "base/base.osproj").Succeeded();
        Assert.Contains("node", newcomer.Run("sln", solution, "list").Succeeded(), StringComparison.Ordinal);

        newcomer.Run("clean", solution).Succeeded();
        Assert.DoesNotContain(Project.Snapshot("node/bin", "base/bin").Keys, file => !file.Contains("/publish/", StringComparison.Ordinal));
        newcomer.Run("build", solution, "-m").Succeeded();
        Assert.Equal(digest, Project.Digest("node"));
        Assert.Contains("Passed!", newcomer.Run("test", solution, "--no-build").Succeeded(), StringComparison.Ordinal);
        newcomer.Run("publish", solution, "-c", "Debug").Succeeded();
        Assert.True(File.Exists(Path.Combine(Project.OutputFolder("node"), "publish", "node.ociarchive")));
        Assert.True(File.Exists(Path.Combine(Project.OutputFolder("base"), "publish", "base.ociarchive")));
    }
}
