using NodeImage.Fixtures.Building;
using NodeImage.Fixtures.Specs;

namespace NodeImage.Fixtures.Tests;

/// <summary>The same specs and tables serve every architecture.</summary>
public sealed class FixtureSizeTests
{
    private static readonly string Source = Path.Combine(RepositoryFolder.Root, "eng", "fixtures");

    [Theory]
    [InlineData("minimal", "linux-image-cloud-amd64")]
    [InlineData("full", "linux-image-cloud-amd64")]
    [InlineData("arm64", "linux-image-cloud-arm64")]
    public void Specs_ask_for_the_archives_of_the_sizes_architecture(string size, string kernel)
    {
        var definition = Read(size);

        Assert.Contains(kernel, definition.BaseSeeds);
        Assert.DoesNotContain(definition.BaseSeeds.Concat(definition.NodeSeeds), seed => seed.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public void What_must_be_compiled_is_no_part_of_the_foreign_size() =>
        Assert.All(Read("arm64").Specs, spec => Assert.Empty(spec.Programs));

    [Fact]
    public void Packages_of_the_node_list_are_asked_for_on_top_of_the_base()
    {
        var definition = Read("arm64");

        Assert.Contains("conmon", definition.NodeSeeds);
        Assert.Contains("uuid-runtime", definition.NodeSeeds);
        Assert.Empty(definition.NodeSeeds.Intersect(definition.BaseSeeds, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("x86_64-linux-gnu")]
    [InlineData("aarch64-linux-gnu")]
    public void Libraries_have_the_folder_of_their_architecture(string triplet)
    {
        var folders = CommonFolders.Read(Path.Combine(Source, "data", "folders.txt"), triplet);

        Assert.Equal([$"/usr/lib/{triplet}"], folders.Where(folder => folder.EndsWith("-linux-gnu", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sizes_lie_beside_each_other_and_share_a_key()
    {
        var full = new FixtureLayout("source", "output", FixtureSize.Full.Folder);
        var arm64 = new FixtureLayout("source", "output", FixtureSize.Arm64.Folder);

        Assert.Equal(("output", "output/arm64"), (Path.TrimEndingDirectorySeparator(full.Output), arm64.Output));
        Assert.NotEqual(full.Private, arm64.Private);
        Assert.Equal(full.Key, arm64.Key);
    }

    private static Definition Read(string name)
    {
        var size = FixtureSize.All.Single(size => size.Name == name);
        return Definition.Read(new FixtureLayout(Source, "output", size.Folder), size);
    }
}
