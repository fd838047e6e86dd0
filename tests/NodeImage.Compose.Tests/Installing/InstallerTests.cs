using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Compose.Tests.Installing;

/// <summary>Packages that are put into a tree.</summary>
public sealed class InstallerTests
{
    private readonly FileTree _tree = new();
    private readonly List<Diagnostic> _reported = [];

    [Fact]
    public void Files_have_owners_modes_times_and_capabilities()
    {
        Install(Package("a", TestFile.Directory("/opt"), TestFile.Regular("/opt/f", "x") with { User = "svc", Mode = 0x89ed, Capabilities = "cap_net_raw,cap_net_admin=ep" }, TestFile.Link("/opt/l", "f")));
        var inode = _tree.Find("/opt/f")!.Inode;
        Assert.Equal((2541, "svc", null, 1_700_000_000L), (inode.Mode, inode.Owner.UserName, inode.Owner.GroupName, inode.ModificationTime));
        Assert.Equal("0100000200300000000000000000000000000000", Convert.ToHexString(inode.Xattrs["security.capability"].AsSpan()));
        Assert.Equal("x", inode.Content!.ReadText());
        Assert.Equal("f", _tree.Find("/opt/l")!.Inode.LinkTarget);
        Assert.Equal(0, _tree.Find("/opt")!.Inode.ModificationTime);
    }

    [Fact]
    public void Hard_links_are_one_file_also_where_one_of_them_is_left_out()
    {
        Install(Package("a", Linked("/usr/a"), Linked("/usr/b"), Linked("/usr/c") with { Flags = RpmFileFlags.Doc }));
        Assert.Equal(["/usr/a", "/usr/b"], _tree.Find("/usr/a")!.HardLinks!.Select(node => node.Path));
        Assert.Equal("linked", _tree.Find("/usr/b")!.Inode.Content!.ReadText());
        Assert.Null(_tree.Find("/usr/c"));

        static TestFile Linked(string path) => TestFile.Regular(path, "linked") with { Inode = 7 };
    }

    [Fact]
    public void A_ghost_is_not_made()
    {
        Install(Package("a", TestFile.Ghost("/var/log/x"), TestFile.Regular("/var/y", "")));
        Assert.Null(_tree.Find("/var/log"));
    }

    [Fact]
    public void Files_land_behind_links_to_folders_and_folders_leave_them()
    {
        _tree.Put("/usr/lib", Inode.Directory());
        _tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        Install(Package("a", TestFile.Directory("/lib"), TestFile.Regular("/lib/x/f", "x")));
        Assert.True(_tree.Find("/lib")!.Inode.IsSymbolicLink);
        Assert.NotNull(_tree.Find("/usr/lib/x/f"));
    }

