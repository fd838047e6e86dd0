using NodeImage.EndToEnd.Tests.Publishing.Support;
using NodeImage.EndToEnd.Tests.Support;
using NodeImage.Tests.Shared.Registries;

namespace NodeImage.EndToEnd.Tests.Publishing;

/// <summary>A registry with a certificate of an authority of its own, which wants a password.</summary>
public sealed class SecuredRegistryTests(PublishedImages images)
{
    private ScratchProject Project => images.Project;

    private TestRegistry Registry => images.Secured;

    [Fact]
    public void The_login_of_Docker_s_configuration_is_used()
    {
        var output = Push("by-file", Configuration(Registry.Login)).Succeeded();

        Assert.Contains($"base -> {Registry.Name}/by-file:latest ({Project.Digest("base")})", output, StringComparison.Ordinal);
        Assert.Equal(Project.Digest("base"), Pulled("by-file"));
    }

    [Fact]
    public void The_login_of_the_environment_is_used()
    {
        Push("by-variables", new() { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = TestRegistry.User, ["DOTNET_CONTAINER_REGISTRY_PWORD"] = TestRegistry.Password }).Succeeded();

        Assert.Equal(Project.Digest("base"), Pulled("by-variables"));
    }

    [Fact]
    public void A_base_is_pulled_with_them()
    {
        Push("base", Configuration(Registry.Login)).Succeeded();
        Project.WriteImage("secured-node", "Layered", ScratchProject.BaseRepository, $"""
            <ContainerBaseImage>{Registry.Name}/base:latest</ContainerBaseImage>
                <ContainerRegistryCertificateAuthority>{Registry.Authority}</ContainerRegistryCertificateAuthority>
            """);

        Project.Run("restore", "secured-node", [], Configuration(Registry.Login)).Succeeded();

        Assert.Contains($"\"digest\": \"{Project.Digest("base")}\"", File.ReadAllText(Project.LockFile("secured-node")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_refused_with_a_code_and_is_not_shown()
    {
        var result = Push("wrong", new() { ["DOTNET_CONTAINER_REGISTRY_UNAME"] = TestRegistry.User, ["DOTNET_CONTAINER_REGISTRY_PWORD"] = "not-the-password" });

        Assert.Equal("NI5102", PublishedImages.Refused(result).Code);
        Assert.DoesNotContain("not-the-password", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_certificates_is_refused()
    {
        var file = Project.Write("no-authority.crt", "nothing\n");

        Assert.Equal("NI5113", PublishedImages.Refused(images.Publish([$"-p:ContainerRegistry={Registry.Name}", $"-p:ContainerRegistryCertificateAuthority={file}"])).Code);
    }

    private Dictionary<string, string?> Configuration(string content) => new() { ["DOCKER_CONFIG"] = Path.GetDirectoryName(Project.Write("docker/config.json", content)) };

    private CommandResult Push(string repository, Dictionary<string, string?> environment) =>
        images.Publish([$"-p:ContainerRegistry={Registry.Name}", $"-p:ContainerRepository={repository}", $"-p:ContainerRegistryCertificateAuthority={Registry.Authority}"], environment);

    private string Pulled(string repository)
    {
        Command.Require("skopeo");
        return Command.Run("skopeo", "inspect", "--cert-dir", Path.GetDirectoryName(Registry.Authority)!, "--creds", $"{TestRegistry.User}:{TestRegistry.Password}", "--format", "{{.Digest}}", $"docker://{Registry.Name}/{repository}:latest").Lines().Single();
    }
}
