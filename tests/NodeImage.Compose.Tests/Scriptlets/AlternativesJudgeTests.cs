using FsCheck;
using FsCheck.Fluent;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Scriptlets;

public sealed class AlternativesJudgeTests
{
    private static readonly string[] Files = [.. Enumerable.Range(0, 5).Select(i => $"/usr/bin/tool{i}"), .. Enumerable.Range(0, 3).Select(i => $"/usr/share/man{i}")];
    private static readonly string[] Groups = ["editor", "mta"];
    private static readonly string[] Followers = ["vi", "view", "vi.1", "mailq"];
    private static readonly string[] Links = ["/usr/bin/vi", "/usr/bin/view", "/usr/share/vi.1", "/usr/bin/mailq"];

    [Fact]
    public void Any_calls_leave_what_dpkgs_program_leaves() => JudgeAll(Peer.Require("update-alternatives"), "update-alternatives", "/var/lib/dpkg/alternatives", hasFamilies: false);

    /// <summary>chkconfig's program, where the environment names one: Debian has no package of it.</summary>
    [Fact]
    public void Any_calls_leave_what_chkconfigs_program_leaves()
    {
        var program = Environment.GetEnvironmentVariable("NODEIMAGE_CHKCONFIG_ALTERNATIVES");
        Assert.SkipWhen(program is null, "NODEIMAGE_CHKCONFIG_ALTERNATIVES names no chkconfig's alternatives");
        JudgeAll(program, "alternatives", "/var/lib/alternatives", hasFamilies: true);
    }

    private static void JudgeAll(string program, string name, string records, bool hasFamilies) =>
        Prop.ForAll(Gen.ListOf(Step(hasFamilies)).ToArbitrary(), steps => Judge(program, name, records, [.. steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static void Judge(string program, string name, string records, List<string[]> steps)
    {
        var tree = Tree(File.ReadAllBytes(program), name, records);
        using var disk = new DiskTree(tree, _ => true);
        var machine = new ScriptletMachine(tree, new AccountDatabase(tree), 0);
        var history = "";
        foreach (var step in steps)
        {
            history += string.Join(' ', step) + "\n";
            switch (step)
            {
                case ["rm", var path]:
                    File.Delete(disk.PathOf(path));
                    tree.Remove(path);
                    continue;
                case ["ln", var target, var path]:
                    File.Delete(disk.PathOf(path));
                    File.CreateSymbolicLink(disk.PathOf(path), target);
                    tree.Put(path, Inode.SymbolicLink(target));
                    continue;
                case ["touch", var path]:
                    File.Delete(disk.PathOf(path));
                    File.WriteAllText(disk.PathOf(path), "");
                    tree.Put(path, Inode.Regular(FileContent.Of("")));
                    continue;
                default:
                    break;
            }

            var (status, output) = Peer.RunInside(disk, program, "/usr/sbin/" + name, step);
            var ours = Run(machine, "/usr/sbin/" + name, step);
            history += output;
            Assert.True(status == 0 == (ours == 0), $"status {status} {ours}\n{history}");
            DiskTree.AssertSame(disk.Links("/etc"), DiskTree.Links(tree, "/etc", _ => true), history);
            DiskTree.AssertSame(disk.Links("/usr"), DiskTree.Links(tree, "/usr", _ => true), history);
            DiskTree.AssertSame(
                [.. Directory.EnumerateFiles(disk.PathOf(records)).Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}")],
                [.. tree.Find(records)!.Children.Select(node => $"{node.Name}: {node.Inode.Content!.ReadText()}")],
                history);
        }
    }

    private static int Run(ScriptletMachine machine, string program, string[] arguments) => new ShellInterpreter(machine, CommandCatalogue.Default).Run(
        ShellParser.Parse(string.Join(' ', arguments.Select(argument => $"'{argument}'").Prepend(program))), [], new ShellStreams(new ShellInput(""), new TextSink(), new TextSink()));

    private static FileTree Tree(byte[] program, string name, string records)
    {
        var tree = new FileTree();
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/lib64", Inode.SymbolicLink("usr/lib64"));
        tree.Put("/usr/lib/.keep", Inode.Regular(FileContent.Of("")));
        tree.Put("/usr/lib64/.keep", Inode.Regular(FileContent.Of("")));
        tree.Put("/var/log/.keep", Inode.Regular(FileContent.Of("")));
        tree.Put("/usr/sbin/" + name, Inode.Regular(FileContent.Of(program), 0b111_101_101));
        tree.Put("/etc/alternatives/README", Inode.Regular(FileContent.Of("")));
        foreach (var file in Files)
        {
            tree.Put(file, Inode.Regular(FileContent.Of(file), 0b111_101_101));
        }

        tree.Put(records + "/.keep", Inode.Regular(FileContent.Of("")));
        return tree;
    }

    private static Gen<string[]> Step(bool hasFamilies) => Gen.Frequency(
        (10, Install(hasFamilies)),
        (3, from name in Gen.Elements(Groups) from file in Gen.Elements(Files) select (string[])["--remove", name, file]),
        (3, from name in Gen.Elements(Groups) from file in Gen.Elements(Files) select (string[])["--set", name, file]),
        (2, Gen.Elements(Groups).Select(name => (string[])["--auto", name])),
        (1, Gen.Elements(Groups).Select(name => (string[])["--remove-all", name])),
        (1, Gen.Elements(Files).Select(file => (string[])["rm", file])),
        (1, from file in Gen.Elements(Files) from name in Gen.Elements([.. Groups, .. Followers]) select (string[])["ln", file, "/etc/alternatives/" + name]),
        (1, from file in Gen.Elements(Files) from link in Gen.Elements(Links) select (string[])["ln", file, link]),
        (1, Gen.Elements(Links).Select(link => (string[])["touch", link])));

    private static Gen<string[]> Install(bool hasFamilies) =>
        from name in Gen.Frequency((9, Gen.Elements(Groups)), (1, Gen.Elements(Followers)))
        from moved in Gen.Frequency((9, Gen.Constant("")), (1, Gen.Constant(".new")))
        from file in Gen.Elements(Files)
        from priority in Gen.Choose(-3, 9)
        from followers in Gen.ListOf(Follower())
        from family in hasFamilies ? Gen.Elements<string[]>([], [], ["--family", "a"], ["--family", "b"]) : Gen.Constant<string[]>([])
        select (string[])
        [
            "--install", $"/usr/bin/{name}{moved}", name, file, priority.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. family,
            .. followers.DistinctBy(follower => follower[2]).DistinctBy(follower => follower[1]).Take(3).SelectMany(follower => follower),
        ];

    private static Gen<string[]> Follower() =>
        from index in Gen.Choose(0, Followers.Length - 1)
        from other in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Constant(1)))
        from file in Gen.Elements([.. Files, "/usr/bin/missing"])
        select (string[])["--slave", Links[(index + other) % Links.Length], Followers[index], file];
}
