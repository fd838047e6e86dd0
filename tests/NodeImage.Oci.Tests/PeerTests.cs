using System.Text.Json.Nodes;
using NodeImage.Core.Files;
using NodeImage.Oci.Archives;
using NodeImage.Oci.Layers;
using NodeImage.Oci.Tests.Support;

namespace NodeImage.Oci.Tests;

/// <summary>Images as other tools see them.</summary>
public sealed class PeerTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void Skopeo_reads_the_layout_and_copies_it_bit_for_bit(string kind)
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Base(), Derived()], kind == "gzip" ? LayerCompression.Gzip(4) : LayerCompression.Zstd(3));
        var seen = JsonNode.Parse(Peer.Run("skopeo", "inspect", $"oci:{folder["layout"]}:latest"))!;
        Assert.Equal(image.Digest.ToString(), (string?)seen["Digest"]);
        Assert.Equal("1", (string?)seen["Labels"]!["containers.bootc"]);
        Assert.Equal(image.Manifest.Layers.Select(layer => layer.Digest.ToString()), seen["Layers"]!.AsArray().Select(layer => (string?)layer));

        // A copy makes skopeo verify every digest and diff ID.
        Peer.Run("skopeo", "--insecure-policy", "copy", "--preserve-digests", $"oci:{folder["layout"]}:latest", $"oci:{folder["copy"]}:latest");
        if (kind == "gzip")
        {
            // Docker's own formats know no zstd.
            Peer.Run("skopeo", "--insecure-policy", "copy", $"oci:{folder["layout"]}:latest", $"docker-archive:{folder["docker.tar"]}:node:1");
        }
    }

    [Fact]
    public void Skopeo_reads_the_archive_by_any_of_its_names()
    {
        using var folder = new TestImage();
        var image = folder.Write("layout", [Base()]);
        OciArchive.Write(image.Layout.ReadAll(), folder["one.tar"], ["node:9.6", "node:latest"], CancellationToken.None);
        OciArchive.Write(image.Layout.ReadAll(), folder["two.tar"], ["node:9.6", "node:latest"], CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(folder["one.tar"]), File.ReadAllBytes(folder["two.tar"]));
        foreach (var name in (string[])["node:9.6", "node:latest"])
        {
            Assert.Equal(image.Digest.ToString(), (string?)JsonNode.Parse(Peer.Run("skopeo", "inspect", $"oci-archive:{folder["one.tar"]}:{name}"))!["Digest"]);
        }
    }

    [Fact]
    public void Umoci_unpacks_the_derived_tree()
    {
        Assert.SkipUnless(Environment.UserName == "root", "unpacking owners needs root");
        using var folder = new TestImage();
        folder.Write("layout", [Base(), Derived()]);
        Peer.Run("umoci", "unpack", "--image", $"{folder["layout"]}:latest", folder["bundle"]);
        var root = folder["bundle/rootfs"];
        var expected = Derived().Walk().Where(node => node.Parent is not null).Select(node =>
            $"{node.Path} {Convert.ToString(node.Inode.Mode, 8)} {node.Inode.Owner.Uid}:{node.Inode.Owner.Gid} {Letter(node.Inode.Type)} {node.Inode.LinkTarget} {node.HardLinks?.Count ?? 1}");
        var actual = Peer.Run("find", root, "-mindepth", "1", "-printf", "/%P %m %U:%G %y %l %n\n").TrimEnd('\n').Split('\n')
            .Select(line => line.Split(' ') is [.., "d", _, _] words ? string.Join(' ', words[..^1]) + " 1" : line);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    private static char Letter(FileType type) => type switch
    {
        FileType.Directory => 'd',
        FileType.SymbolicLink => 'l',
        FileType.CharacterDevice => 'c',
        _ => 'f',
    };

    private static FileTree Base()
    {
        var tree = new FileTree();
        tree.Put("/usr/bin/bash", Inode.Regular(FileContent.Of("bash"), 493) with { Origin = "bash" });
        tree.Put("/usr/bin/sudo", Inode.Regular(FileContent.Of("sudo"), 2541) with { Origin = "sudo", Owner = new FileOwner(0, 12) });
        tree.Link("/usr/bin/sudoedit", tree.Find("/usr/bin/sudo")!);
        tree.Put("/usr/sbin", Inode.SymbolicLink("bin"));
        tree.Put("/usr/lib/old/a/b", Inode.Regular(FileContent.Of("gone")));
        tree.Put("/etc/folder/file", Inode.Regular(FileContent.Of("1")));
        tree.Put("/etc/link", Inode.SymbolicLink("folder"));
        tree.Put("/dev/null", new Inode { Type = FileType.CharacterDevice, Mode = 438, DeviceMajor = 1, DeviceMinor = 3 });
        return tree;
    }

    private static FileTree Derived()
    {
        var tree = Base().Clone();
        tree.Remove("/usr/lib/old");
        tree.Remove("/usr/bin/bash");
        tree.Put("/etc/folder", Inode.Regular(FileContent.Of("now a file")));
        tree.Remove("/etc/link");
        tree.Put("/etc/link/inside", Inode.Regular(FileContent.Of("now in a folder")));
        tree.Put("/usr/bin", Inode.Directory(448));
        return tree;
    }
}
