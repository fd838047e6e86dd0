using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Sandboxes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Sandboxes;

/// <summary>Commands that run in the image, and cannot leave it.</summary>
public sealed class SandboxTests : IDisposable
{
    private const string Machine = "x86_64";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("nodeimage-test-");
    private readonly FileTree _tree = new();
    private LinuxSandbox? _sandbox;
    private ScriptletMachine? _sandboxMachine;

    [Theory]
    [InlineData("builder:100000:65536", true)]
    [InlineData("1001:100000:65536", true)]
    [InlineData("10:100000:65536", false)]
    [InlineData("builders:100000:65536", false)]
    [InlineData("# builder", false)]
    public void Lent_numbers_are_found_by_name_and_by_number(string line, bool found) =>
        Assert.Equal(found, SandboxAvailability.LendsNumbers(line, new SandboxOptions("dotnet", "host.dll") { MachineArchitecture = Machine, UserName = "builder", UserId = "1001" }));

    [Fact]
    public void A_command_sees_the_tree_and_its_changes_are_taken_over()
    {
        Put("/etc/a", "a");
        Put("/etc/gone", "x");
        _tree.Put("/usr/folder", Inode.Directory(448) with { Owner = new FileOwner(5, 6) });
        var (status, output) = Run("cat /etc/a; cat >/etc/from-input; rm /etc/gone; mkdir -m 700 /srv; echo b > /srv/b; ln /srv/b /srv/c; ln -s b /srv/l; chown 7:8 /srv/b; chmod 4755 /srv/b; stat -c '%a %u:%g' /usr/folder; exit 3", "input");
        Assert.Equal((3, "a700 5:6\n"), (status, output));
        Assert.Equal("input", Text("/etc/from-input"));
        Assert.Null(_tree.Find("/etc/gone"));
        Assert.Equal((2541, new FileOwner(7, 8), 2), (_tree.Find("/srv/b")!.Inode.Mode, _tree.Find("/srv/b")!.Inode.Owner, _tree.Find("/srv/c")!.HardLinks!.Count));
        Assert.Equal("b", _tree.Find("/srv/l")!.Inode.LinkTarget);
        Assert.Equal("a", Text("/etc/a"));

        // What is changed here in between is seen there.
        Put("/etc/a", "changed");
        _tree.Remove("/srv");
        Assert.Equal("changedno\n", Run("cat /etc/a; test -e /srv || echo no").Output);
    }

    [Fact]
    public void Nothing_of_the_systems_mounts_stays_behind()
    {
        Run("echo x > /tmp/x; echo x > /run/x; echo x > /var/tmp/x; ls /dev/null /proc/self >/dev/null");
        foreach (var path in (string[])["/tmp/x", "/run/x", "/var/tmp/x", "/dev/null", "/var/tmp/rpm-tmp"])
        {
            Assert.Null(_tree.Find(path));
        }
    }

    [Theory]
    [InlineData("echo x > /proc/sys/kernel/domainname", "the kernel's settings")]
    [InlineData("echo h > /proc/sysrq-trigger", "the kernel's key")]
    [InlineData("mkdir /m && mount -t tmpfs none /m", "mounting")]
    [InlineData("mount -o remount,rw /proc", "mounting anew")]
    [InlineData("mknod /tmp/d b 8 0 && cat /tmp/d", "a disk in memory")]
    [InlineData("mknod /d c 1 3 && cat /d", "a device in the tree")]
    [InlineData("ls /proc/1/root/proc", "the outer process's root")]
    [InlineData("kill -9 1; cat /proc/1/environ | grep .", "the outer process")]
    [InlineData("chroot /proc/1/root true", "the outer process's root as a root")]
    [InlineData("unshare --mount true", "namespaces")]
    public void There_is_no_way_out(string script, string what) => Assert.True(Run(script).Status != 0, what);