    [Theory]
    [InlineData("one", "two", 0u, 0u, "conflict")]
    [InlineData("same", "same", 0u, 0u, "same")]
    [InlineData("small", "large", 1u, 2u, "large")]
    [InlineData("large", "small", 2u, 1u, "large")]
    [InlineData("one", "two", 2u, 2u, "conflict")]
    public void Two_packages_agree_on_a_file_or_differ_in_color_or_conflict(string first, string second, uint firstColor, uint secondColor, string outcome)
    {
        var packages = new[]
        {
            Package("a", TestFile.Regular("/usr/bin/x", first) with { Color = firstColor }),
            Package("b", TestFile.Regular("/usr/bin/x", second) with { Color = secondColor }),
        };
        Assert.Equal(outcome, Outcome(packages) ?? _tree.Find("/usr/bin/x")!.Inode.Content!.ReadText());
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_and_a_folder_in_the_place_of_a_file_are_conflicts()
    {
        Assert.Equal("conflict", Outcome(Package("a", TestFile.Directory("/x"), TestFile.Regular("/x/y", "")), Package("b", TestFile.Regular("/x", ""))));
        Assert.Equal("conflict", Outcome(Package("c", TestFile.Regular("/z", "")), Package("d", TestFile.Directory("/z"))));
        Assert.Equal("conflict", Outcome(Package("e", TestFile.Regular("/w", "")), Package("f", TestFile.Regular("/w/v", ""))));
    }

    [Theory]
    [InlineData("/usr/../../etc/x")]
    [InlineData("usr/x")]
    [InlineData("/loop/x")]
    public void An_impossible_path_has_a_code(string path)
    {
        _tree.Put("/loop", Inode.SymbolicLink("loop"));
        var e = Assert.Throws<DiagnosticException>(() => Install(Package("a", TestFile.Regular(path, ""))));
        Assert.StartsWith("NI", e.Diagnostic.Descriptor.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cap_nonsense=ep")]
    [InlineData("cap_net_raw=e")]
    [InlineData("cap_net_raw")]
    [InlineData("=ep cap_chown-e")]
    public void Impossible_capabilities_have_a_code(string text) =>
        Assert.Equal("NI3303", Assert.Throws<DiagnosticException>(() => Install(Package("a", TestFile.Regular("/x", "") with { Capabilities = text }))).Diagnostic.Descriptor.Code);

    [Theory]
    [InlineData("cap_net_raw=ep")]
    [InlineData("cap_setuid,cap_setgid+p")]
    [InlineData("= cap_chown+ei")]
    [InlineData("cap_bpf,cap_perfmon=p")]
    [InlineData("cap_net_bind_service=ip cap_net_raw+i")]
    public void Capabilities_are_what_setcap_makes_of_them(string text)
    {
        var setcap = Peer.Require("setcap");
        Assert.SkipUnless(Environment.UserName == "root", "setcap needs root");
        var path = Path.GetTempFileName();
        try
        {
            var (status, output) = Peer.Run(setcap, text, path);
            Assert.SkipUnless(status == 0, output);
            var expected = Peer.Run(Peer.Require("getfattr"), "-n", "security.capability", "-e", "hex", path).Output.Split("0x")[1].Split('\n')[0];
            Assert.True(FileCapabilities.TryEncode(text, out var attribute));
            Assert.Equal(expected, Convert.ToHexStringLower(attribute.Value.AsSpan()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(null, "old", "new", RpmFileFlags.Config, "new", ".rpmorig=old")]
    [InlineData(null, "old", "new", RpmFileFlags.Config | RpmFileFlags.NoReplace, "old", ".rpmnew=new")]
    [InlineData(null, "new", "new", RpmFileFlags.Config, "new", "")]
    [InlineData("old", "old", "new", RpmFileFlags.Config | RpmFileFlags.NoReplace, "new", "")]
    [InlineData("old", "changed", "new", RpmFileFlags.Config | RpmFileFlags.NoReplace, "changed", ".rpmnew=new")]
    [InlineData("old", "changed", "new", RpmFileFlags.Config, "new", ".rpmsave=changed")]
    [InlineData("old", "changed", "old", RpmFileFlags.Config, "changed", "")]
    [InlineData("old", "old", "new", RpmFileFlags.None, "new", "")]
    public void Settings_in_the_base_are_treated_as_rpm_treats_a_machines(string? before, string there, string now, RpmFileFlags flags, string kept, string aside)
    {
        _tree.Put("/etc/a.conf", Inode.Regular(FileContent.Of(there)));
        RpmPackageInfo[] present = before is null ? [] : [Package("a", TestFile.Regular("/etc/a.conf", before) with { Flags = flags }).Info];
        Install(present, [], Package("a", TestFile.Regular("/etc/a.conf", now) with { Flags = flags }));
        Assert.Equal(kept, _tree.Find("/etc/a.conf")!.Inode.Content!.ReadText());
        var others = _tree.Find("/etc")!.Children.Where(node => node.Name != "a.conf").Select(node => $"{node.Name["a.conf".Length..]}={node.Inode.Content!.ReadText()}");
        Assert.Equal(aside, string.Concat(others));
    }

    [Fact]
    public void An_update_takes_away_what_the_new_version_has_not_and_nothing_that_it_has_by_another_name()
    {
        _tree.Put("/usr/lib", Inode.Directory());
        _tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        var old = Package("a", TestFile.Directory("/opt/a"), TestFile.Regular("/opt/a/gone", "x"), TestFile.Regular("/lib/moved", "x"));
        Install(old);
        Install([old.Info], [old.Info], Package("a", TestFile.Regular("/usr/lib/moved", "new")));
        Assert.Equal("new", _tree.Find("/usr/lib/moved")!.Inode.Content!.ReadText());
        Assert.Null(_tree.Find("/opt/a"));
    }

    [Fact]
    public void Scriptlets_and_triggers_run_in_rpms_order()
    {
        _tree.Put("/usr/bin/touch", Inode.Regular(FileContent.Of(""), 493));
        _tree.Put("/log", Inode.Regular(FileContent.Of("")));
        var old = Scripted("a", "1", "old");
        var watcher = Package("watcher", header => header
            .AddArray(RpmTag.TriggerScripts, "echo trigger $1 $2 >> /log").AddArray(RpmTag.TriggerScriptProgram, "/bin/sh")
            .AddArray(RpmTag.TriggerName, "a").AddArray(RpmTag.TriggerVersion, "").AddInt32(RpmTag.TriggerFlags, (uint)DependencyFlags.TriggerInstall).AddInt32(RpmTag.TriggerIndex, 0));
        Install([old.Info, watcher.Info], [old.Info], Scripted("a", "2", "new"));
        Assert.Equal(
            ["new pretrans 2", "new pre 2", "new post 2", "trigger 1 2", "old preun 1", "old postun 1", "new posttrans 1"],
            _tree.Find("/log")!.Inode.Content!.ReadText().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Triggers_of_packages_that_come_and_go_run_when_rpm_runs_them()
    {
        _tree.Put("/log", Inode.Regular(FileContent.Of("")));
        var old = Scripted("a", "1", "old", TestFile.Regular("/opt/a", "x"));
        Install(old);
        _tree.Put("/log", Inode.Regular(FileContent.Of("")));
        var moments = new[] { ("prein", DependencyFlags.TriggerPreInstall), ("un", DependencyFlags.TriggerUninstall), ("postun", DependencyFlags.TriggerPostUninstall) };
        var watcher = Package("watcher", header => header
            .AddArray(RpmTag.TriggerScripts, [.. moments.Select(moment => $"echo trigger{moment.Item1} $1 $2 >> /log")])
            .AddArray(RpmTag.TriggerScriptProgram, "/bin/sh", "/bin/sh", "/bin/sh")
            .AddArray(RpmTag.TriggerName, "a", "a", "a").AddArray(RpmTag.TriggerVersion, "", "", "")
            .AddInt32(RpmTag.TriggerFlags, [.. moments.Select(moment => (uint)moment.Item2)]).AddInt32(RpmTag.TriggerIndex, 0, 1, 2)
            .AddArray(RpmTag.FileTriggerScripts, "echo fileun $(cat) >> /log", "echo filepostun >> /log")
            .AddArray(RpmTag.FileTriggerScriptProgram, "/bin/sh", "/bin/sh")
            .AddArray(RpmTag.FileTriggerName, "/opt", "/opt").AddArray(RpmTag.FileTriggerVersion, "", "")
            .AddInt32(RpmTag.FileTriggerFlags, (uint)DependencyFlags.TriggerUninstall, (uint)DependencyFlags.TriggerPostUninstall).AddInt32(RpmTag.FileTriggerIndex, 0, 1)
            .AddInt32(RpmTag.FileTriggerPriorities, 1_000_000, 5)
            .AddArray(RpmTag.TransFileTriggerScripts, "echo transun $(cat) >> /log", "echo transpostun >> /log")
            .AddArray(RpmTag.TransFileTriggerScriptProgram, "/bin/sh", "/bin/sh")
            .AddArray(RpmTag.TransFileTriggerName, "/opt", "/opt").AddArray(RpmTag.TransFileTriggerVersion, "", "")
            .AddInt32(RpmTag.TransFileTriggerFlags, (uint)DependencyFlags.TriggerUninstall, (uint)DependencyFlags.TriggerPostUninstall).AddInt32(RpmTag.TransFileTriggerIndex, 0, 1)
            .AddInt32(RpmTag.TransFileTriggerPriorities, 1_000_000, 1_000_000));
        _tree.Put("/usr/bin/cat", Inode.Regular(FileContent.Of(""), 493));
        Install([old.Info, watcher.Info], [old.Info], Scripted("a", "2", "new"));
        Assert.Equal(
            [
                "new pretrans 2", "transun /opt/a", "triggerprein 1 1", "new pre 2", "new post 2",
                "fileun /opt/a", "triggerun 1 1", "old preun 1", "old postun 1", "triggerpostun 1 1", "filepostun", "new posttrans 1", "transpostun",
            ],
            _tree.Find("/log")!.Inode.Content!.ReadText().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Null(_tree.Find("/opt/a"));
    }

    [Fact]
    public void Lua_is_carried_out_natively_also_where_a_sandbox_is_asked_for()
    {
        var machine = new ScriptletMachine(_tree, new AccountDatabase(_tree), 1_700_000_000);
        var runner = new ScriptletRunner(machine, CommandCatalogue.Default, new NoSandbox("there is none in tests"), ScriptletMode.Sandbox, _reported.Add);
        Assert.Equal(0, runner.Run(new ScriptletCall("a-1-1.noarch", "%pretrans", ["<lua>"], "posix.mkdir('/made')", ["1"])));
        Assert.NotNull(_tree.Find("/made"));
        Assert.Throws<DiagnosticException>(() => runner.Run(new ScriptletCall("a-1-1.noarch", "%post", ["/bin/sh"], "true", ["1"])));
    }

    [Fact]
    public void A_failing_pre_stops_and_a_failing_post_is_reported()
    {
        var failing = Package("a", header => header.Add(RpmTag.PreInstall, "echo why; exit 3").AddArray(RpmTag.PreInstallProgram, "/bin/sh"));
        Assert.Contains("why", Assert.Throws<DiagnosticException>(() => Install(failing)).Message, StringComparison.Ordinal);
        Install(Package("b", header => header.Add(RpmTag.PostInstall, "exit 3").AddArray(RpmTag.PostInstallProgram, "/bin/sh")));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(_reported).Descriptor.Severity);
    }

    [Fact]
    public void What_cannot_be_carried_out_is_refused_by_name_and_leaves_nothing()
    {
        _tree.Put("/usr/bin/unknown", Inode.Regular(FileContent.Of("\u007fELF"), 493));
        var package = Package("a", header => header.Add(RpmTag.PostInstall, "echo half > /made; unknown").AddArray(RpmTag.PostInstallProgram, "/bin/sh"));
        var e = Assert.Throws<DiagnosticException>(() => Install(package));
        Assert.Contains("unknown", e.Message, StringComparison.Ordinal);
        Assert.Null(_tree.Find("/made"));
    }

    private static InstallablePackage Scripted(string name, string version, string word, params TestFile[] files) => Make(new RpmBuilder
    {
        Files = files,
        Name = name,
        Version = version,
        Header = header =>
        {
            foreach (var (script, program, kind) in new[]
            {
                (RpmTag.PreTransaction, RpmTag.PreTransactionProgram, "pretrans"), (RpmTag.PreInstall, RpmTag.PreInstallProgram, "pre"), (RpmTag.PostInstall, RpmTag.PostInstallProgram, "post"),
                (RpmTag.PreUninstall, RpmTag.PreUninstallProgram, "preun"), (RpmTag.PostUninstall, RpmTag.PostUninstallProgram, "postun"), (RpmTag.PostTransaction, RpmTag.PostTransactionProgram, "posttrans"),
            })
            {
                header.Add(script, $"echo {word} {kind} $1 >> /log").AddArray(program, "/bin/sh");
            }
        },
    });

    private static InstallablePackage Package(string name, params TestFile[] files) => Make(new RpmBuilder { Name = name, Files = files });

    private static InstallablePackage Package(string name, Action<HeaderBuilder> header) => Make(new RpmBuilder { Name = name, Header = header });

    private static InstallablePackage Make(RpmBuilder builder)
    {
        var bytes = builder.Build();
        return new InstallablePackage(new PackageArchive(RpmPackageFile.Read(bytes, $"{builder.Name}.rpm"), Sha256Digest.Of(bytes)), null);
    }

    private string? Outcome(params InstallablePackage[] packages)
    {
        try
        {
            Install(packages);
            return null;
        }
        catch (DiagnosticException e) when (e.Diagnostic.Descriptor == InstallDiagnostics.FileConflict)
        {
            return "conflict";
        }
    }

    private void Install(params InstallablePackage[] packages) => Install([], [], packages);

    private void Install(RpmPackageInfo[] present, RpmPackageInfo[] remove, params InstallablePackage[] packages)
    {
        var machine = new ScriptletMachine(_tree, new AccountDatabase(_tree), 1_700_000_000);
        var runner = new ScriptletRunner(machine, CommandCatalogue.Default, new NoSandbox("there is none in tests"), ScriptletMode.Auto, _reported.Add);
        var owners = new BaseOwners(present, remove.Select(package => package.Nevra.ToString()).ToHashSet());
        new PackageTransaction(new PackageInstaller(_tree, new FileSelection(new PackageOptions()), owners), runner, _tree, present).Run(packages, remove, TestContext.Current.CancellationToken);
    }
}
