using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Lints;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Tests.Support;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Passes;

/// <summary>The rules of the image, one by one.</summary>
public sealed class PassTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("nodeimage-test-");
    private readonly FileTree _tree = new();

    [Fact]
    public void The_root_gets_the_shape_of_a_bootable_image_and_keeps_it()
    {
        Put("/opt/app/a", "a");
        _tree.Link("/opt/app/b", _tree.Find("/opt/app/a")!);
        Put("/usr/local/bin/x", "x");
        Put("/boot/grub/grub.cfg", "cfg");
        Put("/tmp/junk", "junk");
        Put("/media/disk", "junk");
        var context = PassContexts.Of(_tree);
        new MachineFoldersPass().Apply(context);
        new TopLevelLayoutPass().Apply(context);
        Assert.Equal("var/opt", _tree.Find("/opt")!.Inode.LinkTarget);
        Assert.Equal(2, _tree.Find("/var/opt/app/a")!.HardLinks!.Count);
        Assert.NotNull(_tree.Resolve("/usr/local/bin/x"));
        Assert.NotNull(_tree.Find("/usr/lib/ostree-boot/grub/grub.cfg"));
        Assert.Empty(_tree.Find("/tmp")!.Children);
        Assert.Equal("run/media", _tree.Find("/media")!.Inode.LinkTarget);
        Assert.Equal("sysroot/ostree", _tree.Find("/ostree")!.Inode.LinkTarget);
        var stamp = _tree.Stamp;
        new MachineFoldersPass().Apply(context);
        new TopLevelLayoutPass().Apply(context);
        Assert.Equal(stamp, _tree.Stamp);
    }

    [Theory]
    [InlineData("/run/app/state", "NI4005")]
    [InlineData("/tmp/x", "NI4005")]
    [InlineData("/dev/x", "NI4005")]
    [InlineData("/media/x", "NI4005")]
    [InlineData("/etc/machine-id", "NI4008")]
    public void What_the_project_puts_where_the_machine_writes_is_told_of_and_not_removed(string path, string code)
    {
        Put(path, "of a package");
        var context = PassContexts.Of(_tree);
        new MachineFoldersPass().Apply(context);
        Assert.Null(_tree.Find(path));
        Put(path, "0123456789abcdef0123456789abcdef");
        new BootableImagePass().Apply(context);
        new TopLevelLayoutPass().Apply(context);
        var errors = Assert.Throws<DiagnosticException>(() => LintList.Check(context)).Diagnostics;
        Assert.Contains(errors, error => error.Code == code);
    }

    [Fact]
    public void A_file_with_the_name_of_a_whiteout_is_refused()
    {
        Put("/usr/share/.wh.removed", "");
        var error = Assert.Throws<DiagnosticException>(() => new ReservedNamesPass().Apply(PassContexts.Of(_tree)));
        Assert.Equal("NI3509", error.Diagnostic.Code);
    }

    [Fact]
    public void What_is_in_var_is_told_to_tmpfiles_and_files_move_to_the_factory()
    {
        _tree.Put("/var/lib/svc", Inode.Directory(488) with { Owner = FileOwner.Named("svc", "svc"), Origin = "svc-1.0-1.noarch" });
        _tree.Put("/var/lib/with space", Inode.Directory());
        _tree.Put("/var/lib/it's", Inode.Directory());
        _tree.Put("/var/link", Inode.SymbolicLink("../100%"));
        Put("/var/lib/data", "data");
        Put("/usr/lib/tmpfiles.d/known.conf", "d /var/known 0755 root root -\n");
        _tree.Put("/var/known", Inode.Directory());
        new VarContentPass().Apply(PassContexts.Of(_tree));
        Assert.Equal("d /var/lib/svc 0750 svc svc - -\n", Text("/usr/lib/tmpfiles.d/pkg-svc.conf"));
        Assert.Equal(
            ["d /var/lib 0755 root root - -", "C /var/lib/data 0644 root root - -", "d \"/var/lib/it's\" 0755 root root - -", "d \"/var/lib/with space\" 0755 root root - -", "L /var/link - - - - ../100%%"],
            Text("/usr/lib/tmpfiles.d/nodeimage-test.conf").TrimEnd('\n').Split('\n'));
        Assert.Equal("data", Text("/usr/share/factory/var/lib/data"));
        Assert.Null(_tree.Find("/var/lib/data"));
    }

    [Fact]
    public void Tmpfiles_lines_are_understood_by_systemd()
    {
        var tmpfiles = Peer.Require("systemd-tmpfiles");
        Assert.SkipUnless(Environment.UserName == "root", "systemd-tmpfiles --root needs root");
        Put("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        Put("/etc/group", "root:x:0:\n");
        foreach (var name in (string[])["plain", "with space", "it's", "quo\"te", "per%cent", "back\\slash", "tab\there"])
        {
            _tree.Put($"/var/{name}", Inode.Directory(448));
        }

        new VarContentPass().Apply(PassContexts.Of(_tree));
        var expected = _tree.Find("/var")!.Children.Select(node => node.Name).ToList();
        using var disk = new DiskTree(_tree, node => !ImagePath.IsWithin(node.Path, "/var"));
        var (status, output) = Peer.Run(tmpfiles, "--root", disk.Root, "--create", "--prefix=/var");
        Assert.True(status == 0, output);
        DiskTree.AssertSame(expected, [.. Directory.EnumerateDirectories(disk.PathOf("/var")).Select(Path.GetFileName).Cast<string>()], output);
    }

    [Fact]
    public void Overlays_are_laid_over_and_obstacles_have_a_code()
    {
        _tree.Put("/usr/lib", Inode.Directory(448));
        _tree.Put("/lib", Inode.SymbolicLink("usr/lib"));
        Put("/file", "");
        File.WriteAllText(Path.Combine(_project.FullName, "conf"), "content");
        Overlay(Entry("/lib", FileType.Directory), Entry("/lib/sub/conf", FileType.Regular), new OverlayEntry("/lib/l", FileType.SymbolicLink, 511) { LinkTarget = "conf", Owner = "7", Group = "svc" });
        Assert.Equal("content", Text("/usr/lib/sub/conf"));
        Assert.Equal(448, _tree.Find("/usr/lib")!.Inode.Mode);
        Assert.Equal((7u, "svc"), (_tree.Find("/usr/lib/l")!.Inode.Owner.Uid, _tree.Find("/usr/lib/l")!.Inode.Owner.GroupName));
        Assert.Equal("NI3501", Code(() => Overlay(Entry("/file/x", FileType.Regular))));
        Assert.Equal("NI3501", Code(() => Overlay(Entry("/usr/lib", FileType.Regular))));
    }

    [Fact]
    public void Declared_accounts_are_made_and_contradictions_have_codes()
    {
        Put("/etc/passwd", "root:x:0:0::/root:/bin/sh\nsvc:x:990:990::/:/bin/sh\n");
        Put("/etc/group", "root:x:0:\nsvc:x:990:\n");
        var accounts = Declare(new UserDefinition("a", 400, null, null, null), new UserDefinition("b", null, "svc", "/srv", "/bin/sh"), new UserDefinition("svc", 990, null, null, null));
        Assert.Equal(["a:x:400:400::/:/usr/sbin/nologin", "b:x:999:990::/srv:/bin/sh"], accounts.Users.Skip(2).Select(user => user.ToString()));
        Assert.Equal("NI3204", Code(() => Declare(new UserDefinition("c", 990, null, null, null))));
        Assert.Equal("NI3205", Code(() => Declare(new UserDefinition("svc", 5, null, null, null))));
        Assert.Equal("NI3203", Code(() => Declare(new UserDefinition("c", null, "nogroup", null, null))));
        Assert.Equal("NI3203", Code(() => new DeclaredMembersPass().Apply(PassContexts.Of(_tree, definition: PassContexts.Definition() with { Members = [new MembershipDefinition("svc", "none")] }))));
    }

    [Fact]
    public void Memberships_are_carried_out_in_every_file_that_has_the_group()
    {
        Put("/etc/nsswitch.conf", "passwd: files altfiles\ngroup: files altfiles\n");
        Put("/etc/group", "wheel:x:10:\n");
        Put("/usr/lib/group", "wheel:x:10:\ninput:x:104:other\n");
        var accounts = new AccountDatabase(_tree);
        accounts.RequestMembership("a", "wheel");
        accounts.RequestMembership("a", "input");
        var context = PassContexts.Of(_tree, accounts);
        new MembershipPass().Apply(context);
        new WriteAccountsPass().Apply(context);
        Assert.Equal(("wheel:x:10:a\n", "wheel:x:10:a\ninput:x:104:other,a\n"), (Text("/etc/group"), Text("/usr/lib/group")));
    }

    [Fact]
    public void Owners_get_their_numbers_and_unknown_ones_a_code()
    {
        Put("/etc/passwd", "svc:x:990:991::/:/bin/sh\n");
        Put("/etc/group", "svc:x:991:\n");
        _tree.Put("/a", Inode.Directory() with { Owner = FileOwner.Named("svc", "svc") });
        _tree.Put("/b", Inode.Directory() with { Owner = FileOwner.Named("root", "svc") });
        new ResolveOwnersPass().Apply(PassContexts.Of(_tree));
        Assert.Equal((new FileOwner(990, 991), new FileOwner(0, 991)), (_tree.Find("/a")!.Inode.Owner, _tree.Find("/b")!.Inode.Owner));
        _tree.Put("/c", Inode.Directory() with { Owner = FileOwner.Named("nobodyhere", "svc") });
        Assert.Equal("NI3202", Code(() => new ResolveOwnersPass().Apply(PassContexts.Of(_tree))));
    }

    [Fact]
    public void Small_files_of_the_image_are_written_once()
    {
        Put("/usr/lib/os-release", "ID=rhel\nOSTREE_VERSION='old'\n");
        Put("/etc/machine-id", "1");
        var context = PassContexts.Of(_tree, definition: PassContexts.Definition() with { KernelArguments = ["quiet", "a=\"b'\""] });
        IComposePass[] passes = [new OSReleasePass(), new MachineFoldersPass(), new BootableImagePass(), new KernelArgumentsPass(), new RpmDatabaseLocationPass()];
        Array.ForEach(passes, pass => pass.Apply(context));
        Assert.Equal("ID=rhel\nOSTREE_VERSION='9.6.1'\nIMAGE_VERSION='9.6.1'\n", Text("/usr/lib/os-release"));
        Assert.Null(_tree.Find("/etc/machine-id"));
        Assert.StartsWith("kargs = [\"quiet\",", Text("/usr/lib/bootc/kargs.d/50-test.toml"), StringComparison.Ordinal);
        Assert.Equal("../../usr/share/rpm", _tree.Find("/var/lib/rpm")!.Inode.LinkTarget);
        var before = _tree.Walk().Select(node => (node.Path, node.Inode.Content?.Identity)).ToList();
        Array.ForEach(passes, pass => pass.Apply(context));
        Assert.Equal(before, _tree.Walk().Select(node => (node.Path, node.Inode.Content?.Identity)));
    }

    [Fact]
    public void Units_get_their_states_and_presets()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "a.service"), "[Install]\nWantedBy=multi-user.target\n");
        Put("/usr/lib/systemd/system/static.service", "[Service]\n");
        var unit = new UnitDefinition("a.service", Source("a.service"), UnitState.Enabled, UnitScope.System, null);
        var reported = new List<Diagnostic>();
        var definition = PassContexts.Definition() with { Units = [unit], UnitStates = [new UnitStateDefinition("static.service", UnitState.Enabled, UnitScope.System), new UnitStateDefinition("m.service", UnitState.Masked, UnitScope.System)] };
        new UnitPass().Apply(PassContexts.Of(_tree, definition: definition, projectFolder: _project.FullName, reported: reported));
        Assert.Contains(_tree.Walk(), node => node.Path.EndsWith("multi-user.target.wants/a.service", StringComparison.Ordinal));
        Assert.Equal("/dev/null", _tree.Find("/etc/systemd/system/m.service")!.Inode.LinkTarget);
        Assert.Equal("enable a.service\nenable static.service\n", Text("/usr/lib/systemd/system-preset/40-nodeimage-test.preset"));
        Assert.Equal("NI3503", Assert.Single(reported).Descriptor.Code);
        var missing = PassContexts.Definition() with { UnitStates = [new UnitStateDefinition("stat.service", UnitState.Disabled, UnitScope.System)] };
        Assert.Equal("NI3502", Code(() => new UnitPass().Apply(PassContexts.Of(_tree, definition: missing))));
    }

    [Fact]
    public void A_post_process_script_without_a_sandbox_has_a_code()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "s"), "true");
        var definition = PassContexts.Definition() with { PostProcessScripts = [new ScriptDefinition(Source("s"), "/bin/sh")] };
        Assert.Equal("NI3505", Code(() => new PostProcessPass(new NoSandbox("none")).Apply(PassContexts.Of(_tree, definition: definition, projectFolder: _project.FullName))));
    }

    [Theory]
    [InlineData("%n|%N|%p|%i|%j|%%|%%n|%q|%", "a-b@c.service", "a-b@c.service|a-b@c|a-b|c|b|%|%n|%q|%")]
    [InlineData("%i%p", "x.target", "x")]
    [InlineData("%i|%p|%N", "no-suffix", "|no-suffix|no-suffix")]
    [InlineData("%i|%p|%N", "a.b@c", "c|a.b|a.b@c")]
    public void Specifiers_of_units_are_expanded_once(string text, string unit, string expanded) => Assert.Equal(expanded, UnitName.ExpandSpecifiers(text, unit));

    [Theory]
    [InlineData("rhel9.6", "rhel", 9, 6)]
    [InlineData("c9s", "centos-stream", 9, null)]
    [InlineData("rhel9", null, 0, null)]
    [InlineData("rhel9.6\n", null, 0, null)]
    [InlineData("rhel9999999999.6", null, 0, null)]
    [InlineData("", null, 0, null)]
    public void Names_of_releases_are_read(string alias, string? family, int major, int? minor)
    {
        Assert.Equal(family is not null, OSRelease.TryParse(alias, out var release));
        Assert.Equal((family, major, minor), (release?.Family, release?.Major ?? 0, release?.Minor));
    }

    [Fact]
    public void A_definition_is_read_as_it_was_written()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "f"), "x");
        var definition = PassContexts.Definition() with
        {
            Overlays = [new OverlayDefinition(new OverlayItem("Overlay", "x"), [Entry("/etc/f", FileType.Regular)])],
            Users = [new UserDefinition("a", 5, "g", "/h", "/s")],
            Packages = [new PackageRequest("bash")],
        };
        var bytes = DefinitionJson.Write(definition);
        Assert.Equal(bytes, DefinitionJson.Write(DefinitionJson.Read(bytes)));
    }

    [Fact]
    public void A_folder_is_scanned_as_it_is_with_links_as_links()
    {
        var folder = _project.CreateSubdirectory("overlay");
        folder.CreateSubdirectory("etc/.hidden/empty");
        File.WriteAllText(Path.Combine(folder.FullName, "etc/f"), "x");
        File.WriteAllText(Path.Combine(_project.FullName, "f"), "x");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "etc/l"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "etc/d"), "/");
        var entries = OverlayScanner.ScanFolder(folder.FullName, _project.FullName, new OverlayOptions("/"));
        Assert.Equal(["/etc", "/etc/.hidden", "/etc/.hidden/empty", "/etc/d", "/etc/f", "/etc/l"], entries.Select(entry => entry.Path));
        Assert.Equal("/etc/passwd", entries[^1].LinkTarget);
    }

    public void Dispose() => _project.Delete(recursive: true);

    private AccountDatabase Declare(params UserDefinition[] users)
    {
        var context = PassContexts.Of(_tree, definition: PassContexts.Definition() with { Users = [.. users] });
        new DeclaredAccountsPass().Apply(context);
        return context.Accounts;
    }

    private SourceFile Source(string name) => SourceFiles.Describe(name, _project.FullName)!;

    private OverlayEntry Entry(string path, FileType type) =>
        new(path, type, type == FileType.Directory ? 493 : 420) { File = type == FileType.Regular ? SourceFiles.Describe(File.Exists(Path.Combine(_project.FullName, "conf")) ? "conf" : "f", _project.FullName) ?? Touch() : null };

    private SourceFile Touch()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "f"), "");
        return Source("f");
    }

    private void Overlay(params OverlayEntry[] entries) => new OverlayPass().Apply(PassContexts.Of(
        _tree,
        definition: PassContexts.Definition() with { Overlays = [new OverlayDefinition(new OverlayItem("Overlay", "x"), [.. entries])] },
        projectFolder: _project.FullName));

    private void Put(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text)));

    private string Text(string path) => _tree.Find(path)!.Inode.Content!.ReadText();

    private static string Code(Action action) => Assert.Throws<DiagnosticException>(action).Diagnostic.Descriptor.Code;
}
