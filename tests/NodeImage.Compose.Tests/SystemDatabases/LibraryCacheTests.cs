using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.SystemDatabases.Elf;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.LibraryCache;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class LibraryCacheTests
{
    private const string Generator = "ldconfig (GNU libc) stable release version ";
    private readonly List<Diagnostic> _report = [];

    [Fact]
    public void A_program_tells_its_folders_and_its_age()
    {
        var old = LdconfigProgram.Inspect(Program("2.34", "/lib64/\0/usr/lib64/\0", "%s: (hwcap: %#.16lx)\0, OS ABI: %s %d\0"));
        Assert.Equal(["/lib", "/lib64", "/libx32", "/usr/lib", "/usr/lib64", "/usr/libx32"], old.SystemFolders);
        Assert.True(old is { RecordsKernelVersions: true, HasLegacyFolders: true, SkipsPackageTemporaries: false, Generator: Generator + "2.34" });

        var young = LdconfigProgram.Inspect(Program("2.39", "/lib64/\0/usr/lib64/\0", "", machine: ElfConstants.MachinePowerPC64));
        Assert.Equal(["/lib", "/lib64", "/usr/lib", "/usr/lib64"], young.SystemFolders);
        Assert.True(young is { RecordsKernelVersions: false, HasLegacyFolders: false, SkipsPackageTemporaries: true });

        var debian = LdconfigProgram.Inspect(Program("2.36", "/lib/x86_64-linux-gnu/\0/usr/lib/x86_64-linux-gnu/\0/lib/\0/usr/lib/\0", ""));
        Assert.Equal(["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"], debian.SystemFolders);
    }

    [Fact]
    public void A_cache_for_s390x_has_its_numbers_the_other_way_round()
    {
        var tree = Tree(Program("2.34", "/lib64/\0/usr/lib64/\0", "", ElfConstants.MachineS390, isBigEndian: true));
        tree.Put("/usr/lib64/libx.so.1.2", Library(new TinyLibrary { Machine = ElfConstants.MachineS390, IsBigEndian = true, Soname = "libx.so.1" }));
        tree.Put("/usr/lib64/liby.so.1", Library(new TinyLibrary { Soname = "liby.so.1" }));
        var cache = Run(tree);
        Assert.Equal("glibc-ld.so.cache1.1"u8, cache.AsSpan(0, 20));
        Assert.Equal([0, 0, 0, 1], cache[20..24]);
        Assert.Equal(3, cache[28]);
        Assert.Equal([0, 0, 4, 3], cache[48..52]);
        Assert.Equal("libx.so.1.2", tree.Find("/usr/lib64/libx.so.1")!.Inode.LinkTarget);
    }

    [Fact]
    public void A_name_with_a_slash_makes_no_link_anywhere()
    {
        var tree = Tree(Program("2.34", "/lib64/\0/usr/lib64/\0", ""));
        tree.Put("/usr/lib64/libx.so", Library(new TinyLibrary { Soname = "../../etc/passwd" }));
        Run(tree);
        Assert.Null(tree.Find("/etc/passwd"));
        Assert.Equal("NI3412", Assert.Single(_report).Code);
    }

    [Fact]
    public void A_link_to_a_link_that_is_made_on_the_way_is_not_stale()
    {
        var tree = Tree(Program("2.34", "/lib64/\0/usr/lib64/\0", ""));
        tree.Put("/etc/ld.so.conf", Inode.Regular(FileContent.Of("/opt/x\n")));
        tree.Put("/opt/x/libx.so.1.2", Library(new TinyLibrary { Soname = "libx.so.1" }));
        tree.Put("/usr/lib64/libx.so.1", Inode.SymbolicLink("/opt/x/libx.so.1"));
        tree.Put("/usr/lib64/libgone.so.1", Inode.SymbolicLink("/opt/x/libgone.so.1"));
        Run(tree);
        Assert.NotNull(tree.Resolve("/usr/lib64/libx.so.1"));
        Assert.Null(tree.Find("/usr/lib64/libgone.so.1"));
    }

    [Fact]
    public void A_configuration_that_includes_itself_is_read_once()
    {
        var tree = Tree(Program("2.34", "/lib64/\0/usr/lib64/\0", ""));
        tree.Put("/etc/ld.so.conf", Inode.Regular(FileContent.Of("include /etc/ld.so.*\n/opt/x\n")));
        tree.Put("/opt/x/libx.so.1", Library(new TinyLibrary { Soname = "libx.so.1" }));
        Assert.Contains("/opt/x/libx.so.1", Encoding.Latin1.GetString(Run(tree)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_program_nothing_is_done_and_with_a_strange_one_it_is_said()
    {
        var tree = new FileTree();
        new LibraryCacheBuilder(tree, new DirectContentFacts(), 0, _report.Add).Run(TestContext.Current.CancellationToken);
        Assert.Empty(_report);
        tree.Put("/usr/sbin/ldconfig", Inode.Regular(FileContent.Of("#!/bin/true")));
        new LibraryCacheBuilder(tree, new DirectContentFacts(), 0, _report.Add).Run(TestContext.Current.CancellationToken);
        Assert.Equal("NI3411", Assert.Single(_report).Code);
        Assert.Null(tree.Find("/etc/ld.so.cache"));
    }

    [Theory]
    [InlineData("liba.so.1.10", "liba.so.1.9", 1)]
    [InlineData("liba.so.01", "liba.so.1", 0)]
    [InlineData("liba.so", "liba.so.1", -1)]
    [InlineData("lib1", "liba", 1)]
    [InlineData("", "", 0)]
    public void Names_are_compared_as_versions(string a, string b, int sign)
    {
        Assert.Equal(sign, Math.Sign(LibraryNames.Compare(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b), signed: true)));
        Assert.Equal(-sign, Math.Sign(LibraryNames.Compare(Encoding.UTF8.GetBytes(b), Encoding.UTF8.GetBytes(a), signed: true)));
    }

    [Fact]
    public void Every_text_of_a_table_stands_at_its_place_and_no_end_takes_room()
    {
        var text = Gen.ArrayOf(Gen.Elements('a', 'b', '/', '\u00e9')).Select(letters => new string(letters));
        Prop.ForAll(Gen.ArrayOf(text).ToArbitrary(), texts =>
        {
            var table = new SuffixTable(texts);
            foreach (var one in texts)
            {
                var bytes = Encoding.UTF8.GetBytes(one + '\0');
                Assert.Equal(bytes, table.Bytes.Slice((int)table.OffsetOf(one), bytes.Length));
            }

            var roots = texts.Distinct(StringComparer.Ordinal).Where(one => !texts.Any(other => other != one && other.EndsWith(one, StringComparison.Ordinal)));
            Assert.Equal(roots.Sum(one => Encoding.UTF8.GetByteCount(one) + 1), table.Bytes.Length);
        }).QuickCheckThrowOnFailure();
    }

    private byte[] Run(FileTree tree)
    {
        new LibraryCacheBuilder(tree, new DirectContentFacts(), 0, _report.Add).Run(TestContext.Current.CancellationToken);
        return tree.Find("/etc/ld.so.cache")!.Inode.Content!.ReadAllBytes();
    }

    private static FileTree Tree(byte[] program)
    {
        var tree = new FileTree();
        tree.Put("/lib64", Inode.SymbolicLink("usr/lib64"));
        tree.Put("/etc", Inode.Directory());
        tree.Put("/usr/lib64", Inode.Directory());
        tree.Put("/usr/sbin/ldconfig", Inode.Regular(FileContent.Of(program)));
        return tree;
    }

    private static Inode Library(TinyLibrary library) => Inode.Regular(FileContent.Of(library.Write()));

    private static byte[] Program(string version, string folders, string features, ushort machine = ElfConstants.MachineX8664, bool isBigEndian = false) =>
    [
        .. new TinyLibrary { Machine = machine, IsBigEndian = isBigEndian }.Write(),
        .. Encoding.ASCII.GetBytes($"\0/lib64/ld-linux-x86-64.so.2\0ldconfig [options]\0{Generator}{version}\0{folders}\0{features}\0"),
    ];
}
