using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Extensions;

/// <summary>The rules of rpm-ostree's extensions.yaml hold for OSExtension items, and what breaks them is told at the item.</summary>
public sealed class ExtensionRulesTests(ExtensionRulesTests.Projects projects) : IClassFixture<ExtensionRulesTests.Projects>
{
    private ScratchProject Project => projects.Project;

    [Fact]
    public void Packages_match_the_version_of_one_of_the_node()
    {
        Write("matching", """<OSExtension Include="kernel-modules" Packages="kernel-modules" MatchBaseEvr="kernel-core" />""");
        Restore("matching").Succeeded();
        var version = Locked("base", "kernel-core");
        Assert.Equal(version, Locked("matching", "kernel-modules"));

        Write("mismatched", """<OSExtension Include="sysstat" Packages="sysstat" MatchBaseEvr="kernel-core" />""");
        Refused("mismatched", "NI2202", "sysstat");
        Write("unmatched", """<OSExtension Include="x" Packages="sysstat" MatchBaseEvr="kernel-cor" />""");
        Refused("unmatched", "NI1312", "Did you mean 'kernel-core'?");
    }

    [Fact]
    public void What_nodes_have_is_refused_wherever_they_have_it_from()
    {
        Project.WriteLayered("node", """<RpmPackage Include="tree" />""");
        Write("again", """<OSExtension Include="x" Packages="tree" />""", node: "node");
        Refused("again", "NI1311", "has tree-");
        Write("below", """<OSExtension Include="x" Packages="bash" />""", node: "node");
        Refused("below", "NI1311", "has bash-");
        Write("not-again", """<OSExtension Include="x" Packages="tree" />""");
        Restore("not-again").Succeeded();
    }

    [Fact]
    public void What_nodes_have_is_not_brought_again_and_what_is_missing_is()
    {
        Project.WriteLayered("curl-node", """<RpmPackage Include="curl" />""");
        Write("over-base", """<OSExtension Include="git" Packages="git-core" />""");
        Write("over-node", """<OSExtension Include="git" Packages="git-core" />""", node: "curl-node");
        Restore("over-base").Succeeded();
        Restore("over-node").Succeeded();
        var (wide, narrow) = (LockedNames("over-base"), LockedNames("over-node"));
        Assert.Contains("git-core", narrow);
        Assert.ProperSuperset(narrow.ToHashSet(), wide.ToHashSet());
        Assert.Empty(narrow.Intersect(LockedNames("curl-node")));
        Assert.Empty(wide.Intersect(LockedNames("base")));
    }

    [Fact]
    public void What_is_for_development_comes_alone_even_if_nodes_have_it()
    {
        Write("development", """<OSExtension Include="kernel" Kind="development" Packages="kernel;kernel-core" MatchBaseEvr="kernel-core" />""");
        Project.Build("development").Succeeded();
        Assert.Equal(["kernel", "kernel-core"], LockedNames("development"));
        Write("nothing", """<OSExtension Include="kernel" Kind="Development" Packages="kernle" />""");
        Refused("nothing", "NI2201", "Did you mean 'kernel'?");
    }

    [Fact]
    public void What_is_for_other_architectures_counts_for_nothing()
    {
        Write("foreign", """
            <RpmRepository Include="nowhere" BaseUrl="../no-such-folder" GpgCheck="false" />
                <OSExtension Include="kernel-64k" Packages="kernel-64k" Architectures="aarch64" Repositories="nowhere" />
                <OSExtension Include="tree" Packages="tree" Kind="os-extension" />
            """);
        Restore("foreign").Succeeded();
        Assert.Equal(["tree"], LockedNames("foreign"));
    }

