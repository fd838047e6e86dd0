using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Publishing.Support;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Publishing;

/// <summary>A project with two RuntimeIdentifiers is published as an index over two images.</summary>
public sealed class IndexTests(PublishedImages images)
{
    private const string Items = $"""
        <RpmRepository Include="fixture-base" BaseUrl="$(FixtureFolder)base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" Architectures="x86_64" />
            <RpmRepository Include="fixture-arm64" BaseUrl="$(FixtureFolder)arm64/base" GpgKey="$(FixtureFolder)arm64/RPM-GPG-KEY-fixture" Architectures="aarch64" />
        """;

    private ScratchProject Project => images.Project;

    private string Registry => images.Registry.Name;

    [Fact]
    public void The_tag_is_the_index_s_and_a_node_finds_the_base_for_its_architecture_in_it()
    {
        Checkout.RequireArm64Fixtures();
        Project.WriteImage("both", "Base", $"""
            {Items}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
            """, "<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>");

        var output = Project.Run("publish", "both", ["-c", "Debug", $"-p:ContainerRegistry={Registry}", "-p:ContainerRepository=team/both"]).Succeeded();

        var index = images.Inspect("team/both:latest", "--raw");
        Assert.Equal("application/vnd.oci.image.index.v1+json", (string)index["mediaType"]!);
        var listed = index["manifests"]!.AsArray().ToDictionary(entry => (string)entry!["platform"]!["architecture"]!, entry => (string)entry!["digest"]!);
        Assert.Equal(["amd64", "arm64"], listed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new LayoutReader(Project.Layout("both", "linux-arm64")).ManifestDigest, listed["arm64"]);
        Assert.Contains($"both -> {Registry}/team/both:latest (sha256:", output, StringComparison.Ordinal);
        Command.Run("skopeo", "copy", "--quiet", "--all", "--src-tls-verify=false", $"docker://{Registry}/team/both:latest", $"oci:{Path.Combine(Project.Folder, "both-copied")}").Succeeded();

        Project.WriteImage("on-both", "Layered", Items, $"<ContainerBaseImage>{Registry}/team/both:latest</ContainerBaseImage>");
        Project.Run("restore", "on-both", ["-r", "linux-arm64"]).Succeeded();
        Assert.Equal(listed["arm64"], (string)JsonNode.Parse(File.ReadAllText(Project.LockFile("on-both")))!["targets"]!["rhel9.6/aarch64"]!["base"]!["digest"]!);
    }
}
