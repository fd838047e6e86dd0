using System.Formats.Tar;
using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Publishing.Support;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Publishing;

/// <summary>Where an image goes is decided as the .NET SDK decides it: an archive, a registry, or the containers of this machine.</summary>
public sealed class DestinationTests(PublishedImages images)
{
    private ScratchProject Project => images.Project;

    private string PublishFolder => Path.Combine(Project.OutputFolder("base"), "publish");

    [Fact]
    public void PublishContainer_loads_the_image_into_the_local_store_and_writes_no_archive()
    {
        Clear();
        var podman = ToolStub.Make(Path.Combine(Project.Folder, "stub-container"), "podman");

        var output = images.Publish(["-t:PublishContainer", "-p:ContainerRepository=team/os", "-p:ContainerImageTags=\"9.6;stable\""], podman.Environment).Succeeded();

        Assert.Equal(["version", "load --input", "tag team/os:9.6 team/os:stable"], podman.Calls.Select(call => call.StartsWith("load", StringComparison.Ordinal) ? "load --input" : call));
        Assert.Equal("team/os:9.6", ReferenceName(podman.Archive));
        Assert.Contains($"base -> podman team/os:9.6, team/os:stable ({Project.Digest("base")})", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(PublishFolder));
    }

    [Fact]
    public void The_container_profile_does_so_too()
    {
        Clear();
        var podman = ToolStub.Make(Path.Combine(Project.Folder, "stub-profile"), "podman");

        images.Publish(["-p:PublishProfile=DefaultContainer"], podman.Environment).Succeeded();

        Assert.Equal("base:latest", ReferenceName(podman.Archive));
        Assert.Empty(Directory.GetFiles(PublishFolder));
    }

    [Fact]
    public void Docker_is_given_an_archive_of_its_own_kind()
    {
        var docker = ToolStub.Make(Path.Combine(Project.Folder, "stub-docker"), "docker");

        images.Publish(["-t:PublishContainer", "-p:LocalRegistry=docker", "-p:ContainerImageTags=\"1;2\""], docker.Environment).Succeeded();

        var manifest = JsonNode.Parse(Entry(docker.Archive, "manifest.json"))![0]!;
        Assert.Equal(["base:1", "base:2"], manifest["RepoTags"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(new LayoutReader(Project.Layout("base")).Layers.Count, manifest["Layers"]!.AsArray().Count);
    }

    [Fact]
    public void An_archive_comes_before_a_registry()
    {
        var archive = Path.Combine(Project.Folder, "both", "base.tar");

        // Nobody answers there.
        images.Publish(["-t:PublishContainer", $"-p:ContainerArchiveOutputPath={archive}", "-p:ContainerRegistry=127.0.0.1:1"]).Succeeded();

        Assert.Equal("base:latest", ReferenceName(archive));
    }

    [Fact]
    public void An_archive_in_Docker_s_format_is_one_that_Docker_loads()
    {
        var folder = Path.Combine(Project.Folder, "docker-archive");

        images.Publish([$"-p:ContainerArchiveOutputPath={folder}/", "-p:ContainerImageFormat=docker"]).Succeeded();

        Command.Require("skopeo");
        Assert.Contains("\"Architecture\": \"amd64\"", Command.Run("skopeo", "inspect", $"docker-archive:{folder}/base.tar").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_does_not_take_the_image_is_quoted()
    {
        var podman = ToolStub.Make(Path.Combine(Project.Folder, "stub-failing"), "podman", loadStatus: 125);

        var error = PublishedImages.Refused(images.Publish(["-t:PublishContainer"], podman.Environment));

        Assert.Equal("NI5202", error.Code);
        Assert.Contains("exit status 125", error.Message, StringComparison.Ordinal);
        Assert.Contains("the store is full", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_containers_is_told_what_to_do() =>
        Assert.Equal("NI5201", PublishedImages.Refused(images.Publish(["-t:PublishContainer"], ToolStub.None(Path.Combine(Project.Folder, "no-tools")))).Code);

    [Fact]
    public void Podman_itself_takes_the_image()
    {
        Command.RequireRoot();
        Command.Require("podman");

        // Podman takes no long path there.
        var storage = Directory.CreateTempSubdirectory("ni").FullName;
        var configuration = Project.Write("storage.conf", $"""
            [storage]
            driver = "overlay"
            graphroot = "{storage}/root"
            runroot = "{storage}/run"
            """);
        var environment = new Dictionary<string, string?> { ["CONTAINERS_STORAGE_CONF"] = configuration };

        Assert.SkipUnless(Command.Run("podman", ["info"], environment).Status == 0, "podman cannot keep images here");

        images.Publish(["-t:PublishContainer", "-p:LocalRegistry=Podman", "-p:ContainerImageTags=\"1;2\""], environment).Succeeded();

        var names = Command.Run("podman", ["images", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}"], environment).Lines();
        Assert.Equal([$"localhost/base:1 {Project.Digest("base")}", $"localhost/base:2 {Project.Digest("base")}"], names.Order(StringComparer.Ordinal));
        Command.Run("rm", "-rf", "--one-file-system", storage).Succeeded();
    }

    [Fact]
    public void What_is_not_one_image_is_not_published_as_one()
    {
        Project.WriteImage("library", "Overlay", "");
        Project.Write("several/Directory.Build.props", "<Project />");
        Project.Write("several/several.osproj", """
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Base</OSImageKind>
                <TargetFrameworks>rhel9.4;rhel9.6</TargetFrameworks>
              </PropertyGroup>
            </Project>
            """);

        Assert.All((string[])["library", "several"], name =>
            Assert.Equal("NI5204", PublishedImages.Refused(DotNet.Run(Project.Folder, ["msbuild", Project.ProjectFile(name), "-t:PublishContainer"])).Code));
    }

    private void Clear()
    {
        if (Directory.Exists(PublishFolder))
        {
            Directory.Delete(PublishFolder, recursive: true);
        }
    }

    private static string ReferenceName(string archive) =>
        (string)JsonNode.Parse(Entry(archive, "index.json"))!["manifests"]!.AsArray().Single()!["annotations"]!["org.opencontainers.image.ref.name"]!;

    private static string Entry(string archive, string name)
    {
        using var tar = new TarReader(File.OpenRead(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == name)
            {
                return new StreamReader(entry.DataStream!).ReadToEnd();
            }
        }

        throw new InvalidDataException($"{archive} has no {name}");
    }
}