    [Fact]
    public void A_repository_of_one_extension_is_not_another_s()
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, "own"));
        repository.Build("own-tool", "Requires: own-part");
        repository.Build("own-part");
        repository.Build("tree", "Epoch: 9");
        repository.Index();
        const string Own = """<RpmRepository Include="own" BaseUrl="../own" GpgCheck="false" />""";
        Write("mine", $"""
            {Own}
                <OSExtension Include="mine" Packages="own-tool" Repositories="own" />
                <OSExtension Include="tree" Packages="tree" />
            """);
        Restore("mine").Succeeded();
        Assert.Equal(["own-part", "own-tool", "tree"], LockedNames("mine"));
        Assert.DoesNotContain("9:", Locked("mine", "tree"), StringComparison.Ordinal);

        Write("thine", $"""
            {Own}
                <OSExtension Include="mine" Packages="own-part" Repositories="own" />
                <OSExtension Include="thine" Packages="own-tool" />
            """);
        Refused("thine", "NI1314", "'own'");
        Write("unknown", """<OSExtension Include="x" Packages="tree" Repositories="onw" />""");
        Refused("unknown", "NI1304", "'fixture-base'");
    }

    [Fact]
    public void Extensions_that_contradict_each_other_are_both_named()
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, "quarrel"));
        repository.Build("left", "Conflicts: right");
        repository.Build("right");
        repository.Index();
        Write("quarrel-both", """
            <RpmRepository Include="quarrel" BaseUrl="../quarrel" GpgCheck="false" />
                <OSExtension Include="first" Packages="left" />
                <OSExtension Include="second" Packages="right" />
            """);
        var error = Refused("quarrel-both", "NI2206", "OSExtension 'first'");
        Assert.Contains("OSExtension 'second'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_change_a_package_of_the_node_is_refused()
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, "newer"));
        repository.Build("wants-newer", "Requires: bash >= 99");
        repository.Build("bash", "Epoch: 99");
        repository.Index();
        Write("changing", """
            <RpmRepository Include="newer" BaseUrl="../newer" GpgCheck="false" />
                <OSExtension Include="x" Packages="wants-newer" />
            """);
        Assert.Contains("MatchBaseEvr", Refused("changing", "NI1313", "bash"), StringComparison.Ordinal);
    }

    [Fact]
    public void Items_stand_where_they_belong()
    {
        Write("with-packages", """<RpmPackage Include="tree" />""");
        Refused("with-packages", "NI1302", "RpmPackage 'tree'");
        Project.WriteLayered("with-extensions", """<OSExtension Include="tree" Packages="tree" />""");
        Refused("with-extensions", "NI1301", "OSExtension 'tree'");
        Write("twice", """
            <OSExtension Include="tree" Packages="tree" />
                <OSExtension Include="tree" Packages="sysstat" />
            """);
        Refused("twice", "NI1306", "'tree'");
        Write("empty", """<OSExtension Include="tree" />""");
        Refused("empty", "NI1008", "Packages");
        Write("odd", """<OSExtension Include="tree" Packages="tree" Kind="Fancy" />""");
        Refused("odd", "NI1006", "OSExtension, Development");
        Project.WriteImage("alone", "Extensions", $"""
            {ScratchProject.BaseRepository}
                <OSExtension Include="tree" Packages="tree" />
            """);
        Refused("alone", "NI1303", "ProjectReference");
        Write("as-base", """<OSExtension Include="tree" Packages="tree" />""");
        Project.WriteImage("on-extensions", "Layered", $"""
            {ScratchProject.BaseRepository}
                <ProjectReference Include="../as-base/as-base.osproj" />
            """);
        Refused("on-extensions", "NI1305", "as-base.osproj");
    }

    [Fact]
    public void The_lock_is_kept_and_needs_no_repository()
    {
        Write("locked", """<OSExtension Include="tree" Packages="tree" />""");
        Project.Build("locked").Succeeded();
        var (lockFile, digest) = (File.ReadAllText(Project.LockFile("locked")), Project.Digest("locked"));
        Directory.Delete(Path.Combine(Project.Folder, "locked", "obj"), recursive: true);
        Directory.Delete(Path.Combine(Project.Folder, "locked", "bin"), recursive: true);
        Write("locked", """<OSExtension Include="tree" Packages="tree" />""", repository: ScratchProject.BaseRepository.Replace("$(FixtureFolder)base", "/no/such/folder", StringComparison.Ordinal));
        Project.Build("locked", "-p:RpmRestoreLockedMode=true").Succeeded();
        Assert.Equal((lockFile, digest), (File.ReadAllText(Project.LockFile("locked")), Project.Digest("locked")));

        Write("locked", """<OSExtension Include="tree" Packages="tree;sysstat" />""");
        Refused("locked", "NI2011", "Restore without locked mode", "-p:RpmRestoreLockedMode=true");
    }

    [Fact]
    public void The_same_extensions_are_the_same_image_wherever_they_are_made()
    {
        var digests = new[] { "here", "elsewhere" }.Select(name =>
        {
            var project = ScratchProject.MakeWithBase($"extensions-{name}");
            WriteTo(project, "extensions", """
                <OSExtension Include="tools" Packages="tree;sysstat" />
                    <OSExtension Include="kernel" Kind="Development" Packages="kernel-core" MatchBaseEvr="kernel-core" />
                """, "base", ScratchProject.BaseRepository);
            project.Build("extensions").Succeeded();
            return project.Digest("extensions");
        }).ToList();
        Assert.Equal(digests[0], digests[1]);
    }

    [Fact]
    public void The_node_can_be_an_image()
    {
        Project.Build("base").Succeeded();
        Project.WriteImage("of-image", "Extensions", $"""
            {ScratchProject.BaseRepository}
                <OSExtension Include="tree" Packages="tree" />
            """, $"<ContainerBaseImage>{Project.Layout("base")}</ContainerBaseImage>");
        Project.Build("of-image").Succeeded();
        Assert.Equal(["tree"], LockedNames("of-image"));
    }

    private static void WriteTo(ScratchProject project, string name, string items, string node, string repository) => project.WriteImage(name, "Extensions", $"""
        {repository}
            <ProjectReference Include="../{node}/{node}.osproj" />
            {items}
        """);

    private void Write(string name, string items, string node = "base", string repository = ScratchProject.BaseRepository) => WriteTo(Project, name, items, node, repository);

    private CommandResult Restore(string name) => Project.Run("restore", name, []);

    private string Refused(string name, string code, string part, params string[] arguments)
    {
        var result = Project.Run("restore", name, arguments);
        Assert.NotEqual(0, result.Status);
        var error = Assert.Single(BuildError.Parse(result.Output));
        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);

        // What is wrong with an item is shown at its line; what the project lacks has none.
        Assert.True(error.Line > 0 || code is "NI1303" or "NI2011", result.Output);
        return error.Message;
    }

    private List<string> LockedPackages(string name) =>
        [.. JsonNode.Parse(File.ReadAllBytes(Project.LockFile(name)))!["targets"]!["rhel9.6/x86_64"]!["packages"]!.AsArray().Select(package => (string)package!["nevra"]!)];

    private List<string> LockedNames(string name) => [.. LockedPackages(name).Select(nevra => nevra[..nevra.LastIndexOf('-', nevra.LastIndexOf('-') - 1)])];

    private string Locked(string name, string package) => LockedPackages(name).Single(nevra => nevra.StartsWith(package + "-", StringComparison.Ordinal) && LockedNames(name).Contains(package) && nevra.LastIndexOf('-', nevra.LastIndexOf('-') - 1) == package.Length)[(package.Length + 1)..];

    /// <summary>A small base that extensions are made for.</summary>
    public sealed class Projects
    {
        private readonly Lazy<ScratchProject> _project = new(() => ScratchProject.MakeWithBase("extension-rules"));

        internal ScratchProject Project => _project.Value;
    }
}
