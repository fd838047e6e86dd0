using System.Collections.Immutable;
using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Engines.Managed;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Locking;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Tests.Support;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Treefiles;

/// <summary>What treefiles can say of a tree is carried out by the managed engine, one thing by one.</summary>
public sealed class TreePassTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("nodeimage-test-");
    private readonly FileTree _tree = new();

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void The_default_target_is_a_link_in_usr_whatever_was_there()
    {
        Put("/usr/lib/systemd/system/multi-user.target", "[Unit]\n");
        _tree.Put("/usr/lib/systemd/system/default.target", Inode.SymbolicLink("graphical.target"));
        Apply(new DefaultTargetPass(), tree => tree with { DefaultTarget = "multi-user.target" });

        Assert.Equal("multi-user.target", _tree.Find("/usr/lib/systemd/system/default.target")!.Inode.LinkTarget);
        Assert.Equal("NI3502", Code(() => Apply(new DefaultTargetPass(), tree => tree with { DefaultTarget = "none.target" })));
    }

    [Fact]
    public void Paths_are_taken_away_after_folders_are_laid_and_before_single_files_are()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "f"), "x");
        var entry = new OverlayEntry("/usr/share/doc/kept", FileType.Regular, 420) { File = SourceFiles.Describe("f", _project.FullName) };
        var definition = PassContexts.Definition() with
        {
            Overlays = [new OverlayDefinition(new OverlayItem("Overlay", "folder"), [entry with { Path = "/usr/share/doc/gone" }]), new OverlayDefinition(new OverlayItem("Overlay", "f"), [entry]) { IsFile = true }],
            Tree = new TreeSettings { RemovedFiles = ["/usr/share/doc", "/usr/share/none"] },
        };
        Put("/usr/share/doc/package/README", "x");
        Put("/usr/lib/os-release", "ID=x\n");
        var context = PassContexts.Of(_tree, definition: definition, projectFolder: _project.FullName);
        foreach (var pass in PassList.Content)
        {
            pass.Apply(context);
        }

        Assert.Equal(["/usr/share/doc/kept"], _tree.Walk().Select(node => node.Path).Where(path => path.StartsWith("/usr/share/doc/", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_version_takes_the_place_of_the_releases_in_two_fields_only()
    {
        Put("/usr/lib/os-release", "NAME=\"X 9.6\"\nVERSION=\"9.6 (Plow)\"\nVERSION_ID=\"9.6\"\nPRETTY_NAME=\"X 9.6\"\n");
        Apply(new OSReleasePass(), tree => tree with { MutateOSRelease = "9.6" });

        Assert.Equal("NAME=\"X 9.6\"\nVERSION=\"9.6.1 (Plow)\"\nVERSION_ID=\"9.6\"\nPRETTY_NAME=\"X 9.6.1\"\nOSTREE_VERSION='9.6.1'\nIMAGE_VERSION='9.6.1'\n", _tree.Find("/usr/lib/os-release")!.Inode.Content!.ReadText());
    }

    [Fact]
    public void Groups_that_are_named_stay_in_etc_and_no_others_but_root()
    {
        Put("/etc/nsswitch.conf", "passwd: files altfiles\ngroup: files altfiles\n");
        var accounts = new AccountDatabase(_tree);
        foreach (var (name, gid) in new[] { ("root", 0u), ("wheel", 10u), ("docker", 990u) })
        {
            accounts.Add(new GroupAccount(name, gid, [], AccountPlace.Etc));
        }

        AccountPlacement.Apply(accounts, _ => false, ["docker"]);
        Assert.Equal(["root", "docker"], accounts.Groups.Where(group => group.Place == AccountPlace.Etc).Select(group => group.Name));
    }

    [Fact]
    public void Accounts_of_files_are_there_before_packages_and_must_be_there_in_the_end()
    {
        File.WriteAllText(Path.Combine(_project.FullName, "passwd"), "sshd:x:74:74:SSH:/var/empty:/sbin/nologin\ngone:x:75:75::/:/sbin/nologin\n");
        File.WriteAllText(Path.Combine(_project.FullName, "group"), "sshd:x:74:\n");
        var pins = new AccountPins { PasswdFile = SourceFiles.Describe("passwd", _project.FullName), GroupFile = SourceFiles.Describe("group", _project.FullName) };
        var context = Apply(new PinnedAccountsPass(), tree => tree with { Pins = pins });
        Assert.Equal([74u, 75u], context.Accounts.Users.Select(user => user.Uid));
        Assert.Equal(["sshd"], context.Accounts.Groups.Select(group => group.Name));
        new PinnedAccountsCheck().Apply(context);

        Assert.Equal("NI3206", Code(() => Apply(new PinnedAccountsCheck(), tree => tree with { Pins = pins })));
        Apply(new PinnedAccountsCheck(), tree => tree with { Pins = pins, Fields = Field("ignore-removed-users", "*").Add("ignore-removed-groups", "root;sshd") });
    }

    [Fact]
    public void Accounts_get_the_numbers_that_are_pinned_and_others_do_not()
    {
        var pins = new AccountPins { Users = [new PinnedUser("svc", 990, 991)], Groups = [new PinnedGroup("team", 999)] };
        var definition = PassContexts.Definition() with { Tree = new TreeSettings { Pins = pins }, Groups = [new GroupDefinition("other", null), new GroupDefinition("team", null)], Users = [new UserDefinition("svc", null, "team", null, null)] };
        var context = PassContexts.Of(_tree, definition: definition);
        new PinnedAccountsPass().Apply(context);
        new DeclaredAccountsPass().Apply(context);

        Assert.Equal([("other", 998u), ("team", 999u)], context.Accounts.Groups.Select(group => (group.Name, group.Gid)));
        Assert.Equal(990u, context.Accounts.FindUser("svc")!.Uid);
        new PinnedAccountsCheck().Apply(context);
        context.Accounts.Replace(context.Accounts.FindUser("svc")! with { Uid = 5 });
        Assert.Equal("NI3205", Code(() => new PinnedAccountsCheck().Apply(context)));
    }

    [Theory]
    [InlineData("container", "true", "NI1232")]
    [InlineData("ima", "true", "NI1232")]
    [InlineData("opt-usrlocal", "state-overlay", "NI1232")]
    [InlineData("opt-usrlocal", "var", null)]
    [InlineData("readonly-executables", "false", null)]
    [InlineData("boot-location", "new", null)]
    public void A_field_that_would_change_the_image_is_refused_and_one_that_would_not_is_told_of(string name, string value, string? code)
    {
        var reported = new List<Diagnostic>();
        void Run() => new FieldUsePass().Apply(PassContexts.Of(_tree, definition: PassContexts.Definition() with { Tree = new TreeSettings { Fields = Field(name, value) } }, reported: reported));
        if (code is not null)
        {
            Assert.Equal(code, Code(Run));
            return;
        }

        Run();
        Assert.Equal("NI1231", Assert.Single(reported).Code);
    }

    [Theory]
    [InlineData("9.6.1", "9.6.1")]
    [InlineData("40.<date:%Y%m%d>", "40.20231114.0")]
    [InlineData("40.<date:%Y%m%d>.dev", "40.20231114.dev.0")]
    [InlineData("40.<date:%y-%j>.0", "40.23-318.0")]
    public void A_version_is_made_of_its_prefix(string prefix, string version)
    {
        var definition = PassContexts.Definition() with { SourceDateEpoch = 1_700_000_000, Tree = new TreeSettings { VersionPrefix = prefix } };
        Assert.Equal(version, ImageVersion.Of(definition, new RpmLock { Request = "" }, null).Version);
        Assert.False(VersionPrefix.IsValid("<date:%Q>"));
    }

    [Theory]
    [InlineData("/usr/lib/systemd/.*", "/usr/lib/systemd/system/a.service", true)]
    [InlineData("systemd", "/usr/lib/systemd/system/a.service", true)]
    [InlineData("^/usr/bin/a$", "/usr/bin/ab", false)]
    [InlineData("/usr/(?!bin)", "/usr/lib", true)]
    public void An_expression_is_found_anywhere_in_a_path_unless_it_says_where(string pattern, string path, bool found) =>
        Assert.Equal(found, FilePattern.IsIn(FilePattern.Compile(pattern), path));

    [Fact]
    public void An_expression_that_takes_too_long_is_told_of() =>
        Assert.Equal("NI3304", Code(() => FilePattern.IsIn(FilePattern.Compile("(?=a)(a+)+$"), "/" + new string('a', 60) + "!")));

    private ComposeContext Apply(IComposePass pass, Func<TreeSettings, TreeSettings> change)
    {
        var context = PassContexts.Of(_tree, definition: PassContexts.Definition() with { Tree = change(new TreeSettings()) }, projectFolder: _project.FullName);
        pass.Apply(context);
        return context;
    }

    private static ImmutableSortedDictionary<string, string> Field(string name, string value) => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(name, value);

    private void Put(string path, string text) => _tree.Put(path, Inode.Regular(FileContent.Of(text)));

    private static string Code(Action action) => Assert.Throws<DiagnosticException>(action).Diagnostic.Code;
}