    [Fact]
    public void A_chroot_within_the_root_leads_nowhere()
    {
        var marker = Path.Combine(_scratch.FullName, "outside");
        File.WriteAllText(marker, "outside");

        // The old trick: a root below the working folder leaves that folder outside of it.
        var (_, output) = Run($"mkdir -p /jail/usr; cp -a /usr/. /jail/usr/; ln -s usr/bin /jail/bin; ln -s usr/lib /jail/lib; ln -s usr/lib64 /jail/lib64; chroot /jail sh -c 'cd ../../../../../../../../..; ls .{marker}' 2>&1; ls {marker} ../../../../..{marker} 2>&1");
        Assert.DoesNotContain("\n" + marker + "\n", "\n" + output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n." + marker + "\n", "\n" + output, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_network() =>
        Assert.Equal("", Run("cat /proc/net/route | tail -n +2; cat /proc/net/dev | tail -n +3 | grep -v ' *lo:'").Output);

    [Fact]
    public void Links_of_the_tree_do_not_lead_the_sandbox_out_of_it()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_scratch.FullName, "outside")).FullName;
        Prepare();
        _tree.Remove("/var");
        _tree.Put("/var", Inode.SymbolicLink(outside));
        Assert.Throws<DiagnosticException>(() => Sandbox().Run(new SandboxCommand(["/bin/sh", "-c", "true"], "")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void A_program_that_is_not_there_has_a_shells_status()
    {
        Prepare();
        Assert.Equal(127, Sandbox().Run(new SandboxCommand(["/no/such/program"], "")).Status);
    }

    [Fact]
    public void What_runs_on_in_the_background_is_ended()
    {
        Assert.Equal("done\n", Run("(sleep 600; echo late > /late) & echo done").Output);
        Assert.Equal("", Run("ls /late 2>/dev/null").Output);
    }

    [Fact]
    public void A_scriptlet_that_is_not_understood_runs_in_the_sandbox_once()
    {
        Prepare();
        var sandbox = Sandbox();
        var machine = _sandboxMachine!;
        var runner = new ScriptletRunner(machine, CommandCatalogue.Default, sandbox, ScriptletMode.Auto, _ => { });
        Put("/log", "");
        var status = runner.Run(new ScriptletCall("a-1-1.noarch", "%post", ["/bin/sh"], "echo once >> /log; x=$((1+1)); echo $x $1 >> /log", ["2"]));
        Assert.Equal((0, "once\n2 2\n"), (status, Text("/log")));
        Assert.Single(runner.Sandboxed);
        Assert.Throws<DiagnosticException>(() => new ScriptletRunner(machine, CommandCatalogue.Default, Sandbox(), ScriptletMode.Declarative, _ => { })
            .Run(new ScriptletCall("a-1-1.noarch", "%post", ["/bin/sh"], "x=$((1+1))", [])));
    }

    [Fact]
    public void A_post_process_script_changes_the_image_and_a_failing_one_has_a_code()
    {
        Prepare();
        File.WriteAllText(Path.Combine(_scratch.FullName, "s"), "echo processed > /etc/processed; exit ${1-0}");
        File.WriteAllText(Path.Combine(_scratch.FullName, "f"), "echo because; exit 4");
        Apply("s");
        Assert.Equal("processed\n", Text("/etc/processed"));
        Assert.Contains("because", Assert.Throws<DiagnosticException>(() => Apply("f")).Message, StringComparison.Ordinal);

        void Apply(string name) => new PostProcessPass(Sandbox()).Apply(PassContexts.Of(
            _tree,
            definition: PassContexts.Definition() with { PostProcessScripts = [new ScriptDefinition(SourceFiles.Describe(name, _scratch.FullName)!, "/bin/sh")] },
            projectFolder: _scratch.FullName));
    }

    public void Dispose()
    {
        _sandbox?.Dispose();
        _scratch.Delete(recursive: true);
    }

    private (int Status, string Output) Run(string script, string input = "")
    {
        if (_sandbox is null)
        {
            Prepare();
        }

        var result = Sandbox().Run(new SandboxCommand(["/bin/sh", "-c", script], input));
        return (result.Status, result.Output);
    }

    // The machine's own programs stand in the tree.
    private void Prepare()
    {
        JudgeRoot.AddPrograms(_tree);
        foreach (var folder in (string[])["/etc", "/var/tmp", "/tmp", "/run", "/proc", "/dev", "/root"])
        {
            if (_tree.Find(folder) is null)
            {
                _tree.Put(folder, Inode.Directory());
            }
        }
    }

    private LinuxSandbox Sandbox()
    {
        if (_sandbox is null)
        {
            var options = new SandboxOptions(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Peer.Require("dotnet"), Path.Combine(AppContext.BaseDirectory, "NodeImage.Sandbox.dll"))
            {
                MachineArchitecture = Machine,
                IsRoot = Environment.UserName == "root",
                UserName = Environment.UserName,
            };
            _sandboxMachine = new ScriptletMachine(_tree, new AccountDatabase(_tree), 1_700_000_000);
            _sandbox = new LinuxSandbox(options, Machine, _sandboxMachine, () => { }, _scratch.FullName, TestContext.Current.CancellationToken);
            Assert.SkipWhen(_sandbox.Unavailable is not null, _sandbox.Unavailable ?? "");
        }

        return _sandbox;
    }

    private void Put(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text)));

    private string Text(string path) => _tree.Find(path)!.Inode.Content!.ReadText();
}
