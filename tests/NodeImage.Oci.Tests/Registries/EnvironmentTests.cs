using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>What a user's environment says about registries.</summary>
public sealed class EnvironmentTests
{
    private static readonly string Root = OperatingSystem.IsWindows() ? "C:\\" : "/";

    private static readonly string Home = Path.Combine(Root, "home", "user");

    [Fact]
    public void Files_are_looked_for_where_podman_and_docker_keep_them() =>
        Assert.Equal([Path.Combine(Home, ".config", "containers", "auth.json"), Path.Combine(Home, ".docker", "config.json")], Of([]).CredentialFiles);

    [Fact]
    public void Variables_say_where_they_are_instead() => Assert.Equal(
        [
            Path.Combine(Root, "auth.json"),
            Path.Combine(Root, "work", "docker", "config.json"),
            Path.Combine(Root, "run", "user", "containers", "auth.json"),
            Path.Combine(Root, "xdg", "containers", "auth.json"),
        ],
        Of([
            ("REGISTRY_AUTH_FILE", Path.Combine(Root, "auth.json")),
            ("DOCKER_CONFIG", "docker"),
            ("XDG_RUNTIME_DIR", Path.Combine(Root, "run", "user")),
            ("XDG_CONFIG_HOME", Path.Combine(Root, "xdg")),
        ]).CredentialFiles);

    [Fact]
    public void Empty_variables_say_nothing() => Assert.Equal(Of([]).CredentialFiles, Of([("REGISTRY_AUTH_FILE", ""), ("DOCKER_CONFIG", "")]).CredentialFiles);

    [Theory]
    [InlineData("DOTNET_CONTAINER_REGISTRY", true)]
    [InlineData("DOTNET_CONTAINER_REGISTRY", false)]
    [InlineData("SDK_CONTAINER_REGISTRY", true)]
    [InlineData("SDK_CONTAINER_REGISTRY", false)]
    [InlineData("DOTNET_CONTAINER_PUSH_REGISTRY", true)]
    [InlineData("DOTNET_CONTAINER_PULL_REGISTRY", false)]
    public async Task Credentials_come_from_the_sdks_variables(string stem, bool forPush)
    {
        var found = await FindAsync([($"{stem}_UNAME", "builder"), ($"{stem}_PWORD", "secret")], forPush, "registry.example/node");
        Assert.Equal(("builder", "secret"), (found?.UserName, found?.Password));
    }

    [Fact]
    public async Task Newer_and_more_exact_names_come_first()
    {
        (string, string)[] all =
        [
            ("SDK_CONTAINER_REGISTRY_UNAME", "c"), ("SDK_CONTAINER_REGISTRY_PWORD", "3"),
            ("DOTNET_CONTAINER_REGISTRY_UNAME", "b"), ("DOTNET_CONTAINER_REGISTRY_PWORD", "2"),
            ("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "a"), ("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", "1"),
        ];
        Assert.Equal("a", (await FindAsync(all, true, "registry.example/node"))?.UserName);
        Assert.Equal("b", (await FindAsync(all, false, "registry.example/node"))?.UserName);
    }

    [Fact]
    public async Task A_token_may_stand_in_the_place_of_a_password() =>
        Assert.Equal("refresh", (await FindAsync([("DOTNET_CONTAINER_REGISTRY_UNAME", "<token>"), ("DOTNET_CONTAINER_REGISTRY_PWORD", "refresh")], true, "registry.example/node"))?.IdentityToken);

    [Fact]
    public async Task Variables_are_for_one_registry_only()
    {
        (string, string)[] variables = [("DOTNET_CONTAINER_REGISTRY_UNAME", "builder"), ("DOTNET_CONTAINER_REGISTRY_PWORD", "secret")];
        Assert.Null(await FindAsync(variables, true, "other.example/node"));
        Assert.Null(await FindAsync([variables[0]], true, "registry.example/node"));
    }

    [Fact]
    public void Registries_without_tls_are_listed()
    {
        var options = Options(("DOTNET_CONTAINER_INSECURE_REGISTRIES", "lab.example:5000, other.example;third.example"));
        Assert.Equal(["lab.example:5000", "other.example", "third.example"], options.InsecureRegistries.Select(name => name.ToString()));
        Assert.Equal("NI5104", Assert.Throws<DiagnosticException>(() => Options(("DOTNET_CONTAINER_INSECURE_REGISTRIES", "http://lab.example"))).Diagnostic.Code);
    }

    [Theory]
    [InlineData("DOTNET_CONTAINER")]
    [InlineData("SDK_CONTAINER")]
    public void Chunks_and_parallel_uploads_are_set_as_in_the_sdk(string prefix)
    {
        var options = Options(($"{prefix}_REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES", "131072"), ($"{prefix}_REGISTRY_PARALLEL_UPLOAD", "false"));
        Assert.Equal((131072, 1), (options.ChunkSize, options.BlobsAtOnce));
        Assert.Equal((null, 4), (Options().ChunkSize, Options().BlobsAtOnce));
    }

    private static RegistryEnvironment Of((string Name, string Value)[] variables) => new()
    {
        Variable = name => variables.FirstOrDefault(variable => variable.Name == name).Value,
        HomeFolder = Home,
        WorkingFolder = Path.Combine(Root, "work"),
    };

    private static RegistryOptions Options(params (string, string)[] variables) => Of(variables).Options(RegistryName.Parse("registry.example"), true, TimeProvider.System, new Random(1));

    private static Task<RegistryCredential?> FindAsync((string, string)[] variables, bool forPush, string image) => Of(variables)
        .Options(RegistryName.Parse("registry.example"), forPush, TimeProvider.System, new Random(1))
        .Credentials.FindAsync(ImageReference.Parse(image).Repository, RegistryBench.Cancellation);
}
