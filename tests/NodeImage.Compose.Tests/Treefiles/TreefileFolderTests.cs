using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Tests.Support;
using NodeImage.Compose.Treefiles;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;
using NodeImage.Treefiles.Locking;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Compose.Tests.Treefiles;

/// <summary>A treefile's folder has all that it names, and what no treefile can say is told.</summary>
public sealed class TreefileFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodeimage-test-");

    private string Output => Path.Combine(_folder.FullName, "out");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_folder_stands_alone()
    {
        var definition = PassContexts.Definition() with
        {
            Packages = [new PackageRequest("bash"), new PackageRequest("foo >= 1"), new PackageRequest("cri-o", "1.34.1", "okd")],
            Repositories = [new RepositoryDefinition { Id = "okd", BaseUrl = "https://example.com/okd/", Keys = [Source("key.asc", "key")], Priority = 10, IncludePackages = ["cri-*", "conmon"] }],
            Overlays =
            [
                new OverlayDefinition(new OverlayItem("Overlay", "overlay"), [new OverlayEntry("/etc/secret", FileType.Regular, 384) { File = Source("secret", "s") }, new OverlayEntry("/etc/tool", FileType.Regular, 493) { File = Source("tool", "t") }, new OverlayEntry("/etc/z", FileType.SymbolicLink, 511) { LinkTarget = "secret" }]),
                new OverlayDefinition(new OverlayItem("Overlay", "motd"), [new OverlayEntry("/etc/motd", FileType.Regular, 420) { File = Source("motd", "hello") }]) { IsFile = true },
            ],
            Units = [new UnitDefinition("a.service", Source("a.service", "[Unit]\n"), UnitState.Enabled, UnitScope.System, null)],
            UnitStates = [new UnitStateDefinition("b.service", UnitState.Masked, UnitScope.System), new UnitStateDefinition("c.service", UnitState.Enabled, UnitScope.System)],
            Users = [new UserDefinition("svc", 990, null, "/var/lib/svc", null)],
            KernelArguments = ["quiet \"x\""],
            PostProcessScripts = [new ScriptDefinition(Source("p.sh", "#!/bin/sh\ntrue\n"), "/bin/sh"), new ScriptDefinition(Source("q.py", "print()\n"), "/usr/bin/python3")],
            Tree = new TreeSettings { Pins = new AccountPins { PasswdFile = Source("users", "root:x:0:0::/root:/bin/sh\n"), Groups = [new PinnedGroup("team", 5)] } },
        };
        var packages = new RpmLock { Request = "", Packages = [new LockedPackage("bash-5.1.8-9.el9.x86_64", "okd", "b.rpm", 1, "sha256:" + new string('a', 64), null), new LockedPackage("glibc-1:2-3.i686", "okd", "g.rpm", 1, "sha256:" + new string('b', 64), null), new LockedPackage("glibc-1:2-3.x86_64", "okd", "g.rpm", 1, "sha256:" + new string('c', 64), null)] };
        var reported = new List<Diagnostic>();
        var result = TreefileFolder.Write(definition, packages, new TreefileFolderOptions(_folder.FullName, Output) { SeenAs = "/srv/t", Report = reported.Add });
        var treefile = TreefileReader.Read(result.TreefilePath, new FolderTreefileSource(Output), new TreefileOptions("x86_64"));

        Assert.Equal(["bash", "foo >= 1"], treefile.Packages);
        Assert.Equal(["cri-o-1.34.1"], treefile.RepoPackages[0].Packages);
        Assert.Equal(["a.service", "c.service"], treefile.Texts("units"));
        Assert.Equal(["#!/bin/sh\ntrue\n", "#!/usr/bin/python3\nprint()\n"], treefile.Texts("postprocess"));
        Assert.Equal(["overlay/10-overlay", "overlay/90items"], treefile.Texts("ostree-layers"));
        Assert.Equal("=384 /etc/secret\n", Text("overlay.d/10-overlay/statoverride"));
        Assert.Equal("secret", new FileInfo(Path.Combine(Output, "overlay.d/10-overlay/etc/z")).LinkTarget);
        Assert.Equal("hello", Text(treefile.AddFiles[0].Source.Text));
        Assert.Equal("[okd]\nbaseurl=https://example.com/okd/\nenabled=1\ngpgcheck=1\ngpgkey=file:///srv/t/keys/okd.asc\nincludepkgs=cri-*,conmon\nname=okd\npriority=10\nrepo_gpgcheck=0\n", Text("nodeimage.repo"));
        Assert.Equal("key", Text("keys/okd.asc"));
        Assert.Equal("u svc 990 \"\" /var/lib/svc /usr/sbin/nologin\n", Text("overlay.d/90items/usr/lib/sysusers.d/40-nodeimage-test.conf"));
        Assert.Equal("enable a.service\n", Text("overlay.d/90items/usr/lib/systemd/system-preset/40-nodeimage-test.preset"));
        Assert.Equal("/dev/null", new FileInfo(Path.Combine(Output, "overlay.d/90items/etc/systemd/system/b.service")).LinkTarget);
        Assert.Equal("root:x:0:0::/root:/bin/sh\n", Text("passwd"));
        var locked = TreefileLockReader.Read(File.ReadAllBytes(result.LockPath!), result.LockPath!);
        Assert.Equal(("1:2-3", "x86_64", "sha256:" + new string('c', 64)), (locked.Packages["glibc"].Evr, locked.Packages["glibc"].Architecture, locked.Packages["glibc"].Digest));
        Assert.Equal(["NI1240"], reported.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void Keys_of_this_machine_come_along_and_others_stay_where_they_are()
    {
        Source("machine.asc", "machine");
        var repository = new RepositoryDefinition { Id = "r", BaseUrl = "https://example.com/", KeyAddresses = [new Uri(Path.Combine(_folder.FullName, "machine.asc")).AbsoluteUri, "https://example.com/key", "file:///etc/none"] };
        TreefileFolder.Write(PassContexts.Definition() with { Repositories = [repository] }, null, new TreefileFolderOptions(_folder.FullName, Output) { SeenAs = "/srv" });

        Assert.Contains("gpgkey=file:///srv/keys/r.asc https://example.com/key file:///etc/none\n", Text("nodeimage.repo"), StringComparison.Ordinal);
        Assert.Equal("machine", Text("keys/r.asc"));
    }

    [Fact]
    public void The_same_definition_gives_the_same_bytes()
    {
        var definition = PassContexts.Definition() with { Packages = [new PackageRequest("b"), new PackageRequest("a")], Repositories = [new RepositoryDefinition { Id = "r", BaseUrl = "file:///r" }] };
        TreefileFolder.Write(definition, null, new TreefileFolderOptions(_folder.FullName, Output));
        var first = Text("treefile.yaml") + Text("nodeimage.repo");
        File.WriteAllText(Path.Combine(Output, "stale"), "");
        TreefileFolder.Write(definition, null, new TreefileFolderOptions(_folder.FullName, Output));

        Assert.Equal(first, Text("treefile.yaml") + Text("nodeimage.repo"));
        Assert.False(File.Exists(Path.Combine(Output, "stale")));
    }

    [Fact]
    public void What_no_treefile_can_say_is_told_all_at_once_and_nothing_is_written()
    {
        var definition = PassContexts.Definition() with
        {
            Packages = [new PackageRequest("@core"), new PackageRequest("x.rpm") { File = Source("x.rpm", "") }],
            Overlays = [new OverlayDefinition(new OverlayItem("Overlay", "o"), [new OverlayEntry("/etc/a", FileType.Regular, 420) { File = Source("a", ""), Owner = "svc" }])],
            Tree = new TreeSettings { ExcludedPackages = ["perl*"] },
        };
        var e = Assert.Throws<DiagnosticException>(() => TreefileFolder.Write(definition, null, new TreefileFolderOptions(_folder.FullName, Output)));

        Assert.Equal(["@core", "x.rpm", "perl*", "o"], e.Diagnostics.Select(diagnostic => diagnostic.Subject!.Identity));
        Assert.All(e.Diagnostics, diagnostic => Assert.Equal("NI1237", diagnostic.Code));
        Assert.False(Directory.Exists(Output));
        Assert.Throws<DiagnosticException>(() => TreefileFolder.Describe(PassContexts.Definition() with { Kind = ImageKind.Layered, KernelArguments = ["quiet"] }, "/"));
    }

    [Theory]
    [InlineData("=384 /a\n+2048 /b\n\n", "a 384, b 2468")]
    [InlineData("=384 /none\n", null)]
    [InlineData("0600 a b\n=x /a\n", null)]
    [InlineData("=99999 /a\n", null)]
    [InlineData("=384 ../a\n", null)]
    public void Permissions_of_single_files_are_read(string text, string? expected)
    {
        var path = Source("statoverride", text) is var file ? Path.Combine(_folder.FullName, file.Path) : "";
        ImmutableArray<OverlayEntry> entries = [new OverlayEntry("/a", FileType.Regular, 420), new OverlayEntry("/b", FileType.Regular, 420), new OverlayEntry("/statoverride", FileType.Regular, 420)];
        if (expected is null)
        {
            Assert.Equal("NI1239", Assert.Throws<DiagnosticException>(() => StatOverride.Apply(entries, path, "/")).Diagnostic.Code);
            return;
        }

        Assert.Equal(expected, string.Join(", ", StatOverride.Apply(entries, path, "/").Select(entry => $"{entry.Path[1..]} {entry.Mode}")));
    }

    [Theory]
    [InlineData("boot-location", "modules", "modules", null)]
    [InlineData("boot-locaton", "modules", null, "NI1203")]
    [InlineData("packages", "bash", null, "NI1233")]
    [InlineData("include", "x", null, "NI1233")]
    [InlineData("override-remove", "x", null, "NI1215")]
    [InlineData("check-passwd", "{type: none}", "{type: none}", null)]
    [InlineData("check-passwd", "{type: file, filename: p}", null, "NI1233")]
    [InlineData("tmp-is-dir", "True", "true", null)]
    [InlineData("tmp-is-dir", "yes", null, "NI1204")]
    [InlineData("metadata", "{a: [1, 'b c']}", "{a: [1, 'b c']}", null)]
    public void Fields_without_items_are_held_against_the_table(string name, string text, string? value, string? code)
    {
        if (code is not null)
        {
            Assert.Equal(code, Assert.Throws<DiagnosticException>(() => FieldUses.Check(name, text)).Diagnostic.Code);
            return;
        }

        Assert.Equal(value, FieldUses.Check(name, text));
    }

    private SourceFile Source(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        return SourceFiles.Describe(name, _folder.FullName)!;
    }

    private string Text(string path) => File.ReadAllText(Path.Combine(Output, path));
}
