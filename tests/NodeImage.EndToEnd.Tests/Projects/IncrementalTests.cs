using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A build does what has become necessary, and nothing else.</summary>
public sealed class IncrementalTests(IncrementalTests.Images images) : IClassFixture<IncrementalTests.Images>
{
    private const string Overlay = "node/overlay/usr/share/own/note";

    private ScratchProject Project => images.Project;

    [Fact]
    public void Nothing_is_done_where_nothing_has_changed()
    {
        Ready();
        Project.Run("publish", "node", ["-c", "Debug"]).Succeeded();
        var index = Path.Combine(Project.Layout("node"), "index.json");
        var archive = Path.Combine(Project.OutputFolder("node"), "publish", "node.ociarchive");
        var (content, times) = (Project.Snapshot("base/bin", "node/bin", "base/rpms.lock.json", "node/rpms.lock.json"), Times());

        var output = Project.Run("publish", "node", ["-c", "Debug", "-v", "normal"]).Succeeded();

        Assert.Equal(content, Project.Snapshot("base/bin", "node/bin", "base/rpms.lock.json", "node/rpms.lock.json"));
        Assert.Equal(times, Times());
        Assert.Equal(2, output.Split("Skipping target \"ComposeImage\" because all output files are up-to-date").Length - 1);
        Assert.Contains($"node: {archive} is up to date", output, StringComparison.Ordinal);
        Assert.Contains($"node -> {archive} ({Project.Digest("node")})", output, StringComparison.Ordinal);

        (DateTime, DateTime) Times() => (File.GetLastWriteTimeUtc(index), File.GetLastWriteTimeUtc(archive));
    }

    [Fact]
    public void A_file_of_an_overlay_is_added_changed_and_deleted()
    {
        Ready();
        var without = Project.Digest("node");
        const string InImage = "/usr/share/own/note";

        Project.Write(Overlay, "one\n");
        var first = Built();
        Assert.NotEqual(without, first);
        var added = Files()[InImage];

        Project.Write(Overlay, "two\n");
        Assert.NotEqual(first, Built());
        Assert.NotEqual(added.Digest, Files()[InImage].Digest);

        Directory.Delete(Path.Combine(Project.Folder, "node", "overlay", "usr", "share", "own"), recursive: true);
        Assert.Equal(without, Built());
        Assert.DoesNotContain(InImage, Files().Keys);
    }

    [Fact]
    public void A_package_is_added_to_the_project_and_to_the_lock()
    {
        Ready();
        var before = (Project.Digest("node"), File.ReadAllText(Project.LockFile("node")));
        Assert.DoesNotContain(Files().Keys, path => path.EndsWith("bin/sed", StringComparison.Ordinal));

        Project.WriteLayered("node", """<RpmPackage Include="hostname;sed" />""");
        Assert.NotEqual(before.Item1, Built());
        Assert.Contains("\"sed-", File.ReadAllText(Project.LockFile("node")), StringComparison.Ordinal);
        Assert.Contains(Files().Keys, path => path.EndsWith("bin/sed", StringComparison.Ordinal));

        Images.WriteNode(Project);
        Assert.Equal(before, (Built(), File.ReadAllText(Project.LockFile("node"))));
    }

    [Fact]
    public void A_lock_that_has_changed_is_what_the_image_is_made_of()
    {
        Ready();
        var digest = Project.Digest("node");
        var locked = File.ReadAllText(Project.LockFile("node"));
        Assert.Contains(Files().Keys, path => path.EndsWith("bin/hostname", StringComparison.Ordinal));

        // As if a colleague had committed a lock without the package.
        var file = JsonNode.Parse(locked)!;
        var packages = file["targets"]!["rhel9.6/x86_64"]!["packages"]!.AsArray();
        packages.Remove(packages.Single(package => ((string)package!["nevra"]!).StartsWith("hostname-", StringComparison.Ordinal)));
        File.WriteAllText(Project.LockFile("node"), file.ToJsonString());
        Assert.NotEqual(digest, Built());
        Assert.DoesNotContain(Files().Keys, path => path.EndsWith("bin/hostname", StringComparison.Ordinal));

        File.WriteAllText(Project.LockFile("node"), locked);
        Assert.Equal(digest, Built());
    }

