using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Units;

public sealed class PresetJudgeTests
{
    [Theory]
    [InlineData("preset-all")]
    [InlineData("--global preset-all")]
    [InlineData("preset sshd.service", "preset getty@.service serial-getty@.service", "preset systemd-networkd.service chronyd.service", "disable getty@tty1.service", "preset-all", "disable chronyd.service NetworkManager.service")]
    public void The_fixtures_units_are_linked_as_systemctl_does(params string[] commands)
    {
        var systemctl = Peer.Require("systemctl");
        var tree = Fixture.Tree();
        using var disk = new DiskTree(tree, IsRelevant);
        Directory.CreateDirectory(disk.PathOf("/etc/systemd/system"));
        var machine = new ScriptletMachine(tree, new AccountDatabase(tree), 0);
        foreach (var command in commands)
        {
            var (status, output) = Peer.Run(systemctl, ["--root", disk.Root, .. command.Split(' ')]);
            var ours = new ShellInterpreter(machine, CommandCatalogue.Default).Run(
                ShellParser.Parse("systemctl " + command), [], new ShellStreams(new ShellInput(""), new TextSink(), new TextSink()));
            Assert.True(status == 0 == (ours == 0), $"{command}: {status} {ours}\n{output}");
            DiskTree.AssertSame(disk.Links("/etc/systemd"), DiskTree.Links(tree, "/etc/systemd", _ => true), $"{command}: {output}");
        }

        Assert.NotEmpty(disk.Links("/etc/systemd"));
    }

    private static bool IsRelevant(FileNode node) =>
        node.Path is "/lib" || node.Path.Contains("/systemd/", StringComparison.Ordinal);
}
