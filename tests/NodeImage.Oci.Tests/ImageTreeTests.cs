using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.Layering;
using NodeImage.Core.Files;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests;

/// <summary>Trees that go through layers and come back.</summary>
public sealed class ImageTreeTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void A_tree_that_is_written_as_layers_is_read_back_equal() => Prop.ForAll(Arb.From(Trees.Changes), changes =>
    {
        using var image = new TestImage();
        var tree = new FileTree().Apply(changes);
        var compression = changes.Count % 2 == 0 ? LayerCompression.Gzip(1) : LayerCompression.Zstd(1);
        Assert.Equal(Trees.Describe(tree), Trees.Describe(image.Read(image.Write("layout", [tree], compression))));
    }).Check(Runs);

    [Fact]
    public void A_difference_applied_to_its_base_gives_the_derived_tree() => Prop.ForAll(Arb.From(Trees.Changes), Arb.From(Trees.Changes), (first, second) =>
    {
        using var image = new TestImage();
        var below = new FileTree().Apply(first);
        var derived = below.Clone().Apply(second);
        var read = image.Read(image.Write("layout", [below, derived]));

        Assert.Equal(Trees.Describe(derived, exact: false), Trees.Describe(read, exact: false));
    }).Check(Runs);

    [Fact]
    public void A_difference_holds_nothing_that_the_base_has() => Prop.ForAll(Arb.From(Trees.Changes), Arb.From(Trees.Changes), (first, second) =>
    {
        var below = new FileTree().Apply(first);
        var derived = below.Clone().Apply(second);
        var difference = TreeDifference.Between(below, derived);
        foreach (var node in difference.Changed.Where(node => node.HardLinks is null))
        {
            Assert.False(below.Find(node.Path) is { } before && TreeDifference.IsSame(before.Inode, node.Inode), node.Path);
        }

        Assert.All(difference.Removed, path => Assert.True(below.Find(path) is not null && derived.Find(path) is null));
    }).Check(Runs);

    [Fact]
    public void A_tree_does_not_differ_from_its_copy() => Prop.ForAll(Arb.From(Trees.Changes), changes =>
    {
        var tree = new FileTree().Apply(changes);
        var difference = TreeDifference.Between(tree, tree.Clone());
        Assert.Empty(difference.Changed);
        Assert.Empty(difference.Removed);
    }).Check(Runs);

    [Fact]
    public void Contents_are_read_from_layers_as_they_were_written()
    {
        using var image = new TestImage();
        var tree = new FileTree();
        tree.Put("/etc/small", Inode.Regular(FileContent.Of("small")));
        var large = new byte[3 << 20];
        new Random(1).NextBytes(large);
        tree.Put("/usr/large", Inode.Regular(FileContent.Of(large)));
        var written = image.Write("layout", [tree]);
        var read = ImageTree.Read(written, image.Cache(), _ => false, CancellationToken.None);
        Assert.Equal("small", read.Find("/etc/small")!.Inode.Content!.ReadText());
        Assert.Equal(large, read.Find("/usr/large")!.Inode.Content!.ReadAllBytes());

        // Now from what was kept of the first reading.
        var again = ImageTree.Read(written, image.Cache(), _ => false, CancellationToken.None);
        Assert.Equal(Trees.Describe(read), Trees.Describe(again));
    }
}
