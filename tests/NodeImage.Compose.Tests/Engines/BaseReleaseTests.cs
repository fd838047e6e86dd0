using NodeImage.Compose.Engines;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Engines;

/// <summary>What a base that is an image says of its release.</summary>
public sealed class BaseReleaseTests
{
    [Theory]
    [InlineData("ID=\"rhel\"\nVERSION_ID=\"9.4\"\n", "rhel9.6", "rhel9.4")]
    [InlineData("ID=rhcos\nVERSION_ID='4.18'\nRHEL_VERSION='9.4'\n", "rhel9.6", "rhel9.4")]
    [InlineData("ID=rhcos\nVERSION_ID='4.18'\n", "rhel9.6", null)]
    [InlineData("ID=centos\nVERSION_ID=9\n", "c9s", "c9s")]
    [InlineData("ID=centos\nVERSION_ID=10\n", "c9s", "c10s")]
    [InlineData("ID=rhel\nVERSION_ID=9\n", "rhel9.6", "rhel9.6")]
    [InlineData("ID=rhel\nVERSION_ID=10\n", "rhel9.6", "rhel10.0")]
    [InlineData("ID=fedora\nVERSION_ID=42\n", "rhel9.6", null)]
    [InlineData("NAME=nothing\n", "rhel9.6", null)]
    [InlineData("ID=rhel\nVERSION_ID=9.6.1-beta\n", "rhel9.6", null)]
    public void It_is_read_where_it_can_be_told(string text, string wanted, string? expected)
    {
        var tree = new FileTree();
        tree.Put("/usr/lib/os-release", Inode.Regular(FileContent.Of(text)));
        tree.Put("/etc/os-release", Inode.SymbolicLink("../usr/lib/os-release"));
        Assert.Equal(expected, BaseRelease.Read(tree)?.TargetFramework(wanted));
    }

    [Fact]
    public void An_image_without_the_file_says_nothing() => Assert.Null(BaseRelease.Read(new FileTree()));
}
