using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.SystemDatabases;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.ModuleIndex;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class ModuleIndexTests
{
    private const string Folder = "/usr/lib/modules/5.14.0";

    private readonly List<Diagnostic> _report = [];

    [Fact]
    public void An_index_is_made_for_the_kernel_that_was_asked_for()
    {
        var machine = Machine("kmod version 28\0+ZSTD +XZ +ZLIB\0");
        machine.Tree.Put(Folder + "/kernel/b.ko", Module(new TinyModule { Exports = ["x"], Information = ["alias=fs-b"] }));
        machine.Tree.Put(Folder + "/kernel/a.ko", Module(new TinyModule { Needs = ["x"], Information = ["softdep=pre: b"] }));
        machine.RequestModuleIndex("5.14.0");
        machine.RequestModuleIndex("6.0.0");
        Update(machine);
        Assert.Equal(["kernel/a.ko: kernel/b.ko", "kernel/b.ko:", ""], Read(machine, "modules.dep").Split('\n').Order(StringComparer.Ordinal).OrderByDescending(line => line.Length));
        Assert.Contains("alias fs-b b\n", Read(machine, "modules.alias"), StringComparison.Ordinal);
        Assert.Contains("softdep a pre: b\n", Read(machine, "modules.softdep"), StringComparison.Ordinal);
        Assert.Contains("alias symbol:x b\n", Read(machine, "modules.symbols"), StringComparison.Ordinal);
        Assert.Equal(0xb007f457, BinaryPrimitives.ReadUInt32BigEndian(machine.Tree.Find(Folder + "/modules.dep.bin")!.Inode.Content!.ReadAllBytes()));
        Assert.Null(machine.Tree.Find("/usr/lib/modules/6.0.0"));
        Assert.Empty(_report);
    }

    [Fact]
    public void A_program_that_is_not_known_makes_no_index_but_one_warning()
    {
        var machine = Machine("busybox");
        machine.Tree.Put(Folder + "/kernel/b.ko", Module(new TinyModule()));
        machine.RequestModuleIndex("5.14.0");
        Update(machine);
        Assert.Null(machine.Tree.Find(Folder + "/modules.dep"));
        Assert.Equal("NI3411", Assert.Single(_report).Code);
    }

    [Fact]
    public void A_kernel_release_that_leads_elsewhere_is_passed_over()
    {
        var machine = Machine("kmod version 28\0");
        machine.Tree.Put("/etc/secret", Inode.Regular(FileContent.Of("x")));
        machine.RequestModuleIndex("../../../etc");
        machine.RequestModuleIndex("");
        Update(machine);
        Assert.Null(machine.Tree.Find("/etc/modules.dep"));
        Assert.Null(machine.Tree.Find("/usr/lib/modules/modules.dep"));
    }

    [Theory]
    [InlineData("gzip", ".ko.gz")]
    [InlineData("xz", ".ko.xz")]
    [InlineData("zstd", ".ko.zst")]
    public void A_compressed_module_tells_the_same_as_one_in_the_clear(string tool, string extension)
    {
        var program = Peer.Require(tool);
        var module = new TinyModule { Exports = ["x", "y"], Needs = ["z"], Information = ["alias=a", "softdep=pre: b"], HasChecksums = true }.Write();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, module);
            Assert.Equal(0, Peer.Run(program, "-k", path).Status);
            Assert.Equal(Serialize(Learn(module)), Serialize(Learn(File.ReadAllBytes(path + extension[3..]))));
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + extension[3..]);
        }
    }

    [Fact]
    public void A_fact_is_read_back_as_it_was_written()
    {
        var fact = Learn(new TinyModule { Exports = ["x", "y"], Needs = ["z"], Information = ["alias=\u00e4", "alias=b", "softdep=pre: b", "weakdep=c"] }.Write());
        Assert.Equal(["\u00e4", "b"], fact.Aliases);
        var written = Serialize(fact);
        Assert.Equal(written, Serialize(new ModuleFactReader().Read(new BinaryReader(new MemoryStream(written)))));
    }

    [Fact]
    public void A_damaged_module_is_no_module_or_another_one_but_never_an_error()
    {
        var module = new TinyModule { Exports = ["x", "y"], Needs = ["z"], Versions = ["z"], Information = ["alias=a", "softdep=pre: b"], HasChecksums = true }.Write();
        Prop.ForAll(
            Gen.Choose(0, module.Length).ToArbitrary(),
            Gen.ListOf(from at in Gen.Choose(0, module.Length - 1) from value in Gen.Choose(0, 255) select (at, (byte)value)).ToArbitrary(),
            (length, changes) =>
            {
                var damaged = module.ToArray();
                foreach (var (at, value) in changes)
                {
                    damaged[at] = value;
                }

                Assert.NotNull(Learn(damaged));
                Assert.NotNull(Learn(damaged[..length]));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static ScriptletMachine Machine(string program)
    {
        var tree = new FileTree();
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/sbin", Inode.SymbolicLink("usr/sbin"));
        tree.Put("/usr/sbin/depmod", Inode.SymbolicLink("../bin/kmod"));
        tree.Put("/usr/bin/kmod", Inode.Regular(FileContent.Of("\u007fELF\u0002\u0001\0" + program + "\0")));
        tree.Put(Folder, Inode.Directory());
        return new ScriptletMachine(tree, new AccountDatabase(tree), 7);
    }

    private static Inode Module(TinyModule module) => Inode.Regular(FileContent.Of(module.Write()));

    private static ModuleFact Learn(byte[] bytes) => new ModuleFactReader().Read(new MemoryStream(bytes), bytes.Length);

    private static byte[] Serialize(ModuleFact fact)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        new ModuleFactReader().Write(writer, fact);
        writer.Flush();
        return stream.ToArray();
    }

    private static string Read(ScriptletMachine machine, string name) => Encoding.UTF8.GetString(machine.Tree.Find($"{Folder}/{name}")!.Inode.Content!.ReadAllBytes());

    private void Update(ScriptletMachine machine) => new SystemDatabaseUpdater(machine, new DirectContentFacts(), _report.Add).Update(TestContext.Current.CancellationToken);
}
