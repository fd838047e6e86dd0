using NodeImage.EndToEnd.Tests.Engines.Support;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>Who composes an image makes no difference to it.</summary>
public sealed class AgreementTests(EngineImages images) : IClassFixture<EngineImages>
{
    private const int MostPatterns = 15;

    [Fact]
    public void Engines_agree()
    {
        Command.RequireRoot();
        Command.Require("buildah", "podman", "skopeo", "umoci", "getcap", "rpm");
        var list = ReviewedList.Read("engines-agree.txt");
        foreach (var engine in (string[])["Buildah", "Podman"])
        {
            var differences = EngineComparison.Files(images.Root("Managed"), images.Root(engine))
                .Concat(EngineComparison.Configuration(images.Layout("Managed"), images.Layout(engine)))
                .Where(difference => !list.Covers(difference.Path))
                .Select(difference => difference.Text)
                .ToList();
            Assert.True(differences.Count == 0, $"{engine}:\n{string.Join('\n', differences)}");
            Assert.Equal(EngineComparison.Packages(images.Root("Managed")), EngineComparison.Packages(images.Root(engine)));
            Assert.Equal(EngineComparison.Units(images.Root("Managed")), EngineComparison.Units(images.Root(engine)));
        }

        Assert.True(list.Count <= MostPatterns, $"the list has {list.Count} patterns");
        Assert.Empty(list.Unused);
    }

    [Theory]
    [InlineData("Buildah")]
    [InlineData("Podman")]
    public void The_base_s_layers_come_first_and_the_package_list_is_alone_in_the_last(string engine)
    {
        var (node, below) = (new LayoutReader(images.Layout(engine)), new LayoutReader(images.BaseLayout));
        Assert.Equal(below.Layers, node.Layers.Take(below.Layers.Count));
        Assert.Equal("/usr/share/openshift/base/meta.json", Assert.Single(node.Entries(node.Layers[^1]), entry => entry.IsFile).Path);
        Assert.DoesNotContain(node.Layers.Skip(below.Layers.Count).SelectMany(node.Entries), entry => entry.Path.EndsWith(".repo", StringComparison.Ordinal) || entry.Path.EndsWith(".rpm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_was_written_builds_the_image_with_no_dotnet_about()
    {
        Command.RequireRoot();
        Command.Require("buildah", "podman", "umoci", "getcap");
        var list = ReviewedList.Read("engines-agree.txt");
        var folder = Directory.CreateTempSubdirectory("nodeimage-e2e-").FullName;
        using var store = new ContainerStore();
        try
        {
            Command.Run("cp", "-r", images.Containerfile, $"{folder}/node").Succeeded();
            Assert.NotEqual(0, store.Run("sh", "-c", "command -v dotnet").Status);
            store.Run($"{folder}/node/build.sh", "-e", "podman", "-b", $"oci:{images.BaseLayout}", "-t", "localhost/node:1").Succeeded();
            var root = images.Unpack(store.Export("localhost/node:1"));
            Assert.Empty(EngineComparison.Files(images.Root("Managed"), root).Where(difference => !list.Covers(difference.Path)).Select(difference => difference.Text));
        }
        finally
        {
            Command.Run("rm", "-rf", folder);
        }
    }
}
