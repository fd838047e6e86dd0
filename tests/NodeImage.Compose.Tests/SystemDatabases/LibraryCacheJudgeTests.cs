using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.LibraryCache;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class LibraryCacheJudgeTests
{
    private static readonly string[] Libraries =
    [
        "liba.so", "liba.so.1", "liba.so.1.2", "liba.so.1.10", "libb.so", "libb.so.2", "libB.so.3", "lib\u00e4.so.1", "ld-linux-x86-64.so.2", "ld-linux.so.2", "ld.so.1",
        "liba.so.1;5f0a", "libb.so.2.#prelink#", "libb.so.2.dpkg-new", "b.so.1", "lib1", "tls", "haswell", "x86_64", "glibc-hwcaps",
    ];

    private static readonly string[] Folders =
    [
        "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/opt/lib", "/opt/lib/haswell", "/opt/lib/haswell/tls",
        "/opt/lib/glibc-hwcaps/x86-64-v2", "/usr/lib64/glibc-hwcaps/x86-64-v3", "/usr/lib64/glibc-hwcaps/.hidden",
    ];

    [Fact]
    public void The_cache_of_the_fixture_is_what_its_own_ldconfig_writes()
    {
        var tree = Fixture.Tree();
        Judge(tree, "/sbin/ldconfig");
        Assert.True(tree.Find(LibraryCacheBuilder.CachePath)!.Inode.Content!.Length > 10_000);
    }

    [Fact]
    public void Links_that_are_missing_are_made_as_the_fixtures_own_ldconfig_makes_them()
    {
        var tree = Fixture.Tree();
        foreach (var link in FileTree.Walk(tree.Find("/usr/lib")!).Where(node => node.Inode.IsSymbolicLink && node.Name.Contains(".so.", StringComparison.Ordinal)).ToList())
        {
            tree.Remove(link);
        }

        Judge(tree, "/sbin/ldconfig");
    }

    [Fact]
    public void Any_tree_of_libraries_is_cached_and_linked_as_this_machines_ldconfig_does()
    {
        var program = File.ReadAllBytes(Peer.Require("ldconfig"));
        Assert.SkipUnless(LdconfigProgram.Inspect(program) is { IsKnown: true, Machine: 62 }, "this machine's ldconfig is not glibc's for x86-64");
        Prop.ForAll(Trees().ToArbitrary(), tree =>
        {
            tree.Put("/usr/sbin/ldconfig", Inode.Regular(FileContent.Of(program), 0b111_101_101));
            Judge(tree, "/usr/sbin/ldconfig");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static void Judge(FileTree tree, string program)
    {
        using var disk = new DiskTree(tree, IsRelevant);
        var (status, output) = Peer.Run(disk.PathOf(program), "-v", "-r", disk.Root);
        Assert.True(status == 0, output);
        if (output.Contains("have same soname but different type", StringComparison.Ordinal))
        {
            // What the tool does then depends on the order in which the file system lists the two.
            return;
        }

        new LibraryCacheBuilder(tree, new DirectContentFacts(), 0, _ => { }).Run(TestContext.Current.CancellationToken);
        foreach (var folder in new[] { "/usr", "/opt" })
        {
            DiskTree.AssertSame(disk.Links(folder), DiskTree.Links(tree, folder, IsRelevant), output);
        }

        var expected = File.ReadAllBytes(disk.PathOf(LibraryCacheBuilder.CachePath));
        var actual = tree.Find(LibraryCacheBuilder.CachePath)!.Inode.Content!.ReadAllBytes();
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            var lines = Print(disk, program);
            File.WriteAllBytes(disk.PathOf(LibraryCacheBuilder.CachePath), actual);
            DiskTree.AssertSame(lines, Print(disk, program), output);
            Assert.Equal(expected, actual);
        }
    }

    private static string[] Print(DiskTree disk, string program) => Peer.Run(disk.PathOf(program), "-p", "-r", disk.Root).Output.Split('\n');

    private static Gen<FileTree> Trees() =>
        from lines in Gen.Elements("", "/opt/lib\n", " /opt/lib/ # x\n/usr/local/lib\n", "/opt/lib=libc5\n", "include /etc/ld.so.conf.d/*.conf\nhwcap 1 x\n/opt/lib\n", "include ld.so.conf.d/[ab]*\n/none\n")
        from files in Gen.ListOf(LibraryFile())
        select Tree(lines, files);

    private static FileTree Tree(string configuration, IEnumerable<(string Path, Inode Inode)> files)
    {
        var tree = new FileTree();
        tree.Put("/etc/ld.so.conf", Inode.Regular(FileContent.Of(configuration)));
        tree.Put("/etc/ld.so.conf.d/b.conf", Inode.Regular(FileContent.Of("/usr/lib64\n/opt/lib\n")));
        tree.Put("/etc/ld.so.conf.d/a.conf", Inode.Regular(FileContent.Of("/usr/local/lib")));
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/lib64", Inode.SymbolicLink("usr/lib64"));
        foreach (var (path, inode) in files)
        {
            if (tree.Find(path) is null && !Enumerable.Range(0, path.Length).Any(i => path[i] == '/' && i > 0 && tree.Find(path[..i]) is { Inode.IsDirectory: false }))
            {
                tree.Put(path, inode);
            }
        }

        return tree;
    }

    // No two names that are folders to look into lead to one folder: which of them counts is up to the file system.
    private static Gen<(string Path, Inode Inode)> LibraryFile() =>
        from folder in Gen.Elements(Folders)
        from name in Gen.Elements(Libraries)
        from inode in Gen.Frequency(
            (4, LibraryContent()),
            (2, Gen.Elements(Libraries).Select(Inode.SymbolicLink)),
            (1, from other in Gen.Elements(Folders) from target in Gen.Elements(Libraries) select Inode.SymbolicLink($"{other}/{target}")),
            (1, Gen.Elements(Folders).Select(Inode.SymbolicLink)),
            (1, Gen.Elements("GROUP ( x )", "text").Select(text => Inode.Regular(FileContent.Of(text.PadRight(70))))))
        where !inode.IsSymbolicLink || name.Contains(".so", StringComparison.Ordinal)
        select ($"{folder}/{name}", inode);

    private static Gen<Inode> LibraryContent() =>
        from soname in Gen.Elements<string?>([null, .. Libraries])
        from machine in Gen.Elements((62, true), (62, false), (3, false), (183, true), (3, true))
        from needed in Gen.Elements<string[]>([], ["libc.so.6"], ["libx.so", "libm.so.6"])
        from interpreter in Gen.Elements(null, "/lib64/ld-linux-x86-64.so.2", "/other")
        from isa in Gen.Elements<uint?>(null, 1, 3, 8)
        from kernel in Gen.Elements<uint[]?>(null, [3, 2, 0])
        from type in Gen.Frequency((9, Gen.Constant(3)), (1, Gen.Constant(2)))
        from bigEndian in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Inode.Regular(FileContent.Of(new TinyLibrary
        {
            Soname = soname,
            Machine = (ushort)machine.Item1,
            Is64 = machine.Item2,
            Needed = needed,
            Interpreter = interpreter,
            IsaNeeded = isa,
            Kernel = kernel,
            Type = (ushort)type,
            IsBigEndian = bigEndian,
        }.Write()));

    private static bool IsRelevant(FileNode node) =>
        node.Path is "/sbin" or "/lib" or "/lib64" or "/usr/sbin/ldconfig"
        || node.Path.StartsWith("/etc/ld.so", StringComparison.Ordinal)
        || (node.Path.Contains("/lib", StringComparison.Ordinal) && (node.Path.Contains(".so", StringComparison.Ordinal) || node.Inode.IsSymbolicLink || node.Inode.Content is { Length: < 10_000, Archive: null }));
}
