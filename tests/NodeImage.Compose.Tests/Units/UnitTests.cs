using NodeImage.Compose.Tests.Support;
using NodeImage.Compose.Units;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Units;

/// <summary>Units beside <c>systemctl --root</c>.</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData("enable", "plain.service")]
    [InlineData("enable", "also.service")]
    [InlineData("enable", "template@one.service")]
    [InlineData("enable", "template@.service")]
    [InlineData("enable", "joined.service")]
    [InlineData("preset", "plain.service")]
    [InlineData("preset", "no-thanks.service")]
    [InlineData("preset", "template@.service")]
    [InlineData("mask", "plain.service")]
    public void A_unit_gets_the_links_that_systemctl_gives_it(string verb, string unit)
    {
        var systemctl = Peer.Require("systemctl");
        var tree = new FileTree();
        Put(tree, "system/plain.service", "[Install]\nWantedBy=multi-user.target\nAlias=other.service\n");
        Put(tree, "system/also.service", "[Install]\nRequiredBy=a.target b.target\nAlso=also.socket\n");
        Put(tree, "system/also.socket", "[Install]\nWantedBy=sockets.target\n");
        Put(tree, "system/template@.service", "[Install]\nWantedBy=getty.target\nDefaultInstance=tty1\n");
        Put(tree, "system/joined.service", "[Install]\n# c\nWantedBy=a.target \\\n  b.target\nWantedBy=c.target\n");
        Put(tree, "system/no-thanks.service", "[Install]\nWantedBy=multi-user.target\n");
        Put(tree, "system-preset/10-x.preset", "disable no-*.service\nenable *\n");
        using var disk = new DiskTree(tree, _ => true);
        var (status, output) = Peer.Run(systemctl, $"--root={disk.Root}", "--no-pager", verb, unit);
        Assert.True(status == 0, output);
        var units = new UnitEnabler(tree, 0);
        switch (verb)
        {
            case "enable":
                units.Enable(UnitScope.System, unit, UnitFolders.Machine(UnitScope.System));
                break;
            case "preset":
                units.Preset(UnitScope.System, unit);
                break;
            default:
                units.Mask(UnitScope.System, unit);
                break;
        }

        DiskTree.AssertSame(disk.Links("/etc"), DiskTree.Links(tree, "/etc", _ => true), output);
    }

    private static void Put(FileTree tree, string path, string text) => tree.Put($"/usr/lib/systemd/{path}", Inode.Regular(FileContent.Of(text)));
}
