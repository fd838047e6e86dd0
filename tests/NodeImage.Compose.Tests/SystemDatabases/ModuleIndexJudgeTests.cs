using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.ModuleIndex;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.SystemDatabases;

public sealed class ModuleIndexJudgeTests
{
    [Fact]
    public void The_indexes_of_the_fixtures_kernel_are_what_depmod_writes()
    {
        var tree = Fixture.Tree();
        var depmod = RequireSameVersion(tree);
        var kernel = Assert.Single(tree.Find("/usr/lib/modules")!.Children).Name;
        Assert.Empty(Judge(tree, depmod, kernel));
        Assert.True(tree.Find($"/usr/lib/modules/{kernel}/modules.symbols.bin")!.Inode.Content!.Length > 100_000);
    }

    /// <summary>This machine's depmod, and more of other versions where the environment names some.</summary>
    public static TheoryData<string> Programs() => [.. $"depmod:{Environment.GetEnvironmentVariable("NODEIMAGE_DEPMODS")}".Split(':', StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Any_set_of_modules_is_indexed_as_depmod_does(string program)
    {
        var depmod = Path.IsPathRooted(program) ? program : Peer.Require(program);
        var bytes = File.ReadAllBytes(depmod);
        var extensions = KmodProgram.Inspect(bytes).Extensions.Where(extension => extension != ".ko.xz").ToArray();
        var circles = 0;
        Prop.ForAll(Trees(extensions).ToArbitrary(), tree =>
        {
            tree.Put("/usr/sbin/depmod", Inode.Regular(FileContent.Of(bytes), 0b111_101_101));
            circles += Judge(tree, depmod, Kernel).Any(diagnostic => diagnostic.Code == "NI3413") ? 1 : 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        Assert.InRange(circles, 1, 100);
    }

    private const string Kernel = "5.14.0-1.el9.x86_64";

    private static readonly string[] Names = ["a", "b", "c-d", "e_f", "ghi", "ghi2", "j", "k", "l", "m-n-o"];
    private static readonly string[] Symbols = [.. Enumerable.Range(0, 24).Select(i => $"symbol_{i}"), "x", "xy", "ab_c", ""];

    private static readonly string[] Information =
    [
        "alias=pci:v00001D0Fd0000*sv*", "alias=a-b", "alias=x[a-z]-y", "alias=bad]", "alias=bad[", "alias=devname:x/y", "alias=devname:z", "alias=char-major-10-229",
        "alias=block-major-7-5x", "alias=char-major-4-*", "alias=", "alias", "license=GPL", "softdep=pre: a post: b", "softdep=pre: c", "weakdep=d", "depends=a,b", "alias=fs-x", "alias=pci:v00001D0F",
    ];

    private static readonly string[] Configurations =
    [
        "", "search built-in updates\n", "# x\nsearch extra\n  updates\n", "search updates\\\n extra\n", "exclude skip extra\n", "nonsense\nsearch\n",
        "external * /opt/modules\n", "external 5.1[0-9].* /opt/modules\nsearch external built-in\n", "external [ /opt/modules\n", "external 4.* /opt/modules\n",
    ];

    private const string FullSearch = "search updates extra built-in weak-updates\noverride ghi * weak-updates\noverride a 5[.] kernel/x\noverride b 4 kernel\n";

    private static readonly string[] BuiltinTexts =
    [
        "usbcore.alias=usb:v*", "usb-core.alias=a-[b-c]", "usbcore.license=GPL", "nodot", "nodot=alias.x=y", "x.nokey", "x.alias=", "x.alias=]", "y.alias=fs-y", "usbcore.alias=usb:v0",
    ];

    private static Gen<FileTree> Trees(string[] extensions) =>
        from configuration in Gen.OneOf(Gen.Constant(FullSearch), Gen.Elements(Configurations))
        from modules in Gen.ListOf(Module(extensions))
        from listed in Gen.ListOf(Gen.Elements(Names))
        from cut in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from builtin in Gen.ListOf(Gen.Elements("kernel/x/usb-core.ko", "kernel/y.ko", "kernel/usbhid.ko", "1.ko", "nodot", "kernel/usb.ko.x"))
        from information in Gen.OneOf(Gen.Constant<List<string>?>(null), Gen.ListOf(Gen.Elements(BuiltinTexts)).Select(texts => (List<string>?)[.. texts]))
        select Tree(configuration, modules, string.Concat(listed.Select(name => $"kernel/x/{name}.ko\n")) + (cut ? "x" : ""), builtin, information);

    private static FileTree Tree(string configuration, IEnumerable<(string Folder, string Name, string Extension, byte[] Bytes)> modules, string order, IEnumerable<string> builtin, List<string>? information)
    {
        var tree = new FileTree();
        var folder = $"/usr/lib/modules/{Kernel}";
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/usr/lib/depmod.d/a.conf", Inode.Regular(FileContent.Of("search nowhere\n")));
        tree.Put("/etc/depmod.d/a.conf", Inode.Regular(FileContent.Of(configuration)));
        tree.Put($"{folder}/modules.order", Inode.Regular(FileContent.Of(order)));
        tree.Put($"{folder}/modules.builtin", Inode.Regular(FileContent.Of(string.Concat(builtin.Select(line => line + "\n")))));
        if (information is not null)
        {
            tree.Put($"{folder}/modules.builtin.modinfo", Inode.Regular(FileContent.Of(string.Concat(information.Select(text => text + "\0")))));
        }

        // Of two in places that count the same, the one stays that the file system lists first; so there are none.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, name, extension, bytes) in modules)
        {
            if (seen.Add(configuration == FullSearch ? place.Split('/')[0].Replace("skip", "kernel", StringComparison.Ordinal) + name : name))
            {
                tree.Put(place.StartsWith('/') ? $"{place}/{name}{extension}" : $"{folder}/{place}/{name}{extension}", Inode.Regular(FileContent.Of(bytes)));
            }
        }

        return tree;
    }

    private static Gen<(string Folder, string Name, string Extension, byte[] Bytes)> Module(string[] extensions) =>
        from folder in Gen.Frequency((5, Gen.Constant("kernel/x")), (2, Gen.Elements("updates", "extra", "weak-updates", "skip/x", "build", "/opt/modules")))
        from name in Gen.Elements(Names)
        from extension in Gen.Elements(extensions)
        from information in Gen.ListOf(Gen.Elements(Information))
        from exports in Gen.ListOf(Gen.Elements(Symbols))
        from needs in Gen.ListOf(Gen.Elements(Symbols)).Resize(2)
        from versions in Gen.ListOf(Gen.Elements(Symbols)).Resize(2)
        from is64 in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from isBigEndian in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from hasChecksums in Gen.Elements(true, false)
        let module = new TinyModule
        {
            Is64 = is64,
            IsBigEndian = isBigEndian,
            Information = [.. information],
            Exports = [.. exports.Where(symbol => symbol.Length > 0).Take(3)],
            HasChecksums = hasChecksums,
            Needs = [.. needs],
            Versions = [.. versions.Where(symbol => symbol.Length > 0)],
        }
        select (folder, name, extension, TinyModule.Compress(module.Write(), extension));

    private static List<Diagnostic> Judge(FileTree tree, string depmod, string kernel)
    {
        using var disk = new DiskTree(tree, node => node.Path is "/lib" || node.Path.Contains("depmod.d/", StringComparison.Ordinal) || node.Path.StartsWith("/opt/", StringComparison.Ordinal) || node.Path.StartsWith("/usr/lib/modules/", StringComparison.Ordinal));

        // Inside, for only modules are looked for below the folder that -b names; settings are not.
        var (status, output) = Peer.RunInside(disk, depmod, "/usr/sbin/depmod", "-a", kernel);

        var report = new List<Diagnostic>();
        new ModuleIndexBuilder(tree, new DirectContentFacts(), 0, report.Add).Run(kernel, TestContext.Current.CancellationToken);
        var folder = $"/usr/lib/modules/{kernel}";
        if (report.Any(diagnostic => diagnostic.Code == "NI3413"))
        {
            // The tool says so, unless it loses its way in the circles: then it aborts, or does not come to an end.
            Assert.True(status is 134 or 137 or 152 || (status != 0 && output.Contains("Cycle detected", StringComparison.Ordinal)), $"status {status}\n{output}");
            return report;
        }

        Assert.True(status == 0, $"status {status}\n{output}");
        var written = Directory.EnumerateFiles(disk.PathOf(folder), "modules.*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        DiskTree.AssertSame(written, [.. tree.Find(folder)!.Children.Where(node => node.Inode.IsRegular && node.Name.StartsWith("modules.", StringComparison.Ordinal)).Select(node => node.Name)]);
        foreach (var name in written)
        {
            var expected = File.ReadAllBytes(disk.PathOf($"{folder}/{name}"));
            var actual = tree.Find($"{folder}/{name}")!.Inode.Content!.ReadAllBytes();
            output += string.Concat(tree.Walk().Where(node => !node.Inode.IsDirectory).Select(node => node.Path + "\n"));
            if (!expected.AsSpan().SequenceEqual(actual) && !name.EndsWith(".bin", StringComparison.Ordinal))
            {
                DiskTree.AssertSame(ByteText.Of(expected).Split('\n'), ByteText.Of(actual).Split('\n'), output);
            }

            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{name} differs.\n{output}");
        }

        return report;
    }

    // The fixture's own program needs the fixture's own libraries; this machine's serves where it is the same version.
    private static string RequireSameVersion(FileTree tree)
    {
        var depmod = Peer.Require("depmod");
        var ours = KmodProgram.Inspect(File.ReadAllBytes(depmod));
        var theirs = KmodProgram.Inspect(tree.Resolve("/sbin/depmod")!.Inode.Content!.ReadAllBytes());
        Assert.SkipUnless(ours == theirs with { Extensions = ours.Extensions }, $"this machine's kmod is {ours.Version}, the fixture's {theirs.Version}");
        return depmod;
    }
}
