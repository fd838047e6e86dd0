using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NodeImage.Core.Files;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Credentials;
using NodeImage.Oci.Registries.Naming;
using NodeImage.Oci.Registries.Transfers;
using NodeImage.Oci.Tests.Registries.Support;
using NodeImage.Oci.Tests.Support;
using NodeImage.Tests.Shared.Registries;
using NodeImage.Tests.Shared.Relays;

namespace NodeImage.Oci.Tests.Registries;

/// <summary>Against the distribution project's own registry, with skopeo's word on what arrived.</summary>
public sealed class DockerRegistryTests : IDisposable
{
    private const string ChildVariable = "NODEIMAGE_TEST_PUSH";

    private readonly TemporaryFolder _folder = new();
    private readonly TestImage _images = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _images.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, 1L << 20)]
    [InlineData(1_000_000L, 1L << 20)]
    [InlineData(null, 1L << 30)]
    public async Task What_is_pushed_over_plain_http_is_what_skopeo_pulls(long? chunkSize, long singleRequestLimit)
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        using var client = new RegistryClient(Options() with { ChunkSize = chunkSize, SingleRequestLimit = singleRequestLimit });
        var image = _images.Write("image", [Tree(1), Tree(2)]);
        var repository = Repository(registry, "team/node");
        var pushed = await new ImagePusher(client).PushAsync(image, new PushRequest(repository, ["9.6", "latest"]), null, Cancellation);
        Assert.Equal(image.Manifest.Layers.Length + 1, pushed.Sent);
        foreach (var tag in (string[])["9.6", "latest"])
        {
            Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", $"docker://{repository}:{tag}", $"oci:{_folder[tag]}:x");
            Assert.Equal(image.Digest, OciLayout.Open(_folder[tag]).ReadImage().Digest);
        }

        Assert.Equal(new PushedImage(image.Digest, 0, 0, pushed.Sent), await new ImagePusher(client).PushAsync(image, new PushRequest(repository, ["again"]), null, Cancellation));
    }

    [Fact]
    public async Task What_skopeo_pushed_is_pulled_whole()
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        using var client = new RegistryClient(Options());
        var image = _images.Write("image", [Tree(1), Tree(2)]);
        var repository = Repository(registry, "team/node");
        Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false", $"oci:{image.Layout.Folder}:latest", $"docker://{repository}:oci");
        Peer.Run("skopeo", "--insecure-policy", "copy", "--format", "v2s2", "--dest-tls-verify=false", $"oci:{image.Layout.Folder}:latest", $"docker://{repository}:docker");
        foreach (var tag in (string[])["oci", "docker"])
        {
            var pulled = await new ImagePuller(client).PullAsync(ImageReference.OfTag(repository, tag), new Platform("amd64"), new OciLayoutWriter(_folder[tag]), null, Cancellation);
            Assert.Equal(image.Manifest.Layers.Select(layer => layer.Digest), pulled.Image.Manifest.Layers.Select(layer => layer.Digest));
            Assert.Equal((string?)JsonNode.Parse(Peer.Run("skopeo", "inspect", "--tls-verify=false", $"docker://{repository}:{tag}"))!["Digest"], pulled.RegistryDigest.ToString());
            foreach (var layer in pulled.Image.Manifest.Layers)
            {
                pulled.Image.Layout.ReadBlob(layer, content => content.CopyTo(Stream.Null));
            }
        }
    }

    [Fact]
    public async Task Images_of_several_platforms_are_one_index_to_skopeo()
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        using var client = new RegistryClient(Options());
        OciImage[] images = [Rewrite(_images.Write("x64", [Tree(1)]), "amd64"), Rewrite(_images.Write("arm64", [Tree(2)]), "arm64")];
        var repository = Repository(registry, "team/node");
        var pushed = await new ImagePusher(client).PushIndexAsync(images, new PushRequest(repository, ["9.6"]), null, Cancellation);
        Peer.Run("skopeo", "--insecure-policy", "copy", "--all", "--preserve-digests", "--src-tls-verify=false", $"docker://{repository}:9.6", $"oci:{_folder["all"]}:x");
        var seen = OciLayout.Open(_folder["all"]);
        Assert.Equal(pushed.Digest, seen.Index.Manifests[0].Digest);
        Assert.Equal(images[1].Digest, seen.ReadImage(new Platform("arm64")).Digest);
    }

    [Fact]
    public async Task Blobs_of_the_base_are_mounted_by_the_registry()
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        using var client = new RegistryClient(Options());
        var pusher = new ImagePusher(client);
        var below = _images.Write("base", [Tree(1)]);
        var above = _images.Write("node", [Tree(1), Tree(2)]);
        await pusher.PushAsync(below, new PushRequest(Repository(registry, "team/base"), ["9.6"]), null, Cancellation);
        var pushed = await pusher.PushAsync(above, new PushRequest(Repository(registry, "team/node"), ["9.6"]) { MountFrom = [Repository(registry, "team/base")] }, null, Cancellation);
        Assert.Equal(below.Manifest.Layers.Length, pushed.Mounted);
        Peer.Run("skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", $"docker://{registry.Name}/team/node:9.6", $"oci:{_folder["copy"]}:x");
    }

    [Fact]
    public async Task With_tls_and_a_password_it_wants_both()
    {
        using var registry = TestRegistry.Start(_folder["registry"], secured: true);
        var image = _images.Write("image", [Tree(1)]);
        var repository = Repository(registry, "team/node");
        async Task PushAsync(RegistryOptions options, string? host = null)
        {
            using var client = new RegistryClient(options);
            var target = host is null ? repository : ImageReference.Parse(repository.ToString().Replace("127.0.0.1", host, StringComparison.Ordinal)).Repository;
            await new ImagePusher(client).PushAsync(image, new PushRequest(target, ["9.6"]), null, Cancellation);
        }

        var authorities = CertificateAuthorityFile.Read(registry.Authority);
        var trusting = Options() with { CertificateAuthorities = authorities };
        var knowing = new FixedCredentials(repository.Registry, RegistryCredential.OfPassword(TestRegistry.User, TestRegistry.Password));
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => PushAsync(Options() with { Credentials = knowing, Attempts = 1 }))).Code);
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => PushAsync(trusting with { CertificateAuthorities = CertificateAuthorityFile.Read(registry.OtherAuthority) }))).Code);
        Assert.Equal("NI5101", (await RegistryBench.FailureAsync(() => PushAsync(trusting, "localhost"))).Code);
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => PushAsync(trusting))).Code);
        Assert.Equal("NI5102", (await RegistryBench.FailureAsync(() => PushAsync(trusting with { Credentials = new FixedCredentials(repository.Registry, RegistryCredential.OfPassword(TestRegistry.User, "wrong")) }))).Code);
        await PushAsync(trusting with { Credentials = knowing });
        Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--src-cert-dir", Path.GetDirectoryName(registry.Authority)!, "--src-creds", $"{TestRegistry.User}:{TestRegistry.Password}", $"docker://{repository}:9.6", $"oci:{_folder["copy"]}:x");
        Assert.Equal(image.Digest, OciLayout.Open(_folder["copy"]).ReadImage().Digest);

        // Who is listed as insecure is believed without an authority.
        await PushAsync(Options() with { Credentials = knowing, InsecureRegistries = [repository.Registry] });

        // A login of podman does as well as a password at hand.
        Peer.Run("skopeo", "login", "--authfile", _folder["auth.json"], "--cert-dir", Path.GetDirectoryName(registry.Authority)!, "-u", TestRegistry.User, "-p", TestRegistry.Password, registry.Name);
        await PushAsync(trusting with { Credentials = new DockerConfigCredentials([_folder["auth.json"]], [], TimeProvider.System) });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2_000_000L)]
    public async Task Cut_connections_do_not_matter(long? chunkSize)
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        var image = _images.Write("image", [Tree(1), Tree(2)]);
        using (var relay = new CuttingRelay(registry.Name, 3_000_000, countsAnswers: false, cuts: 3))
        {
            using var client = new RegistryClient(Options() with { ChunkSize = chunkSize });
            await new ImagePusher(client).PushAsync(image, new PushRequest(ImageReference.Parse($"{relay.Name}/team/node").Repository, ["9.6"]), null, Cancellation);
            Assert.Equal(0, relay.CutsLeft);
        }

        using (var relay = new CuttingRelay(registry.Name, 3_000_000, countsAnswers: true, cuts: 3))
        {
            using var client = new RegistryClient(Options());
            var pulled = await new ImagePuller(client).PullAsync(ImageReference.Parse($"{relay.Name}/team/node:9.6"), new Platform("amd64"), new OciLayoutWriter(_folder["pulled"]), null, Cancellation);
            Assert.Equal(image.Digest, pulled.Image.Digest);
            Assert.Equal(0, relay.CutsLeft);
        }

        Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", $"docker://{registry.Name}/team/node:9.6", $"oci:{_folder["copy"]}:x");
    }

    [Fact]
    public async Task Killed_half_way_and_run_again_it_completes()
    {
        using var registry = TestRegistry.Start(_folder["registry"]);
        var image = _images.Write("image", [Tree(1), Tree(2)]);
        var repository = Repository(registry, "team/node");
        await KillHalfWayAsync(image.Layout.Folder, repository);
        using var client = new RegistryClient(Options());
        Assert.Null(await client.ResolveAsync(ImageReference.OfTag(repository, "9.6"), Cancellation));

        var pushed = await new ImagePusher(client).PushAsync(image, new PushRequest(repository, ["9.6"]), null, Cancellation);
        Assert.InRange(pushed.AlreadyThere, 1, image.Manifest.Layers.Length);
        Assert.Equal(image.Manifest.Layers.Length + 1, pushed.Sent + pushed.AlreadyThere);
        Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", $"docker://{repository}:9.6", $"oci:{_folder["copy"]}:x");
        Assert.Equal(image.Digest, OciLayout.Open(_folder["copy"]).ReadImage().Digest);
    }

    /// <summary>No test of its own: the process that the test above kills. It holds still half way through the second blob.</summary>
    [Fact(Explicit = true)]
    public async Task Pushes_half_of_an_image()
    {
        var words = (Environment.GetEnvironmentVariable(ChildVariable) ?? "").Split('\n');
        Assert.SkipUnless(words.Length == 3, "this is the other half of a test");
        using var client = new RegistryClient(Options() with { BlobsAtOnce = 1, SingleRequestLimit = 1000 });
        var image = OciLayout.Open(words[0]).ReadImage();
        var largest = image.Manifest.Layers.Max(layer => layer.Size);
        var hold = new Hold(largest + (1 << 20), words[2]);
        await new ImagePusher(client).PushAsync(image, new PushRequest(ImageReference.Parse(words[1]).Repository, ["9.6"]), hold, Cancellation);
    }

    private static async Task KillHalfWayAsync(string layout, RegistryRepository repository)
    {
        var marker = Path.Combine(layout, "half-way");
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ChildVariable] = $"{layout}\n{repository}\n{marker}" },
        };
        foreach (var argument in ChildArguments())
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = child.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            for (var patience = Stopwatch.StartNew(); !File.Exists(marker);)
            {
                Assert.False(child.HasExited, child.HasExited ? await output + await errors : "");
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(120), "the push does not come half way");
                await Task.Delay(50, Cancellation);
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(Cancellation);
        }
    }

    private static IEnumerable<string> ChildArguments()
    {
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            yield return typeof(DockerRegistryTests).Assembly.Location;
        }

        yield return "-explicit";
        yield return "only";
        yield return "-method";
        yield return $"{typeof(DockerRegistryTests).FullName}.{nameof(Pushes_half_of_an_image)}";
    }

    private static RegistryOptions Options() => new() { Time = TimeProvider.System, Random = new Random(1) };

    private static RegistryRepository Repository(TestRegistry registry, string name) => ImageReference.Parse($"{registry.Name}/{name}").Repository;

    // The same layers under a configuration for another platform.
    private static OciImage Rewrite(OciImage image, string architecture) => TestImage.Finish(
        new OciLayoutWriter(image.Layout.Folder),
        [.. image.Manifest.Layers.Zip(image.Config.DiffIds, (layer, diffId) => new Layers.WrittenLayer(layer, diffId))],
        image.Config with { Platform = new Platform(architecture) });

    // Packages of incompressible content, large enough to be a layer each.
    private static FileTree Tree(int packages)
    {
        var tree = new FileTree();
        for (var i = 0; i < packages * 2; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"package{i}");
            tree.Put($"/usr/lib/{name}/content", Inode.Regular(FileContent.Of(RegistryBench.Bytes(5_000_000 + (i * 100_000), i))) with { Origin = name });
        }

        return tree;
    }

    /// <summary>Lets a transfer come so far, says so and lets it come no further.</summary>
    private sealed class Hold(long limit, string marker) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value.Done >= limit)
            {
                File.WriteAllText(marker, "");
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
