using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Publishing.Support;
using NodeImage.EndToEnd.Tests.Support;
using NodeImage.Tests.Shared.Registries;

namespace NodeImage.EndToEnd.Tests.Publishing;

/// <summary>A base that is no project: in a registry, in an archive, in a folder.</summary>
public sealed class BaseImageTests(PublishedImages images)
{
    private ScratchProject Project => images.Project;

    private string Registry => images.Registry.Name;

    [Fact]
    public void Wherever_the_base_lies_the_node_is_the_same()
    {
        var archive = Path.Combine(Project.Folder, "wherever", "base.ociarchive");
        images.Publish([$"-p:ContainerRegistry={Registry}", "-p:ContainerRepository=wherever/base"]).Succeeded();
        images.Publish([$"-p:ContainerArchiveOutputPath={archive}"]).Succeeded();
        Project.WriteLayered("wherever", """<RpmPackage Include="hostname" />""");
        Project.Build("wherever").Succeeded();
        var expected = Project.Digest("wherever");

        Assert.All((string[])[$"{Registry}/wherever/base:latest", archive, "../wherever/base.ociarchive", Project.Layout("base")], place =>
        {
            Directory.Delete(Path.Combine(Project.Folder, "wherever", "bin"), recursive: true);
            WriteNode("wherever", place);
            Project.Build("wherever").Succeeded();
            Assert.Equal(expected, Project.Digest("wherever"));
        });
    }

    [Fact]
    public void A_tag_that_moves_is_followed_only_when_that_is_asked_for()
    {
        using var registry = TestRegistry.Start(Path.Combine(Project.Folder, "moving-registry"));
        Publish("base", registry);
        WriteNode("moved", $"{registry.Name}/base:latest");
        Project.Build("moved").Succeeded();
        var (before, locked) = (Project.Digest("moved"), File.ReadAllText(Project.LockFile("moved")));
        Assert.Equal(($"{registry.Name}/base:latest", Project.Digest("base")), LockedBase("moved"));

        Project.WriteImage("other-base", "Base", $"""
            {ScratchProject.BaseRepository}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
                <ContainerLabel Include="com.example.other" Value="yes" />
            """);
        Project.Build("other-base").Succeeded();
        Publish("other-base", registry);
        Project.Build("moved").Succeeded();
        Assert.Equal((before, locked), (Project.Digest("moved"), File.ReadAllText(Project.LockFile("moved"))));

        Project.Build("moved", "-p:RestoreForceEvaluate=true").Succeeded();
        Assert.NotEqual(before, Project.Digest("moved"));
        Assert.Equal(Project.Digest("other-base"), LockedBase("moved").Digest);
        Assert.Equal("yes", (string)new LayoutReader(Project.Layout("moved")).Config["config"]!["Labels"]!["com.example.other"]!);

        // A colleague's lock of before, and no registry any more: the cache has both.
        File.WriteAllText(Project.LockFile("moved"), locked);
        Directory.Delete(Path.Combine(Project.Folder, "moved", "obj"), recursive: true);
        registry.Dispose();
        Project.Build("moved", "-p:RestoreLockedMode=true").Succeeded();
        Assert.Equal(before, Project.Digest("moved"));

        WriteNode("moved", $"{registry.Name}/base:other");
        var error = PublishedImages.Refused(Project.Build("moved", "-p:RestoreLockedMode=true"));
        Assert.Equal(("NI2011", 5), (error.Code, error.Line));
        Assert.Contains("base:other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_was_changed_in_the_registry_is_refused()
    {
        using var registry = TestRegistry.Start(Path.Combine(Project.Folder, "damaged-registry"));
        Publish("base", registry);
        registry.Damage(new LayoutReader(Project.Layout("base")).Layers[3]);

        // A cache of its own: in the other one the base may be already.
        WriteNode("damaged", $"{registry.Name}/base:latest");
        var error = PublishedImages.Refused(Project.Run("restore", "damaged", [], new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = Path.Combine(Project.Folder, "damaged-cache") }));

        Assert.Equal(("NI5106", 5), (error.Code, error.Line));
        Assert.False(File.Exists(Project.LockFile("damaged")));
    }

    [Fact]
    public void An_archive_that_was_changed_is_refused()
    {
        var archive = Path.Combine(Project.Folder, "changed", "base.tar");
        images.Publish([$"-p:ContainerArchiveOutputPath={archive}"]).Succeeded();
        MadeRepository.Flip(archive, new FileInfo(archive).Length / 2);
        WriteNode("changed", archive);

        var error = PublishedImages.Refused(Project.Run("restore", "changed", []));

        Assert.Equal(("NI3105", 5), (error.Code, error.Line));
        Assert.False(File.Exists(Project.LockFile("changed")));
    }

    [Fact]
    public void A_restore_brings_back_what_the_cache_has_lost()
    {
        images.Publish([$"-p:ContainerRegistry={Registry}", "-p:ContainerRepository=lost/base"]).Succeeded();
        WriteNode("lost", $"{Registry}/lost/base:latest");
        var environment = new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = Path.Combine(Project.Folder, "lost-cache") };
        Project.Run("restore", "lost", [], environment).Succeeded();
        var layer = new LayoutReader(Project.Layout("base")).Layers[1]["sha256:".Length..];
        var file = Directory.GetFiles(environment["NODEIMAGE_CACHE"]!, layer, SearchOption.AllDirectories).Single(path => path.Contains("base-image", StringComparison.Ordinal));
        File.Delete(file);

        Project.Run("restore", "lost", [], environment).Succeeded();

        Assert.True(File.Exists(file));
    }

    [Theory]
    [InlineData("no-such-folder/base")]
    [InlineData("no-such.ociarchive")]
    [InlineData("base")]
    public void A_name_without_a_registry_is_not_looked_for_on_Docker_Hub(string name)
    {
        WriteNode("nameless", name);

        var error = PublishedImages.Refused(Project.Run("restore", "nameless", []));

        Assert.Equal(("NI1015", 5), (error.Code, error.Line));
    }

    private void WriteNode(string name, string place) => Project.WriteImage(name, "Layered", $"""
        {ScratchProject.BaseRepository}
            <RpmPackage Include="hostname" />
        """, $"<ContainerBaseImage>{place}</ContainerBaseImage>");

    private void Publish(string name, TestRegistry registry) =>
        Project.Run("publish", name, ["-c", "Debug", "--no-build", $"-p:ContainerRegistry={registry.Name}", "-p:ContainerRepository=base"]).Succeeded();

    private (string Image, string Digest) LockedBase(string name)
    {
        var locked = JsonNode.Parse(File.ReadAllText(Project.LockFile(name)))!["targets"]!["rhel9.6/x86_64"]!["base"]!;
        return ((string)locked["image"]!, (string)locked["digest"]!);
    }
}
