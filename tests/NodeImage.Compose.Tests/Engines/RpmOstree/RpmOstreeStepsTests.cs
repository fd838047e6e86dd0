using NodeImage.Compose.Engines.RpmOstree;
using NodeImage.Compose.Treefiles;

namespace NodeImage.Compose.Tests.Engines.RpmOstree;

/// <summary>What is run is what rpm-ostree takes; it has not been run here against rpm-ostree itself.</summary>
public sealed class RpmOstreeStepsTests : IDisposable
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["containers.bootc"] = "1", ["name"] = "a b=c" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_call_is_one_that_rpm_ostree_takes()
    {
        foreach (var hasLock in (bool[])[true, false])
        {
            foreach (var hasLayers in (bool[])[true, false])
            {
                var steps = Steps(hasLock, hasLayers);
                var calls = steps.Image("/cache").Concat(steps.ChunkedRootfs("/cache")).Select(step => step.Command).Where(command => command[0] == "rpm-ostree").ToList();
                Assert.Equal(3, calls.Count);
                Assert.Empty(calls.SelectMany(RpmOstreeContract.Refusals));
            }
        }
    }

    [Theory]
    [InlineData("compose image --lock-file=x m o")]
    [InlineData("compose image --format=docker m o")]
    [InlineData("compose image --offline=yes m o")]
    [InlineData("compose image --label m o")]
    [InlineData("compose image m")]
    [InlineData("compose rootfs --label=a=b m o")]
    [InlineData("compose build-chunked-oci --rootfs=r --output=oci:x")]
    [InlineData("compose build-chunked-oci --bootc --rootfs=r --from=x --output=oci:x")]
    [InlineData("compose picture m o")]
    public void The_contract_refuses_what_rpm_ostree_would(string line) => Assert.NotEmpty(RpmOstreeContract.Refusals(["rpm-ostree", .. line.Split(' ')]));

    [Fact]
    public void The_engine_knows_just_the_options_that_there_are()
    {
        foreach (var verb in (RpmOstreeVerb[])[RpmOstreeVerb.ComposeImage, RpmOstreeVerb.ComposeRootfs, RpmOstreeVerb.BuildChunkedOci, RpmOstreeVerb.ComposeExtensions, RpmOstreeVerb.TreefileApply])
        {
            string[] needed = verb == RpmOstreeVerb.BuildChunkedOci ? ["--bootc", "--output=oci:x", "--rootfs=r"] : [];
            foreach (var (option, takesValue) in verb.Options)
            {
                var given = takesValue ? $"{option}={(option == "--format-version" ? "2" : option == "--format" ? "oci" : option == "--initialize-mode" ? "never" : "x")}" : option;
                string[] others = option is "--rootfs" or "--from" ? ["--bootc", "--output=oci:x"] : needed;
                var operands = Enumerable.Repeat("operand", verb.Operands);
                Assert.Empty(RpmOstreeContract.Refusals([.. verb.Words, .. verb == RpmOstreeVerb.BuildChunkedOci ? others : [], given, .. operands]));
            }
        }
    }

    [Fact]
    public void An_option_that_there_is_not_cannot_be_given()
    {
        Assert.Throws<ArgumentException>(() => new RpmOstreeCommand(RpmOstreeVerb.ComposeRootfs).With("--label", "a=b"));
        Assert.Throws<ArgumentException>(() => new RpmOstreeCommand(RpmOstreeVerb.ComposeImage).With("--lockfile"));
        Assert.Throws<ArgumentException>(() => new RpmOstreeCommand(RpmOstreeVerb.ComposeImage).With("--offline", "yes"));
        Assert.Throws<ArgumentException>(() => new RpmOstreeCommand(RpmOstreeVerb.TreefileApply).On("a", "b"));
    }

    [Fact]
    public void The_image_is_composed_of_treefile_lock_and_layers()
    {
        var steps = Steps(hasLock: true, hasLayers: true).Image("/cache").ToList();
        Assert.Equal(["making a repository for layers", "committing the layer overlay/etc", "composing the image"], steps.Select(step => step.Doing));
        Assert.Equal(
            [
                "rpm-ostree", "compose", "image", "--cachedir=/cache", "--initialize-mode=always", "--format=oci", "--lockfile=/t/manifest-lock.x86_64.json", "--lockfile-strict",
                "--layer-repo=/s/layers", "--image-config=/s/image-config.json", "--label=containers.bootc=1", "--label=name=a b=c", "/t/treefile.yaml", "/s/result",
            ],
            steps[2].Command);
    }

    [Fact]
    public void The_modes_that_a_layer_lists_are_its_commits()
    {
        var plain = Steps(hasLock: false, hasLayers: true).Image("/cache").ElementAt(1).Command;
        Assert.DoesNotContain(plain, word => word.StartsWith("--statoverride", StringComparison.Ordinal));
        _folder.Write("layer/" + StatOverride.FileName, "=384 /etc/x\n"u8.ToArray());
        var special = Steps(hasLock: false, hasLayers: true).Image("/cache").ElementAt(1).Command;
        Assert.Equal([$"--statoverride={_folder["layer/statoverride"]}", "--skip-list=/s/not-in-layers"], special.Except(plain));
    }

    private RpmOstreeSteps Steps(bool hasLock, bool hasLayers) => new(
        new TreefileFolderResult("/t", "/t/treefile.yaml", hasLock ? "/t/manifest-lock.x86_64.json" : null, hasLayers ? [("overlay/etc", _folder["layer"])] : []),
        "/s",
        1_700_000_000,
        Labels);
}
