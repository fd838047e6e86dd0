using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Metadata;

/// <summary>Images of every kind have the labels and files that the tools of CoreOS and OpenShift read.</summary>
public sealed class LabelTests(LabelTests.Images images) : IClassFixture<LabelTests.Images>
{
    private const string Names = """
        <Authors>Somebody</Authors>
        <OSName>rhcos</OSName>
        <ContainerDescription>RHEL CoreOS 9.6</ContainerDescription>
        """;

    private ScratchProject Project => images.Project;

    [Fact]
    public void A_base_has_those_of_a_base() => Assert.Equal(
        [
            "com.coreos.inputhash", "com.coreos.osname=rhcos", "com.coreos.stream=rhel-9.6", "containers.bootc=1",
            "org.opencontainers.artifact.created", "org.opencontainers.artifact.description=RHEL CoreOS 9.6", "org.opencontainers.image.authors=Somebody",
            "org.opencontainers.image.created", "org.opencontainers.image.description=RHEL CoreOS 9.6", "org.opencontainers.image.title=base",
            "org.opencontainers.image.version", "ostree.bootable=1",
        ],
        Listed("base"));

    [Fact]
    public void A_node_has_its_base_s_and_its_own()
    {
        Assert.Equal(
            [
                "architecture=amd64", "com.coreos.inputhash", "com.coreos.osname=rhcos", "com.coreos.stream=rhel-9.6", "containers.bootc=1",
                "cpe=cpe:/a:example:node:1", "io.openshift.build.version-display-names=machine-os=A node", "io.openshift.build.versions", "io.openshift.metalayer=true", "name=example/node",
                "org.opencontainers.artifact.created", "org.opencontainers.artifact.description=A node", "org.opencontainers.image.authors=Somebody",
                "org.opencontainers.image.base.digest", "org.opencontainers.image.created", "org.opencontainers.image.description=A node",
                "org.opencontainers.image.title=Node", "org.opencontainers.image.version", "ostree.bootable=1", "ostree.linux=true",
            ],
            Listed("node"));
        var (below, node) = (Labels("base"), Labels("node"));
        Assert.Equal(new LayoutReader(Project.Layout("base")).ManifestDigest, node["org.opencontainers.image.base.digest"]);
        Assert.Equal(below["org.opencontainers.image.version"], node["org.opencontainers.image.version"]);
        Assert.Equal($"machine-os={below["org.opencontainers.image.version"]}", node["io.openshift.build.versions"]);
        Assert.Equal(below["com.coreos.inputhash"], node["com.coreos.inputhash"]);
    }

    [Fact]
    public void Extensions_have_those_of_extensions() => Assert.Equal(
        [
            "io.openshift.os.extensions=true", "org.opencontainers.artifact.created", "org.opencontainers.image.authors=Somebody",
            "org.opencontainers.image.created", "org.opencontainers.image.description=extensions", "org.opencontainers.image.title=extensions", "org.opencontainers.image.version",
        ],
        Listed("extensions"));

