using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>Publishing follows the properties and items that the .NET SDK has for containers; Skopeo reads what it gives.</summary>
public sealed class PublishTests(PublishTests.Image image) : IClassFixture<PublishTests.Image>
{
    private ScratchProject Project => image.Project;

    [Fact]
    public void By_default_the_archive_lies_in_the_publish_folder_and_is_tagged_latest()
    {
        var archive = Path.Combine(Project.Folder, "base", "bin", "Release", "rhel9.6", "linux-x64", "publish", "base.ociarchive");
        Publish();
        Assert.Equal(["base:latest"], Tags(archive));
        Assert.Equal(new LayoutReader(Project.Layout("base").Replace("/Debug/", "/Release/", StringComparison.Ordinal)).ManifestDigest, (string)Inspect(archive)["Digest"]!);
    }

    [Fact]
    public void The_archive_s_file_can_be_named()
    {
        var archive = Path.Combine(Project.Folder, "out", "named.tar");
        Publish($"-p:ContainerArchiveOutputPath={archive}");
        Assert.Equal("linux", (string)Inspect(archive)["Os"]!);
    }

    [Fact]
    public void In_a_folder_the_archive_has_the_image_s_name()
    {
        var folder = Path.Combine(Project.Folder, "out", "folder");
        Publish($"-p:ContainerArchiveOutputPath={folder}/");
        Assert.Equal(Path.Combine(folder, "base.ociarchive"), Assert.Single(Directory.GetFiles(folder)));
        Inspect(Path.Combine(folder, "base.ociarchive"));
    }

    [Fact]
    public void It_has_every_tag_and_the_repository_s_name()
    {
        var archive = Path.Combine(Project.Folder, "out", "tags.tar");
        Publish($"-p:ContainerArchiveOutputPath={archive}", "-p:ContainerRepository=team/os", "-p:ContainerImageTags=\"1.0;stable\"");
        Assert.Equal(["team/os:1.0", "team/os:stable"], Tags(archive));
        var digests = ((string[])["team/os:1.0", "team/os:stable"]).Select(name => (string)Inspect($"{archive}:{name}")["Digest"]!);
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void It_has_the_labels_and_variables_of_the_project()
    {
        var archive = Path.Combine(Project.Folder, "out", "labels.tar");
        Publish($"-p:ContainerArchiveOutputPath={archive}");
        var config = Inspect(archive);
        Assert.Equal("platform", (string)config["Labels"]!["com.example.team"]!);
        Assert.Equal("1", (string)config["Labels"]!["containers.bootc"]!);
        Assert.Contains("GREETING=hello world", config["Env"]!.AsArray().Select(value => (string)value!));
    }

    [Fact]
    public void A_tag_that_cannot_be_one_is_refused()
    {
        var archive = Path.Combine(Project.Folder, "out", "bad.tar");
        var result = Project.Run("publish", "base", [$"-p:ContainerArchiveOutputPath={archive}", "-p:ContainerImageTag=not/a/tag"]);
        Assert.NotEqual(0, result.Status);
        Assert.StartsWith("CONTAINER", Assert.Single(BuildError.Parse(result.Output)).Code, StringComparison.Ordinal);
        Assert.False(File.Exists(archive));
    }

    private static JsonNode Inspect(string archive)
    {
        Command.Require("skopeo");
        return JsonNode.Parse(Command.Run("skopeo", "inspect", $"oci-archive:{archive}").Succeeded())!;
    }

    /// <summary>The names in an archive's index, sorted.</summary>
    private static IEnumerable<string> Tags(string archive)
    {
        using var file = File.OpenRead(archive);
        using var tar = new System.Formats.Tar.TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name.TrimStart('.', '/') == "index.json")
            {
                return JsonNode.Parse(entry.DataStream!)!["manifests"]!.AsArray().Select(manifest => (string)manifest!["annotations"]!["org.opencontainers.image.ref.name"]!).Order(StringComparer.Ordinal);
            }
        }

        throw new InvalidDataException($"{archive} has no index.");
    }

    private void Publish(params string[] arguments) => Project.Run("publish", "base", arguments).Succeeded();

    /// <summary>An image with a label and a variable.</summary>
    public sealed class Image
    {
        private readonly Lazy<ScratchProject> _project = new(() =>
        {
            var project = ScratchProject.Make("publish");
            project.WriteBase("""
                <ContainerLabel Include="com.example.team" Value="platform" />
                    <ContainerEnvironmentVariable Include="GREETING" Value="hello world" />
                """);
            return project;
        });

        internal ScratchProject Project => _project.Value;
    }
}
