using System.Buffers.Binary;
using System.Text;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.SystemDatabases;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.HardwareDatabase;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class HardwareDatabaseTests
{
    private readonly FileTree _tree = new();
    private readonly List<Diagnostic> _report = [];

    [Theory]
    [InlineData("systemd-hwdb update", HardwareDatabaseBuilder.MachinePath, 32)]
    [InlineData("systemd-hwdb --usr update", HardwareDatabaseBuilder.VendorPath, 32)]
    [InlineData("udevadm hwdb --update", HardwareDatabaseBuilder.MachinePath, 16)]
    [InlineData("systemd-hwdb update; udevadm hwdb -u; udevadm trigger", HardwareDatabaseBuilder.MachinePath, 16)]
    public void What_a_scriptlet_asks_for_is_made_once_in_its_place(string script, string path, int valueSize)
    {
        Put("/usr/bin/systemd-hwdb", "\0systemd 252 (252-1)\n+PAM\0");
        Put("/usr/bin/udevadm", "");
        Put("/usr/lib/udev/hwdb.d/a.hwdb", "usb:v1*\n A=1\n");
        Assert.Equal(0, Run(script));
        var inode = _tree.Find(path)!.Inode;
        var bytes = inode.Content!.ReadAllBytes();
        Assert.Equal(0b100_100_100, inode.Mode);
        Assert.Equal(252, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(bytes.Length, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)));
        Assert.Equal(valueSize, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(48)));
        Assert.Equal(valueSize == 32, Encoding.ASCII.GetString(bytes).Contains("/usr/lib/udev/hwdb.d/a.hwdb", StringComparison.Ordinal));
        Assert.Single(_tree.Walk(), node => node.Name == "hwdb.bin");
        Assert.Empty(_report);
    }

    [Fact]
    public void A_line_that_makes_no_sense_is_told_and_passed_over()
    {
        Put("/usr/bin/systemd-hwdb", "\0libsystemd-shared-257-9.el10.so\0");
        Put("/etc/udev/hwdb.d/a.hwdb", " A=1\nusb:v1*\n A=1\n B\n =2\nx\n");
        Assert.Equal(0, Run("systemd-hwdb update"));
        Assert.Equal(["NI3412", "NI3412", "NI3412", "NI3412"], _report.Select(diagnostic => diagnostic.Code));
        Assert.Equal(257, BinaryPrimitives.ReadInt64LittleEndian(_tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.ReadAllBytes().AsSpan(8)));
    }

    [Fact]
    public void What_is_remembered_is_told_again()
    {
        Put("/usr/bin/systemd-hwdb", "systemd 252 (");
        Put("/etc/udev/hwdb.d/a.hwdb", "usb:v1*\n A=1\n B\n");
        var facts = new DirectContentFacts();
        var builder = new HardwareDatabaseBuilder(_tree, facts, 0, _report.Add);
        builder.Run(new HardwareDatabaseRequest(false, true), TestContext.Current.CancellationToken);
        var first = _tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.ReadAllBytes();
        builder.Run(new HardwareDatabaseRequest(false, true), TestContext.Current.CancellationToken);
        Assert.Equal(first, _tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.ReadAllBytes());
        Assert.Equal(2, _report.Count);
        Assert.Equal(_report[0].Message, _report[1].Message);
        builder.Run(new HardwareDatabaseRequest(false, false), TestContext.Current.CancellationToken);
        Assert.NotEqual(first, _tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.ReadAllBytes());
    }

    [Fact]
    public void A_program_that_is_not_known_makes_no_database()
    {
        Put("/usr/bin/systemd-hwdb", "systemd of another world");
        Put("/usr/lib/udev/hwdb.d/a.hwdb", "usb:v1*\n A=1\n");
        Assert.Equal(0, Run("systemd-hwdb update"));
        Assert.Null(_tree.Find(HardwareDatabaseBuilder.MachinePath));
        Assert.Equal("NI3411", Assert.Single(_report).Code);
    }

    [Fact]
    public void Patterns_that_each_go_one_letter_further_do_no_harm()
    {
        Put("/usr/bin/systemd-hwdb", "systemd 252 (");
        Put("/usr/lib/udev/hwdb.d/a.hwdb", string.Concat(Enumerable.Range(1, 5000).Select(length => new string('a', length) + "\n")) + " A=1\n");
        Assert.Equal(0, Run("systemd-hwdb update"));
        Assert.True(_tree.Find(HardwareDatabaseBuilder.MachinePath)!.Inode.Content!.Length > 5000 * 72);
    }

    [Fact]
    public void A_text_that_another_ends_in_shares_its_place()
    {
        var strings = new HwdbStrings();
        Assert.Equal(0, strings.Add(""u8));
        var place = strings.Add("keyboard"u8);
        Assert.Equal(place + 3, strings.Add("board"u8));
        Assert.Equal(place, strings.Add("keyboard"u8));
        Assert.Equal(1 + "keyboard\0".Length, strings.Length);
        Assert.Equal("board"u8, strings[place + 3]);
    }

    private int Run(string script)
    {
        var machine = new ScriptletMachine(_tree, new AccountDatabase(_tree), 0);
        var status = new ShellInterpreter(machine, CommandCatalogue.Default).Run(ShellParser.Parse(script), [], new ShellStreams(new ShellInput(""), new TextSink(), new TextSink()));
        new SystemDatabaseUpdater(machine, new DirectContentFacts(), _report.Add).Update(TestContext.Current.CancellationToken);
        return status;
    }

    private void Put(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text), 0b111_101_101));
}
