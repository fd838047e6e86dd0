using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.HardwareDatabase;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class HardwareDatabaseJudgeTests
{
    private static readonly string[] Lines =
    [
        "usb:v0001*", "usb:v0001p0002*", "usb:v00", "usb:*", "evdev:input:b0003v046Dp*", "u", "pci:v00001D0F*\t", "x \u00e4",
        " A=1", " A=2", " B=", "  C=3", " \tD=4 # comment", " E", " =5", " ID_VENDOR=x y", " VENDOR=y", " A==", " F=usb:v00",
        "", "", "", "# comment", " # comment", "a#b", "\tA=1", "\r", "z\0 A=7", "usb:v0001*\r\n A=8",
    ];

    [Fact]
    public void The_database_of_the_fixture_is_what_systemd_hwdb_writes()
    {
        var tree = Fixture.Tree();
        Judge(tree, "systemd-hwdb", ["update"], new HardwareDatabaseRequest(false, true), HardwareDatabaseBuilder.MachinePath);
        Assert.True(tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.Length > 5_000_000);
    }

    [Fact]
    public void The_vendors_database_has_its_own_place() =>
        Judge(Tree([["a", " B=1"]], [["a", " B=2"], ["c", " D=1"]]), "systemd-hwdb", ["update", "--usr"], new HardwareDatabaseRequest(true, true), HardwareDatabaseBuilder.VendorPath);

    [Theory]
    [InlineData("systemd-hwdb", true)]
    [InlineData("udevadm", false)]
    public void Any_files_are_compiled_as_systemd_does(string tool, bool hasSources)
    {
        var file = Gen.ListOf(Gen.Elements(Lines)).Select(lines => lines.ToArray());
        Prop.ForAll(
            Gen.ListOf(file).Resize(4).ToArbitrary(),
            Gen.ListOf(file).Resize(4).ToArbitrary(),
            (machine, vendor) => Judge(
                Tree([.. machine], [.. vendor]), tool, hasSources ? ["update"] : ["hwdb", "--update"], new HardwareDatabaseRequest(false, hasSources), HardwareDatabaseBuilder.MachinePath))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static void Judge(FileTree tree, string tool, string[] arguments, HardwareDatabaseRequest request, string path)
    {
        var program = Peer.Require(tool);

        // The version is part of what is written.
        tree.Put("/usr/bin/systemd-hwdb", Inode.Regular(FileContent.Of(File.ReadAllBytes(Peer.Require("systemd-hwdb"))), 0b111_101_101));
        tree.Put(path, Inode.Regular(FileContent.Of("none")));
        using var disk = new DiskTree(tree, node => node.Path == "/lib" || node.Path.Contains("/hwdb.d/", StringComparison.Ordinal));
        Directory.CreateDirectory(disk.PathOf("/etc/udev"));
        File.WriteAllText(disk.PathOf(path), "none");
        var (status, output) = Peer.RunInside(disk, program, "/usr/bin/" + tool, arguments);
        Assert.True(status == 0, output);
        new HardwareDatabaseBuilder(tree, new DirectContentFacts(), 0, _ => { }).Run(request, TestContext.Current.CancellationToken);
        var expected = File.Exists(disk.PathOf(path)) ? File.ReadAllBytes(disk.PathOf(path)) : null;
        var actual = tree.Find(path)?.Inode.Content!.ReadAllBytes();
        Assert.True(expected is null ? actual is null : actual is not null && expected.AsSpan().SequenceEqual(actual), $"{expected?.Length} {actual?.Length}\n{output}");
    }

    private static FileTree Tree(string[][] machine, string[][] vendor)
    {
        var tree = new FileTree();
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/usr/lib/udev/hwdb.d/keep", Inode.Regular(FileContent.Of("")));
        for (var i = 0; i < machine.Length; i++)
        {
            tree.Put($"/etc/udev/hwdb.d/{2 * i}.hwdb", Inode.Regular(FileContent.Of(string.Join('\n', machine[i]))));
        }

        for (var i = 0; i < vendor.Length; i++)
        {
            tree.Put($"/usr/lib/udev/hwdb.d/{3 * i}.hwdb", Inode.Regular(FileContent.Of(string.Join('\n', vendor[i]))));
        }

        return tree;
    }
}
