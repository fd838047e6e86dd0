using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Publishing.Support;
using NodeImage.EndToEnd.Tests.Support;
using NodeImage.Tests.Shared.Relays;

namespace NodeImage.EndToEnd.Tests.Publishing;

/// <summary>Images are pushed to the distribution project's registry; Skopeo and Podman read what has come.</summary>
public sealed class PushTests(PublishedImages images)
{
    private ScratchProject Project => images.Project;

    private string Registry => images.Registry.Name;

    [Fact]
    public void Every_tag_stands_for_the_image_that_was_built()
    {
        var output = Push("team/os", "-p:ContainerImageTags=\"9.6;stable\"").Succeeded();

        var digest = Project.Digest("base");
        Assert.Contains($"base -> {Registry}/team/os:9.6, {Registry}/team/os:stable ({digest})", output, StringComparison.Ordinal);
        Assert.All((string[])["9.6", "stable"], tag => Assert.Equal(digest, (string)images.Inspect($"team/os:{tag}")["Digest"]!));
        Assert.Equal(["9.6", "stable"], images.Inspect("team/os:9.6")["RepoTags"]!.AsArray().Select(tag => (string)tag!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_publish_profile_names_registry_and_tag_as_Visual_Studio_writes_them()
    {
        var profile = Project.Write("base/Properties/PublishProfiles/shop.pubxml", $"""
            <Project>
              <PropertyGroup>
                <WebPublishMethod>Container</WebPublishMethod>
                <RegistryUrl>{Registry}</RegistryUrl>
                <PublishImageTag>5</PublishImageTag>
                <ContainerRepository>team/profiled</ContainerRepository>
              </PropertyGroup>
            </Project>
            """);
        images.Publish(["-p:PublishProfile=shop"]).Succeeded();
        File.Delete(profile);
        Assert.Equal(Project.Digest("base"), (string)images.Inspect("team/profiled:5")["Digest"]!);
    }

    [Fact]
    public void It_can_be_copied_and_pulled_whole()
    {
        Push("team/whole").Succeeded();

        Command.Require("skopeo");
        var copy = Path.Combine(Project.Folder, "copied");
        Command.Run("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{Registry}/team/whole:latest", $"oci:{copy}:latest").Succeeded();
        Assert.Equal(new LayoutReader(Project.Layout("base")).Layers, new LayoutReader(copy).Layers);

        Command.RequireRoot();
        Command.Require("podman");

        // Podman takes no long path there.
        var storage = Directory.CreateTempSubdirectory("ni").FullName;
        string[] places = ["--root", Path.Combine(storage, "root"), "--runroot", Path.Combine(storage, "run"), "--storage-driver", "overlay"];
        Assert.SkipUnless(Command.Run("podman", [.. places, "info"]).Status == 0, "podman cannot keep images here");
        Command.Run("podman", [.. places, "pull", "--quiet", "--tls-verify=false", $"{Registry}/team/whole:latest"]).Succeeded();
        Assert.Equal(Project.Digest("base"), Command.Run("podman", [.. places, "images", "--format", "{{.Digest}}"]).Lines().Single());
        Command.Run("rm", "-rf", "--one-file-system", storage).Succeeded();
    }

    [Fact]
    public void What_is_sent_and_what_is_left_is_told_and_nothing_is_sent_twice()
    {
        var first = Push("team/twice", "-v:normal").Succeeded();
        var second = Push("team/twice", "-v:normal").Succeeded();

        Assert.Matches(@"base: \d+ blobs, \d+ MiB, for ", first);
        Assert.Matches(@"base: \d+ MiB of \d+ MiB there, \d+ MiB left", first);
        Assert.Matches(@"base: 0 blobs sent, 0 taken from another repository, \d+ there before", second);
    }

    [Fact]
    public void In_Docker_s_format_the_manifest_is_another_and_the_rest_is_the_same()
    {
        var told = JsonNode.Parse(Push("team/docker", "-p:ContainerImageFormat=Docker", "-getProperty:GeneratedContainerDigest", "-getProperty:GeneratedContainerMediaType", "-getItem:GeneratedContainerName").Succeeded())!;

        var manifest = images.Inspect("team/docker:latest", "--raw");
        var built = new LayoutReader(Project.Layout("base"));
        const string MediaType = "application/vnd.docker.distribution.manifest.v2+json";
        Assert.Equal(MediaType, (string)manifest["mediaType"]!);
        Assert.Equal(("application/vnd.docker.container.image.v1+json", (string)built.Manifest["config"]!["digest"]!), ((string)manifest["config"]!["mediaType"]!, (string)manifest["config"]!["digest"]!));
        Assert.Equal(built.Layers, manifest["layers"]!.AsArray().Select(layer => (string)layer!["digest"]!));
        Assert.All(manifest["layers"]!.AsArray(), layer => Assert.Equal("application/vnd.docker.image.rootfs.diff.tar.gzip", (string)layer!["mediaType"]!));
        Assert.Equal((MediaType, (string)images.Inspect("team/docker:latest")["Digest"]!), ((string)told["Properties"]!["GeneratedContainerMediaType"]!, (string)told["Properties"]!["GeneratedContainerDigest"]!));
        Assert.Equal($"{Registry}/team/docker:latest", (string)told["Items"]!["GeneratedContainerName"]!.AsArray().Single()!["Identity"]!);
    }

    [Fact]
    public void Docker_s_format_is_refused_for_zstd_layers()
    {
        Project.WriteImage("zstd", "Base", $"""
            {ScratchProject.BaseRepository}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
            """, "<ContainerLayerCompression>zstd</ContainerLayerCompression>");

        var error = PublishedImages.Refused(Project.Run("publish", "zstd", [$"-p:ContainerRegistry={Registry}", "-p:ContainerImageFormat=Docker"]));

        Assert.Equal(("NI5203", 5), (error.Code, error.Line));
        Assert.Empty(Directory.Exists(Path.Combine(Project.Folder, "registry", "data", "docker", "registry", "v2", "repositories", "zstd")) ? ["zstd"] : (string[])[]);
    }

    [Fact]
    public void Layers_of_a_base_in_the_same_registry_are_not_sent()
    {
        Push("base").Succeeded();
        Project.WriteLayered("mounting", """<RpmPackage Include="hostname" />""");

        var output = Project.Run("publish", "mounting", ["-c", "Debug", $"-p:ContainerRegistry={Registry}", "-v:normal"]).Succeeded();

        var taken = new LayoutReader(Project.Layout("base")).Layers.Count;
        Assert.Matches($@"mounting: \d blobs sent, {taken} taken from another repository, 0 there before", output);
        Assert.Equal(Project.Digest("mounting"), (string)images.Inspect("mounting:latest")["Digest"]!);
    }

    [Fact]
    public async Task A_push_that_was_killed_is_completed_by_the_next()
    {
        using var relay = new SlowRelay(Registry, 32 << 20);
        string[] arguments = ["publish", "base", "-c", "Debug", "--no-build", "-p:Initramfs=None", $"-p:ContainerRegistry={relay.Name}", "-p:ContainerRepository=killed"];
        using (var process = DotNet.Start(Project.Folder, arguments, new Dictionary<string, string?> { ["NODEIMAGE_CACHE"] = Project.CacheFolder }))
        {
            await relay.Full.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Command.Require("skopeo");
        Assert.NotEqual(0, Command.Run("skopeo", "inspect", "--tls-verify=false", $"docker://{Registry}/killed:latest").Status);
        relay.Open();

        var output = Project.Run("publish", "base", [.. arguments.Skip(2), "-v:normal"]).Succeeded();

        Assert.Matches(@"base: \d+ blobs sent, 0 taken from another repository, [1-9]\d* there before", output);
        Assert.Equal(Project.Digest("base"), (string)images.Inspect("killed:latest")["Digest"]!);
    }

    private CommandResult Push(string repository, params IEnumerable<string> arguments) =>
        images.Publish([$"-p:ContainerRegistry={Registry}", $"-p:ContainerRepository={repository}", .. arguments]);
}