    [Fact]
    public void An_image_is_made_again_on_a_base_that_has_changed()
    {
        Ready();
        var before = new LayoutReader(Project.Layout("node"));
        var (digest, own) = (before.ManifestDigest, before.Layers[^1]);

        Project.Write("base/overlay/usr/share/base-note", "a base of another content\n");
        Assert.NotEqual(digest, Built());
        var (node, below) = (new LayoutReader(Project.Layout("node")), new LayoutReader(Project.Layout("base")));
        Assert.Equal(below.Layers, node.Layers.Take(below.Layers.Count));
        Assert.Contains("/usr/share/base-note", node.Files().Keys);

        Directory.Delete(Path.Combine(Project.Folder, "base", "overlay"), recursive: true);
        Assert.Equal(digest, Built());
        Assert.Equal(own, new LayoutReader(Project.Layout("node")).Layers[^1]);
    }

    [Fact]
    public void A_file_that_is_touched_but_the_same_makes_the_same_image()
    {
        Ready();
        Project.Write(Overlay, "touched\n");
        var digest = Built();
        File.SetLastWriteTimeUtc(Path.Combine(Project.Folder, Overlay), DateTime.UtcNow.AddMinutes(1));
        File.SetLastWriteTimeUtc(Project.ProjectFile("node"), DateTime.UtcNow);
        Assert.Equal(digest, Built());
        Directory.Delete(Path.Combine(Project.Folder, "node", "overlay"), recursive: true);
    }

    [Fact]
    public void Cleaning_removes_the_outputs_and_keeps_the_lock()
    {
        Ready();
        var (digest, locked) = (Project.Digest("node"), File.ReadAllBytes(Project.LockFile("node")));
        Project.Run("clean", "node", []).Succeeded();
        Assert.False(Directory.Exists(Project.Layout("node")));
        Assert.False(File.Exists(Path.Combine(Project.OutputFolder("node"), "node.osimage")));
        Assert.Equal(locked, File.ReadAllBytes(Project.LockFile("node")));
        Assert.Equal(digest, Built());
    }

    [Fact]
    public void A_cache_that_has_been_emptied_fills_again()
    {
        Ready();
        var digest = Project.Digest("node");
        Directory.Delete(Project.CacheFolder, recursive: true);
        Project.Run("clean", "node", []).Succeeded();
        Assert.Equal(digest, Built());

        Directory.Delete(Project.CacheFolder, recursive: true);
        Assert.Equal(digest, Built());
    }

    /// <summary>Brings the projects back to what they were first, whatever a test before has left.</summary>
    private void Ready()
    {
        foreach (var overlay in (string[])["base/overlay", "node/overlay"])
        {
            if (Directory.Exists(Path.Combine(Project.Folder, overlay)))
            {
                Directory.Delete(Path.Combine(Project.Folder, overlay), recursive: true);
            }
        }

        Directory.CreateDirectory(Path.Combine(Project.Folder, "node", "overlay"));
        Images.WriteNode(Project);
        Project.Build("node").Succeeded();
    }

    private string Built()
    {
        Project.Build("node").Succeeded();
        return Project.Digest("node");
    }

    private IReadOnlyDictionary<string, LayerEntry> Files() => new LayoutReader(Project.Layout("node")).Files();

    /// <summary>A small base and an image on it.</summary>
    public sealed class Images
    {
        private readonly Lazy<ScratchProject> _project = new(() =>
        {
            var project = ScratchProject.MakeWithBase("incremental");
            WriteNode(project);
            return project;
        });

        internal ScratchProject Project => _project.Value;

        internal static void WriteNode(ScratchProject project) => project.WriteLayered("node", """<RpmPackage Include="hostname" />""");
    }
}
