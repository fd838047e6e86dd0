using NodeImage.Core.Files;

namespace NodeImage.Core.Tests;

public sealed class FileTreeTests
{
    private static readonly Inode Text = Inode.Regular(FileContent.Of("text"));

    [Fact]
    public void Folders_on_the_way_are_made()
    {
        var tree = new FileTree();
        tree.Put("/usr/lib/os-release", Text);
        Assert.Equal(["/", "/usr", "/usr/lib", "/usr/lib/os-release"], tree.Walk().Select(node => node.Path));
        Assert.True(tree.Find("/usr/lib")!.Inode.IsDirectory);
    }

    [Fact]
    public void A_walk_is_sorted_byte_for_byte_with_folders_first()
    {
        var tree = new FileTree();
        foreach (var path in new[] { "/b", "/a/z", "/a/B", "/a/b", "/a-b" })
        {
            tree.Put(path, Text);
        }

        Assert.Equal(["/", "/a", "/a/B", "/a/b", "/a/z", "/a-b", "/b"], tree.Walk().Select(node => node.Path));
    }

    [Fact]
    public void Putting_a_folder_over_a_folder_keeps_its_content_and_a_file_over_it_does_not()
    {
        var tree = new FileTree();
        tree.Put("/a/b", Text);
        tree.Put("/a", Inode.Directory(0b111_000_000));
        Assert.NotNull(tree.Find("/a/b"));
        tree.Put("/a", Text);
        Assert.Null(tree.Find("/a/b"));
    }

    [Fact]
    public void Links_are_followed_as_the_image_sees_them()
    {
        var tree = new FileTree();
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/usr/lib/modules/x", Text);
        tree.Put("/etc/up", Inode.SymbolicLink("../../../../usr/lib/modules"));
        tree.Put("/etc/absolute", Inode.SymbolicLink("/lib/modules/x"));
        Assert.Equal("/usr/lib/modules/x", tree.Resolve("/lib/modules/x")!.Path);
        Assert.Equal("/usr/lib/modules/x", tree.Resolve("/etc/up/x")!.Path);
        Assert.Equal("/usr/lib/modules/x", tree.Resolve("/etc/absolute")!.Path);
        Assert.Equal("/etc/absolute", tree.Resolve("/etc/absolute", followLast: false)!.Path);
        Assert.True(tree.TryResolvePath("/lib/new/file", true, out var resolved));
        Assert.Equal("/usr/lib/new/file", resolved);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        var tree = new FileTree();
        tree.Put("/a", Inode.SymbolicLink("b"));
        tree.Put("/b", Inode.SymbolicLink("a"));
        Assert.Null(tree.Resolve("/a"));
        Assert.False(tree.TryResolvePath("/a/c", true, out _));
    }

    [Fact]
    public void A_change_reaches_every_name_of_a_file_and_a_replaced_name_leaves_the_others()
    {
        var tree = new FileTree();
        var first = tree.Put("/a", Text);
        var second = tree.Link("/b", first);
        tree.SetInode(second, second.Inode with { Mode = 0b111_000_000 });
        Assert.Equal(0b111_000_000, first.Inode.Mode);
        tree.Put("/b", Inode.Regular(FileContent.Of("other")));
        Assert.Equal("text", tree.Find("/a")!.Inode.Content!.ReadText());
        Assert.Null(tree.Find("/a")!.HardLinks);
    }

    [Fact]
    public void A_checkpoint_that_is_not_committed_takes_everything_back()
    {
        var tree = new FileTree();
        var file = tree.Put("/keep/file", Text);
        tree.Link("/keep/link", file);
        tree.Put("/gone/x", Text);
        var before = Describe(tree);
        using (tree.Checkpoint())
        {
            tree.Put("/new/y", Text);
            tree.Remove("/gone");
            tree.SetInode(file, file.Inode with { Mode = 0 });
            tree.Remove("/keep/link");
            tree.Put("/keep", Text);
            tree.Put("/gone", Inode.SymbolicLink("keep"));
        }

        Assert.Equal(before, Describe(tree));
    }

    [Fact]
    public void A_committed_checkpoint_stays_and_another_may_follow()
    {
        var tree = new FileTree();
        using (var checkpoint = tree.Checkpoint())
        {
            tree.Put("/a", Text);
            Assert.Throws<InvalidOperationException>(() => tree.Checkpoint());
            checkpoint.Commit();
        }

        using (tree.Checkpoint())
        {
            tree.Remove("/a");
        }

        Assert.NotNull(tree.Find("/a"));
    }

    [Fact]
    public void Changes_are_told_since_any_moment()
    {
        var tree = new FileTree();
        tree.Put("/a/b", Text);
        tree.Put("/c", Text);
        var stamp = tree.Stamp;
        tree.Remove("/a");
        tree.Put("/d", Text);
        var (removed, changed) = tree.ChangedSince(stamp);
        Assert.Equal(["/a/b", "/a"], removed);
        Assert.Equal(["/d"], changed.Select(node => node.Path));
    }

    [Theory]
    [InlineData("usr/bin", "/usr/bin")]
    [InlineData("./usr//bin/", "/usr/bin")]
    [InlineData("/usr/./bin", "/usr/bin")]
    [InlineData("/", "/")]
    [InlineData("./", "/")]
    [InlineData("...", "/...")]
    public void Paths_have_one_form(string path, string canonical)
    {
        Assert.True(ImagePath.TryNormalize(path, out var actual));
        Assert.Equal(canonical, actual);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/usr/../etc/passwd")]
    [InlineData("usr/..")]
    [InlineData("/a\0b")]
    public void Paths_that_climb_are_refused(string path) => Assert.False(ImagePath.TryNormalize(path, out _));

    [Fact]
    public void Names_longer_than_linux_has_them_are_refused() =>
        Assert.False(ImagePath.TryNormalize("/" + new string('a', 256), out _));

    private static string Describe(FileTree tree) => string.Join('\n', tree.Walk().Select(node =>
        $"{node.Path} {node.Inode.Type} {node.Inode.Mode} {node.Inode.LinkTarget} {node.Inode.Content?.Identity} {string.Join(',', (node.HardLinks ?? []).Select(link => link.Path).Order(StringComparer.Ordinal))}"));
}
