using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Several runtime identifiers give an image each, and an index over them.</summary>
public sealed class RuntimeIdentifierTests : IDisposable
{
    private static readonly (string Runtime, string Architecture)[] Both = [("linux-arm64", "arm64"), ("linux-x64", "amd64")];

    private readonly ScratchProject _project = Newcomer.Write();

    public void Dispose() => Directory.Delete(_project.Folder, recursive: true);

    [Fact]
    public void Each_image_stands_on_its_own_architecture_s_base_and_an_index_holds_them_all()
    {
        Write("base", "Base", $"""<RpmPackage Include="{ScratchProject.SmallestBase}" />""", "linux-x64;linux-arm64");
        Write("node", "Layered", """<ProjectReference Include="../base/base.osproj" /><RpmPackage Include="hostname" />""", "linux-x64;linux-arm64");
        Newcomer.Run(_project, ["restore", "node"]).Succeeded();
        var targets = JsonNode.Parse(File.ReadAllText(_project.LockFile("node")))!["targets"]!.AsObject();
        Assert.Equal(["rhel9.6/aarch64", "rhel9.6/x86_64"], targets.Select(target => target.Key));

        Newcomer.Run(_project, ["publish", "node", "-c", "Debug", "-m"]).Succeeded();
        foreach (var (runtime, architecture) in Both)
        {
            var (node, below) = (Image("node", runtime), Image("base", runtime));
            Assert.Equal(architecture, (string)node.Config["architecture"]!);
            Assert.Equal(below.Layers, node.Layers.Take(below.Layers.Count));
        }

        CheckIndex();

        // Each is tested by itself.
        var tested = Newcomer.Run(_project, ["test", "node", "--no-build"]).Succeeded();
        Assert.Equal(2, tested.Split("Passed!  - Failed: 0, Passed: 9,").Length - 1);
        Newcomer.UseTestPlatform(_project);
        var listed = Newcomer.Run(_project, ["test", "--project", "node/node.osproj", "--no-build", "--list-tests"]).Succeeded();
        Assert.All((string[])["(aarch64)", "(x86_64)"], architecture => Assert.Equal(9, listed.Split(architecture).Length - 1));
        Assert.Contains("total: 18", Newcomer.Run(_project, ["test", "--project", "node/node.osproj", "--no-build"]).Succeeded(), StringComparison.Ordinal);

        // Nothing has changed, so nothing is done.
        var before = _project.Snapshot("node/bin", "base/bin");
        var again = Newcomer.Run(_project, ["publish", "node", "-c", "Debug", "-v:normal"]).Succeeded();
        Assert.Equal(before, _project.Snapshot("node/bin", "base/bin"));
        Assert.Contains("Skipping target \"ComposeImageIndex\"", again, StringComparison.Ordinal);

        Newcomer.Run(_project, ["clean", "node"]).Succeeded();
        Assert.DoesNotContain(_project.Snapshot("node/bin").Keys, file => !file.Contains("/publish/", StringComparison.Ordinal));
    }

    [Fact]
    public void One_output_folder_is_not_taken_for_all_of_them()
    {
        Write("base", "Base", $"""<RpmPackage Include="{ScratchProject.SmallestBase}" />""", "linux-x64;linux-arm64");
        var failed = Newcomer.Run(_project, ["build", "base", "-o", "out"]);
        Assert.NotEqual(0, failed.Status);
        Assert.Matches(@"base\.osproj : error NI1025: .*/out/base\.osimage.* \(-r linux-x64\)", failed.Output);
        Assert.False(File.Exists(Path.Combine(_project.Folder, "out", "base.osimage")));
        Newcomer.Run(_project, ["build", "base", "-o", "out", "-r", "linux-arm64"]).Succeeded();
        Assert.Equal("arm64", (string)new LayoutReader(Path.Combine(_project.Folder, "out", "base", "image")).Config["architecture"]!);
    }

    [Fact]
    public void A_base_for_one_architecture_is_asked_for_another_where_an_image_needs_it()
    {
        Write("base", "Base", $"""<RpmPackage Include="{ScratchProject.SmallestBase}" />""", null);
        Write("node", "Layered", """<ProjectReference Include="../base/base.osproj" /><RpmPackage Include="hostname" />""", "linux-arm64");
        Newcomer.Run(_project, ["build", "node"]).Succeeded();
        Assert.Equal("arm64", (string)Image("node", "linux-arm64").Config["architecture"]!);
        Assert.Equal(Image("base", "linux-arm64").Layers, Image("node", "linux-arm64").Layers.Take(Image("base", "linux-arm64").Layers.Count));
        Assert.False(Directory.Exists(_project.Layout("base")));
    }

    [Fact]
    public void One_that_no_image_can_be_made_for_says_which_exist()
    {
        var failed = Newcomer.Run(_project, ["build", "base", "-r", "win-x64"]);
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("error NI1003: No image can be made for the RuntimeIdentifier 'win-x64'. Those that exist are linux-x64, linux-arm64, linux-s390x, linux-ppc64le.", failed.Output, StringComparison.Ordinal);
    }

    private void CheckIndex()
    {
        var layout = Path.Combine(_project.Folder, "node", "bin", "Debug", "rhel9.6", "image");
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(layout, "index.json")))!["manifests"]!.AsArray().Single()!;
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(layout, "blobs", "sha256", ((string)root["digest"]!)["sha256:".Length..])))!;
        Assert.Equal(
            Both.OrderBy(image => image.Architecture, StringComparer.Ordinal).Select(image => (image.Architecture, Image("node", image.Runtime).ManifestDigest)),
            index["manifests"]!.AsArray().Select(manifest => ((string)manifest!["platform"]!["architecture"]!, (string)manifest["digest"]!)));

        Command.Require("skopeo");
        var archive = Path.Combine(_project.Folder, "node", "bin", "Debug", "rhel9.6", "publish", "node.ociarchive");
        Assert.Equal((string)root["digest"]!, Digest(Command.Run("skopeo", "inspect", "--raw", $"oci-archive:{archive}").Succeeded().TrimEnd()));
        foreach (var (_, architecture) in Both)
        {
            var inspected = Command.Run("skopeo", "--override-arch", architecture, "inspect", "--config", $"oci-archive:{archive}").Succeeded();
            Assert.Equal(architecture, (string)JsonNode.Parse(inspected)!["architecture"]!);
        }
    }

    private static string Digest(string text) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private LayoutReader Image(string name, string runtime) => new(Path.Combine(_project.Folder, name, "bin", "Debug", "rhel9.6", runtime, "image"));

    private void Write(string name, string kind, string items, string? runtimes)
    {
        Checkout.RequireArm64Fixtures();
        _project.WriteImage(name, kind, $"""
            <RpmRepository Include="fixture-x64" BaseUrl="$(FixtureFolder)base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" Architectures="x86_64" />
            <RpmRepository Include="fixture-arm64" BaseUrl="$(FixtureFolder)arm64/base" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" Architectures="aarch64" />
            {items}
            """, runtimes is null ? "" : $"<RuntimeIdentifiers>{runtimes}</RuntimeIdentifiers>");
    }
}
