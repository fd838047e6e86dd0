using NodeImage.Compose.Accounts;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Support;

/// <summary>Carries out scripts over a tree in memory, and over the same tree on disk.</summary>
internal static class ScriptJudge
{
    private const long Time = 1_700_000_000;

    /// <summary>A small tree with a little of everything.</summary>
    public static FileTree Tree()
    {
        var tree = new FileTree();
        foreach (var folder in (ReadOnlySpan<string>)["/data/sub/deep", "/data/empty", "/root", "/home", "/var/tmp", "/etc/conf.d", "/opt/bin"])
        {
            tree.Put(folder, Inode.Directory());
        }

        tree.Put("/data/a.txt", Inode.Regular(FileContent.Of("alpha\nbeta\ngamma\n")));
        tree.Put("/data/b.txt", Inode.Regular(FileContent.Of("one two\n  three\nno end")));
        tree.Put("/data/c.conf", Inode.Regular(FileContent.Of("# comment\nKEY=value\nOTHER=\"x y\"\n"), 384));
        tree.Put("/data/.hidden", Inode.Regular(FileContent.Of("")));
        tree.Put("/data/with space", Inode.Regular(FileContent.Of("s\n")));
        tree.Put("/data/sub/f1", Inode.Regular(FileContent.Of("1"), 493));
        tree.Put("/data/sub/f2", Inode.Regular(FileContent.Of("22"), 2541));
        tree.Link("/data/sub/hard", tree.Find("/data/sub/f1")!);
        tree.Put("/data/sub/deep/d", Inode.Regular(FileContent.Of("deep\n")));
        tree.Put("/data/link", Inode.SymbolicLink("a.txt"));
        tree.Put("/data/dirlink", Inode.SymbolicLink("sub"));
        tree.Put("/data/dangling", Inode.SymbolicLink("nowhere"));
        tree.Put("/etc/passwd", Inode.Regular(FileContent.Of("root:x:0:0:root:/root:/bin/bash\nbin:x:1:1:bin:/bin:/usr/sbin/nologin\nsvc:x:990:990:a service:/var/lib/svc:/usr/sbin/nologin\n")));
        tree.Put("/etc/group", Inode.Regular(FileContent.Of("root:x:0:\nbin:x:1:\nwheel:x:10:bin\nusers:x:100:\nsvc:x:990:\n")));
        tree.Put("/etc/shadow", Inode.Regular(FileContent.Of("root:*:19000:0:99999:7:::\nbin:*:19000:0:99999:7:::\nsvc:!:19000::::::\n"), 0));
        tree.Put("/etc/gshadow", Inode.Regular(FileContent.Of("root:::\nbin:::\nwheel:::bin\nusers:::\nsvc:!::\n"), 0));
        tree.Put("/etc/login.defs", Inode.Regular(FileContent.Of("SYS_UID_MIN 201\nSYS_UID_MAX 999\nSYS_GID_MIN 201\nSYS_GID_MAX 999\nUID_MIN 1000\nUID_MAX 60000\nGID_MIN 1000\nGID_MAX 60000\nUSERGROUPS_ENAB yes\nCREATE_HOME no\n")));
        tree.Put("/etc/nsswitch.conf", Inode.Regular(FileContent.Of("passwd: files\ngroup: files\nshadow: files\n")));
        tree.Put("/opt/bin/script", Inode.Regular(FileContent.Of("#!/bin/sh\necho \"$0 $# $1 ${EXPORTED-none} ${LOCAL-none}\"\nexit 3\n"), 493));
        tree.Put("/opt/bin/grep", Inode.Regular(FileContent.Of("#!/bin/sh\necho another grep\n"), 493));
        foreach (var program in JudgeRoot.Programs)
        {
            tree.Put($"/usr/bin/{program}", Inode.Regular(FileContent.Of(""), 493));
        }

        tree.Put("/bin", Inode.SymbolicLink("usr/bin"));
        tree.Put("/dev", Inode.Directory());
        tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        tree.Put("/lib64", Inode.SymbolicLink("usr/lib64"));
        tree.Put("/sbin", Inode.SymbolicLink("usr/sbin"));
        tree.Put("/usr/sbin", Inode.SymbolicLink("bin"));
        return tree;
    }

    /// <summary>Carries out a script here.</summary>
    /// <exception cref="UnsupportedScriptException">It is not understood.</exception>
    public static JudgeRoot.Outcome Here(string script, IReadOnlyList<string>? arguments = null, bool isBash = false)
    {
        var tree = Tree();
        var machine = new ScriptletMachine(tree, new AccountDatabase(tree), Time);
        var output = new TextSink();
        var status = new ShellInterpreter(machine, CommandCatalogue.Default).Run(ShellParser.Parse(script), arguments ?? [], new ShellStreams(ShellInput.Empty, output, ShellSink.Nowhere), isBash);
        machine.Accounts.Write(Time);
        return new JudgeRoot.Outcome(status, output.ToString(), JudgeRoot.Describe(tree, owners: true));
    }

    /// <summary>Asserts that a script comes to the same here and in the system's own shell.</summary>
    public static void AssertSame(string script, params string[] arguments) => AssertSame(script, arguments, "/bin/sh");

    /// <summary>Asserts that a script comes to the same here and in a shell.</summary>
    public static void AssertSame(string script, string[] arguments, string shell)
    {
        var expected = JudgeRoot.Run(Tree(), script, arguments, shell);
        var actual = Here(script, arguments, shell.EndsWith("bash", StringComparison.Ordinal));
        Assert.True(expected.Status == actual.Status && expected.Output == actual.Output, $"expected status {expected.Status}:\n{expected.Output}\n{JudgeRoot.LastError}\nhere status {actual.Status}:\n{actual.Output}");
        DiskTree.AssertSame(expected.Tree, actual.Tree, JudgeRoot.LastError);
    }
}