    [Fact]
    public void Files_tell_scanners_what_labels_tell_others()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        new LayoutReader(Project.Layout("node")).ReadFiles((path, content) =>
        {
            if (path.StartsWith("/usr/share/buildinfo/", StringComparison.Ordinal))
            {
                files.Add(path, new StreamReader(content).ReadToEnd());
            }
        });
        Assert.Equal(["/usr/share/buildinfo/content_manifest.json", "/usr/share/buildinfo/labels.json"], files.Keys);
        Assert.Equal(
            $$"""
            {
              "architecture": "amd64",
              "cpe": "cpe:/a:example:node:1",
              "name": "example/node",
              "org.opencontainers.image.created": "{{Labels("node")["org.opencontainers.image.created"]}}"
            }

            """,
            files["/usr/share/buildinfo/labels.json"]);
        Assert.Equal(["one", "two"], JsonNode.Parse(files["/usr/share/buildinfo/content_manifest.json"])!["content_sets"]!.AsArray().Select(set => (string)set!));
    }

    [Fact]
    public void The_time_is_the_repository_s_or_the_one_that_is_given()
    {
        Assert.Equal((string)new LayoutReader(Project.Layout("base")).Config["created"]!, Labels("base")["org.opencontainers.image.created"]);
        Project.Run("build", "timed", [], new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = "1700000000" }).Succeeded();
        Assert.Equal("2023-11-14T22:13:20Z", Labels("timed")["org.opencontainers.image.created"]);
        Project.Build("timed", "-p:ContainerGenerateLabels=false").Succeeded();
        Assert.DoesNotContain("org.opencontainers.image.created", Labels("timed").Keys);
        Assert.DoesNotContain("org.opencontainers.image.authors", Labels("timed").Keys);
        Project.Build("timed", "-p:ContainerGenerateLabelsImageCreated=false").Succeeded();
        Assert.DoesNotContain("org.opencontainers.image.created", Labels("timed").Keys);
        Assert.Contains("org.opencontainers.image.authors", Labels("timed").Keys);
    }

    [Fact]
    public void Half_a_product_is_warned_of()
    {
        var output = Project.Build("timed", "-p:OSImageCpe=cpe:/a:example:node:1").Succeeded();
        Assert.Contains("warning NI1321", output, StringComparison.Ordinal);
        Assert.Contains("OSImageCatalogName", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_input_hash_is_what_a_script_makes_of_the_inputs()
    {
        Command.Require("python3", "rpm");
        var packages = Directory.GetFiles(Path.Combine(Project.CacheFolder, "rpm"), "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
        var locked = JsonNode.Parse(File.ReadAllBytes(Project.LockFile("base")))!["targets"]!["rhel9.6/x86_64"]!["packages"]!.AsArray().Select(package => ((string)package!["digest"]!)["sha256:".Length..]);
        var names = Command.Run("rpm", ["-qp", "--nosignature", "--nodigest", "--qf", "%{NEVRA}\n", .. locked.Select(digest => packages[digest])]).Lines();
        var script = Project.Write("inputhash.py", """
            import hashlib, os, sys
            h = hashlib.sha256()
            h.update("".join(sorted(open(sys.argv[1]).read().split())).encode())
            for folder in sys.argv[2:]:
                found = sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)
                for path in found:
                    if os.path.islink(path):
                        h.update(os.readlink(path).encode())
                    else:
                        h.update(hashlib.sha256(open(path, "rb").read()).digest())
                        h.update(b"\1" if os.stat(path).st_mode & 0o111 else b"\0")
            print(h.hexdigest())
            """);
        var hash = Command.Run("python3", script, Project.Write("names.txt", string.Join('\n', names)), Path.Combine(Project.Folder, "base", "overlay")).Succeeded().Trim();
        Assert.Equal(hash, Labels("base")["com.coreos.inputhash"]);
    }

    [Fact]
    public void Source_control_is_told_of_where_that_is_asked_for()
    {
        Command.Require("git");
        var project = ScratchProject.MakeWithBase("source-control");
        void Git(params string[] arguments) => Command.Run("git", ["-C", project.Folder, "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments]).Succeeded();
        Git("init", "--quiet");
        Git("remote", "add", "origin", "https://github.com/example/node.git");
        Git("add", "base/base.osproj");
        Git("commit", "--quiet", "--message=First");
        var revision = Command.Run("git", "-C", project.Folder, "rev-parse", "HEAD").Succeeded().Trim();

        project.Build("base").Succeeded();
        Assert.DoesNotContain(LabelsOf(project.Layout("base")).Keys, name => name is "org.opencontainers.image.source" or "org.opencontainers.image.revision");
        project.Build("base", "-p:PublishRepositoryUrl=true").Succeeded();
        var labels = LabelsOf(project.Layout("base"));
        Assert.Equal(("https://github.com/example/node", revision), (labels["org.opencontainers.image.source"], labels["org.opencontainers.image.revision"]));
        var meta = JsonNode.Parse(File.ReadAllBytes(Path.Combine(project.OutputFolder("base"), "meta.json")))!;
        Assert.Equal(("https://github.com/example/node", revision), ((string)meta["coreos-assembler.container-config-git"]!["origin"]!, (string)meta["coreos-assembler.container-config-git"]!["commit"]!));
    }

    internal static SortedDictionary<string, string> LabelsOf(string layout) => new(
        new LayoutReader(layout).Config["config"]!["Labels"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!), StringComparer.Ordinal);

    private SortedDictionary<string, string> Labels(string name) => LabelsOf(Project.Layout(name));

    // What differs from build to build of the fixture is told by name only.
    private IEnumerable<string> Listed(string name) => Labels(name).Select(label =>
        label.Key.EndsWith("created", StringComparison.Ordinal) || label.Key.EndsWith("digest", StringComparison.Ordinal) || label.Key is "com.coreos.inputhash" or "org.opencontainers.image.version" or "io.openshift.build.versions"
            ? label.Key
            : $"{label.Key}={label.Value}");

    /// <summary>A base with an overlay, a node and its extensions.</summary>
    public sealed class Images
    {
        private readonly Lazy<ScratchProject> _project = new(Make);

        internal ScratchProject Project => _project.Value;

        private static ScratchProject Make()
        {
            var project = ScratchProject.Make("labels");
            project.WriteImage("base", "Base", $"{ScratchProject.BaseRepository}<RpmPackage Include=\"{ScratchProject.SmallestBase}\" />", Names);
            project.WriteImage("timed", "Base", $"{ScratchProject.BaseRepository}<RpmPackage Include=\"{ScratchProject.SmallestBase}\" />", Names);
            project.Write("base/overlay/usr/share/labels/a-b", "text");
            project.Write("base/overlay/usr/share/labels/a/b", "");
            Command.Run("chmod", "755", project.Write("base/overlay/usr/libexec/program", "#!/bin/sh\n")).Succeeded();
            File.CreateSymbolicLink(Path.Combine(project.Folder, "base/overlay/usr/share/labels/link"), "a-b");
            project.WriteLayered("node", """<RpmPackage Include="tree" />""", """
                <Authors>Somebody</Authors>
                <Title>Node</Title>
                <Description>A node</Description>
                <OSImageCatalogName>example/node</OSImageCatalogName>
                <OSImageCpe>cpe:/a:example:node:1</OSImageCpe>
                <OSImageContentSets>one;two</OSImageContentSets>
                <GenerateOpenShiftVersionLabels>true</GenerateOpenShiftVersionLabels>
                """);
            project.WriteImage("extensions", "Extensions", $"""
                {ScratchProject.BaseRepository}
                    <ProjectReference Include="../node/node.osproj" />
                    <OSExtension Include="sysstat" Packages="sysstat" />
                """, "<Authors>Somebody</Authors>");

            // What the repository's own projects share is none of these images' business.
            project.Write("Directory.Build.props", "<Project />");
            project.Build("extensions").Succeeded();
            return project;
        }
    }
}
