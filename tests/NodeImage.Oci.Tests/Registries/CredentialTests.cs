using System.Text;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Tests.Registries.Support;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Credentials in the files of Docker and Podman, and in the programs that they name.</summary>
public sealed class CredentialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("registry.example", "registry.example/team/node")]
    [InlineData("https://registry.example", "registry.example/team/node")]
    [InlineData("https://registry.example/v2/", "registry.example/team/node")]
    [InlineData("registry.example:5000", "registry.example:5000/team/node")]
    [InlineData("registry.example/team", "registry.example/team/node")]
    [InlineData("registry.example/team/node", "registry.example/team/node")]
    [InlineData("https://index.docker.io/v1/", "team/node")]
    [InlineData("docker.io", "node")]
    public async Task A_login_is_found_under_each_of_its_keys(string key, string image)
    {
        Write("config.json", $$$$"""{"auths":{"{{{{key}}}}":{"auth":"{{{{Base64("builder:se:cret")}}}}"}}}""");
        var found = await FindAsync(image);
        Assert.Equal(("builder", "se:cret"), (found?.UserName, found?.Password));
    }

    [Theory]
    [InlineData("registry.example", "other.example/team/node")]
    [InlineData("registry.example", "registry.example:5000/team/node")]
    [InlineData("registry.example/team", "registry.example/teams/node")]
    [InlineData("registry.example/team/node", "registry.example/team")]
    [InlineData("example", "registry.example/team")]
    public async Task A_login_is_not_used_for_anything_else(string key, string image)
    {
        Write("config.json", $$$$"""{"auths":{"{{{{key}}}}":{"auth":"{{{{Base64("builder:secret")}}}}"}}}""");
        Assert.Null(await FindAsync(image));
    }

    [Fact]
    public async Task The_most_exact_key_wins()
    {
        Write("config.json", $$$$"""{"auths":{"registry.example":{"auth":"{{{{Base64("a:1")}}}}"},"registry.example/team":{"auth":"{{{{Base64("b:2")}}}}"}}}""");
        Assert.Equal("b", (await FindAsync("registry.example/team/node"))?.UserName);
        Assert.Equal("a", (await FindAsync("registry.example/node"))?.UserName);
    }

    [Fact]
    public async Task Tokens_and_separate_fields_are_read()
    {
        Write("config.json", $$$$"""{"auths":{"a.example":{"identitytoken":"i","auth":"{{{{Base64("x:")}}}}"},"b.example":{"registrytoken":"r"},"c.example":{"username":"u","password":"p"},"d.example":{"auth":"{{{{Base64("<token>:t")}}}}"},"e.example":{}}}""");
        Assert.Equal("i", (await FindAsync("a.example/x"))?.IdentityToken);
        Assert.Equal("r", (await FindAsync("b.example/x"))?.RegistryToken);
        Assert.Equal("p", (await FindAsync("c.example/x"))?.Password);
        Assert.Equal("t", (await FindAsync("d.example/x"))?.IdentityToken);
        Assert.Null(await FindAsync("e.example/x"));
    }

    [Fact]
    public async Task The_first_file_that_knows_something_wins_and_missing_ones_do_not_matter()
    {
        Write("first.json", $$$$"""{"auths":{"a.example":{"auth":"{{{{Base64("a:1")}}}}"}}}""");
        Write("second.json", $$$$"""{"auths":{"a.example":{"auth":"{{{{Base64("x:1")}}}}"},"b.example":{"auth":"{{{{Base64("b:2")}}}}"}}}""");
        Write("empty.json", "");
        var source = new DockerConfigCredentials([_folder["none.json"], _folder["empty.json"], _folder["first.json"], _folder["second.json"]], [], TimeProvider.System);
        Assert.Equal("a", (await FindAsync(source, "a.example/x"))?.UserName);
        Assert.Equal("b", (await FindAsync(source, "b.example/x"))?.UserName);
    }

    [Theory]
    [InlineData("no json: secret")]
    [InlineData("[]")]
    [InlineData("""{"auths":{"registry.example":{"auth":"not base 64 secret"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":"c2VjcmV0"}}}""")]
    [InlineData("""{"auths":{},"auths":{}}""")]
    public async Task A_file_that_makes_no_sense_is_one_error_that_tells_no_secret(string text)
    {
        Write("config.json", text);
        Assert.Equal("NI5111", (await RegistryBench.FailureAsync(() => FindAsync("registry.example/node"))).Code);
    }

    [Theory]
    [InlineData("""{"auths":[],"credHelpers":5,"credsStore":{}}""")]
    [InlineData("""{"auths":{"registry.example":5},"credHelpers":{"registry.example":5}}""")]
    [InlineData("""{"HttpHeaders":{"X":"y"},"psFormat":"table"}""")]
    public async Task What_is_not_about_credentials_does_not_matter(string text)
    {
        Write("config.json", text);
        Assert.Null(await FindAsync("registry.example/node"));
    }

    [Fact]
    public async Task A_file_of_any_size_is_one_error()
    {
        File.WriteAllBytes(_folder["config.json"], new byte[2 << 20]);
        Assert.Equal("NI5111", (await RegistryBench.FailureAsync(() => FindAsync("registry.example/node"))).Code);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_one_error()
    {
        Directory.CreateDirectory(_folder["config.json"]);
        Assert.Equal("NI5111", (await RegistryBench.FailureAsync(() => FindAsync("registry.example/node"))).Code);
    }

    [Fact]
    public async Task The_helper_of_a_registry_is_asked_and_then_the_store()
    {
        WriteHelper("lab", """read server; echo "{\"ServerURL\":\"$server\",\"Username\":\"$server\",\"Secret\":\"$1\"}" """);
        WriteHelper("store", """cat >/dev/null; echo '{"Username":"<token>","Secret":"refresh"}'""");
        Write("config.json", $$$$"""{"credHelpers":{"registry.example":"lab"},"credsStore":"store","auths":{"c.example":{"auth":"{{{{Base64("c:3")}}}}"},"b.example":{}}}""");
        var named = await FindAsync("registry.example/node");
        Assert.Equal(("registry.example", "get"), (named?.UserName, named?.Password));
        Assert.Equal("refresh", (await FindAsync("b.example/node"))?.IdentityToken);
        Assert.Equal("c", (await FindAsync("c.example/node"))?.UserName);
    }

    [Fact]
    public async Task Docker_hub_has_a_name_of_its_own_with_helpers()
    {
        WriteHelper("store", """read server; echo "{\"Username\":\"$server\",\"Secret\":\"x\"}" """);
        Write("config.json", """{"credsStore":"store"}""");
        Assert.Equal("https://index.docker.io/v1/", (await FindAsync("fedora"))?.UserName);
    }

    [Fact]
    public async Task A_helper_that_knows_nothing_is_no_failure()
    {
        WriteHelper("store", "echo 'credentials not found in native keychain'; exit 1");
        Write("config.json", """{"credsStore":"store"}""");
        Assert.Null(await FindAsync("registry.example/node"));
    }

    [Theory]
    [InlineData("echo secret; exit 3")]
    [InlineData("echo secret")]
    [InlineData("echo '{\"Username\":\"x\"}'")]
    [InlineData("yes")]
    [InlineData("exec 0<&-; exit 2")]
    public async Task A_helper_that_fails_is_one_error_that_tells_no_secret(string script)
    {
        WriteHelper("store", script);
        Write("config.json", """{"credsStore":"store"}""");
        Assert.Equal("NI5112", (await RegistryBench.FailureAsync(() => FindAsync("registry.example/node"))).Code);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("../evil")]
    [InlineData("a b")]
    public async Task A_helper_that_is_not_there_is_one_error(string name)
    {
        WriteHelper("store", "exit 0");
        Write("config.json", $$"""{"credsStore":"{{name}}"}""");
        Assert.Equal("NI5112", (await RegistryBench.FailureAsync(() => FindAsync("registry.example/node"))).Code);
    }

    [Fact]
    public async Task A_helper_is_asked_once_for_all_requests()
    {
        WriteHelper("store", $$$$"""cat >/dev/null; echo called >>'{{{{_folder["calls"]}}}}'; echo '{"Username":"builder","Secret":"secret"}'""");
        Write("config.json", """{"credsStore":"store"}""");
        using var bench = new RegistryBench();
        bench.Registry.Intercept = request => request.Headers.Authorization?.ToString() == RegistryBench.Basic("builder", "secret") ? null : FakeRegistry.Answer(System.Net.HttpStatusCode.Unauthorized, ("WWW-Authenticate", "Basic realm=\"x\""));
        var client = bench.Client(options => options with { Credentials = Source() });
        for (var i = 0; i < 3; i++)
        {
            await client.ResolveAsync(bench.Reference("9.6"), RegistryBench.Cancellation);
        }

        Assert.Equal(["called"], File.ReadAllLines(_folder["calls"]));
    }

    private DockerConfigCredentials Source() => new([_folder["config.json"]], [_folder["bin"]], TimeProvider.System);

    private Task<RegistryCredential?> FindAsync(string image) => FindAsync(Source(), image);

    private static Task<RegistryCredential?> FindAsync(ICredentialSource source, string image) => source.FindAsync(ImageReference.Parse(image).Repository, RegistryBench.Cancellation);

    private void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    private void WriteHelper(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the helpers of these tests are shell scripts");
        Directory.CreateDirectory(_folder["bin"]);
        var path = _folder[$"bin/docker-credential-{name}"];
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
