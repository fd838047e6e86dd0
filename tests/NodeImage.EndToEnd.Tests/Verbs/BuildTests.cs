using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet build</c> with the switches that other projects take.</summary>
public sealed class BuildTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Theory]
    [InlineData("-graph")]
    [InlineData("-mt")]
    [InlineData("-m")]
    [InlineData("-p:RestoreUseStaticGraphEvaluation=true")]
    public void Every_way_to_build_gives_the_same_image(string way)
    {
        var digests = (Project.Digest("base"), Project.Digest("node"));
        Forget();
        newcomer.Run("build", "node", way).Succeeded();
        Assert.Equal(digests, (Project.Digest("base"), Project.Digest("node")));
    }

    [Fact]
    public void Clean_removes_what_build_makes_and_keeps_the_lock()
    {
        var digest = Project.Digest("node");
        newcomer.Run("build", "base", "-t:EmitTreefile", "-p:ErrorLog=obj/build.sarif").Succeeded();
        newcomer.Run("build", "node", "-t:EmitContainerfile").Succeeded();
        Assert.Contains(Files("base/bin"), file => file.EndsWith("/treefile/treefile.yaml", StringComparison.Ordinal));
        Assert.Contains(Files("node/bin"), file => file.EndsWith("/containerfile/Containerfile", StringComparison.Ordinal));
        Assert.NotEmpty(Files("base/obj/errorlog"));

        newcomer.Run("clean", "base").Succeeded();
        newcomer.Run("clean", "node").Succeeded();
        Assert.Empty(Files("base/bin").Concat(Files("node/bin")));
        Assert.False(Directory.Exists(Path.Combine(Project.Folder, "base/obj/errorlog")));
        Assert.DoesNotContain(Files("node/obj"), file => Path.GetFileName(file).StartsWith("image-", StringComparison.Ordinal) || file.Contains("/programs/", StringComparison.Ordinal) || file.EndsWith(".dll", StringComparison.Ordinal));
        Assert.True(File.Exists(Project.LockFile("node")));

        newcomer.Run("build", "node").Succeeded();
        Assert.Equal(digest, Project.Digest("node"));
    }

    [Fact]
    public void References_are_left_alone_where_they_are_not_to_be_built()
    {
        var digests = (Project.Digest("base"), Project.Digest("node"));
        Project.Write("base/overlay/etc/later", "later\n");
        try
        {
            newcomer.Run("build", "node", "-p:BuildProjectReferences=false").Succeeded();
            Assert.Equal(digests, (Project.Digest("base"), Project.Digest("node")));
            newcomer.Run("build", "node").Succeeded();
            Assert.NotEqual(digests.Item1, Project.Digest("base"));
            Assert.NotEqual(digests.Item2, Project.Digest("node"));
        }
        finally
        {
            Directory.Delete(Path.Combine(Project.Folder, "base", "overlay"), recursive: true);
            newcomer.Run("build", "node").Succeeded();
        }

        Assert.Equal(digests, (Project.Digest("base"), Project.Digest("node")));
    }

    [Fact]
    public void A_binary_log_tells_what_was_done()
    {
        Forget();
        newcomer.Run("build", "node", "-bl:build.binlog").Succeeded();
        var replayed = newcomer.Run("msbuild", "build.binlog", "-v:normal").Succeeded();
        Assert.Contains("ComposeImage:", replayed, StringComparison.Ordinal);
        Assert.Contains("RestoreRpmPackages", newcomer.Run("msbuild", "build.binlog", "-v:detailed").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_go_where_the_artifacts_path_says()
    {
        var artifacts = Path.Combine(Project.Folder, "out");
        newcomer.Run("build", "node", "--artifacts-path", artifacts).Succeeded();
        var layout = Assert.Single(Directory.GetDirectories(Path.Combine(artifacts, "bin", "node"), "image", SearchOption.AllDirectories));
        Assert.Equal(Project.Digest("node"), new LayoutReader(layout).ManifestDigest);
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(artifacts, "bin", "base"), "image", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_output_folder_that_several_images_share_keeps_them_apart()
    {
        var output = Path.Combine(Project.Folder, "shared");
        newcomer.Run("build", "node", "-o", output).Succeeded();
        foreach (var name in (string[])["base", "node"])
        {
            var described = JsonNode.Parse(File.ReadAllText(Path.Combine(output, $"{name}.osimage")))!;
            var layout = Path.Combine(output, (string)described["layout"]!);
            Assert.Equal(Path.Combine(output, name, "image"), layout);
            Assert.Equal(Project.Digest(name), new LayoutReader(layout).ManifestDigest);
            Assert.Equal(Project.Digest(name), (string?)described["digest"]);
            Assert.True(File.Exists(Path.Combine(output, name, "meta.json")));
        }
    }

    [Fact]
    public void Properties_and_items_can_be_asked_for()
    {
        var asked = JsonNode.Parse(newcomer.Run("msbuild", "node", "-getProperty:OSImageKind", "-getProperty:OSImageLayoutFolder", "-getItem:RpmPackage", "-getItem:SystemdUnit").Succeeded())!;
        Assert.Equal("Layered", (string?)asked["Properties"]!["OSImageKind"]);
        Assert.Equal(Project.Layout("node") + "/", (string?)asked["Properties"]!["OSImageLayoutFolder"]);
        Assert.Equal("hostname", (string?)asked["Items"]!["RpmPackage"]!.AsArray().Single()!["Identity"]);
        Assert.Equal("Enabled", (string?)asked["Items"]!["SystemdUnit"]!.AsArray().Single()!["State"]);
    }

    [Fact]
    public void A_misspelt_name_is_warned_of_at_its_line()
    {
        using var fresh = new FreshCopy(Project);
        Newcomer.WriteNode(fresh.Project, """<SystemdUnit Update="units/own.service" Stat="Enabled" />""");
        var output = Newcomer.Run(fresh.Project, ["build", "node"], ("NODEIMAGE_CACHE", Project.CacheFolder)).Succeeded();
        Assert.Matches(@"node\.osproj\(\d+,\d+\): warning NI1018: 'Stat' is not metadata of SystemdUnit; did you mean 'State'\?", output);
    }

    [Fact]
    public void A_design_time_build_does_no_work_and_touches_no_network()
    {
        using var fresh = new FreshCopy(Project);
        var environment = ("NODEIMAGE_CACHE", (string?)Path.Combine(fresh.Project.Folder, "no-cache"));
        Newcomer.Run(
            fresh.Project,
            ["msbuild", "node", "-t:ResolveProjectReferencesDesignTime;CompileDesignTime;ResolvePackageDependenciesDesignTime", "-p:DesignTimeBuild=true", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:TestRepository=http://127.0.0.1:9/nowhere"],
            environment).Succeeded();
        Assert.False(Directory.Exists(Path.Combine(fresh.Project.Folder, "no-cache")));
        Assert.False(Directory.Exists(Path.Combine(fresh.Project.Folder, "node", "bin")));
        Assert.False(File.Exists(fresh.Project.LockFile("node")));
        Assert.Empty(Directory.GetFiles(Path.Combine(fresh.Project.Folder), "image-*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_Directory_Build_props_says_holds_for_images()
    {
        using var fresh = new FreshCopy(Project);
        var props = Path.Combine(fresh.Project.Folder, "Directory.Build.props");
        File.WriteAllText(props, File.ReadAllText(props).Replace("</Project>", """
              <ItemGroup>
                <ContainerLabel Include="com.example.everywhere" Value="yes" />
              </ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
        Newcomer.Run(fresh.Project, ["build", "node"], ("NODEIMAGE_CACHE", Project.CacheFolder)).Succeeded();
        foreach (var name in (string[])["base", "node"])
        {
            Assert.Equal("yes", (string?)new LayoutReader(fresh.Project.Layout(name)).Config["config"]!["Labels"]!["com.example.everywhere"]);
        }
    }

    private void Forget()
    {
        foreach (var folder in (string[])["base/bin", "base/obj", "node/bin", "node/obj"])
        {
            Directory.Delete(Path.Combine(Project.Folder, folder), recursive: true);
        }
    }

    private IEnumerable<string> Files(string folder) => Project.Snapshot(folder).Keys;

    /// <summary>The projects as they are before anything is built.</summary>
    private sealed class FreshCopy : IDisposable
    {
        public FreshCopy(ScratchProject built)
        {
            Project = Newcomer.Write();
            foreach (var name in (string[])["base", "node"])
            {
                File.Copy(built.ProjectFile(name), Project.ProjectFile(name), overwrite: true);
            }
        }

        public ScratchProject Project { get; }

        public void Dispose() => Directory.Delete(Project.Folder, recursive: true);
    }
}
