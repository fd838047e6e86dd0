using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>
/// rpm-ostree gathers the packages of extensions: it is shown the node image's rpm database, the packages of the lock and the list of
/// extensions, and what it gathers is held to the lock. A recorder stands in its place.
/// </summary>
public sealed class RpmOstreeExtensionsTests(RpmOstreeExtensionsTests.Recorder recorder) : IClassFixture<RpmOstreeExtensionsTests.Recorder>
{
    private const string Scratch = "@/extensions/obj/Debug/rhel9.6/linux-x64/compose";

    private ScratchProject Project => recorder.Project;

    [Fact]
    public void The_image_is_the_one_that_the_managed_engine_makes()
    {
        Write();
        recorder.Build("extensions").Succeeded();
        Assert.Equal(
            ["rpm-ostree", "compose", "extensions", $"--rootfs={Scratch}/rootfs", $"--output-dir={Scratch}/extensions", "--cachedir=@/cache/rpm-ostree", $"{Scratch}/treefile/treefile.yaml", $"{Scratch}/treefile/extensions.yaml"],
            Assert.Single(recorder.Calls()));
        var digest = Project.Digest("extensions");
        recorder.Build("extensions", "-p:OSImageEngine=Managed").Succeeded();
        Assert.False(File.Exists(Path.Combine(Project.Folder, "transcript")));
        Assert.Equal(digest, Project.Digest("extensions"));
    }

    [Fact]
    public void It_is_shown_the_list_and_what_the_node_has()
    {
        Command.Require("rpm");
        Write();
        recorder.Build("extensions").Succeeded();
        Assert.Equal(
            """
            # Written by NodeImage.Sdk of a project; changes are lost when it is written anew.
            extensions:
              files:
                packages:
                  - tree
              kernel:
                kind: development
                packages:
                  - kernel-core
                match-base-evr: kernel-core

            """,
            File.ReadAllText(Path.Combine(recorder.Seen("treefile"), "extensions.yaml")));
        var shown = Command.Run("rpm", "-qa", "--dbpath", Path.Combine(recorder.Seen("rootfs"), "usr/share/rpm"), "--qf", "%{NAME}-%{EVR}.%{ARCH}\n").Lines();
        Assert.Equal(Newcomer.Locked(Project, "base").Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Other_packages_than_the_lock_s_are_refused()
    {
        Write();
        var result = recorder.BuildWith("left-out", "tree-*.rpm", "extensions");
        Assert.NotEqual(0, result.Status);
        var error = Assert.Single(BuildError.Parse(result.Output));
        Assert.Equal(("NI3908", "extensions.osproj"), (error.Code, Path.GetFileName(error.File)));
        Assert.Contains("-tree-", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kernel-core", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Project.Layout("extensions")));
    }

    private void Write()
    {
        var folder = Path.Combine(Project.Folder, "extensions");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Project.WriteImage("extensions", "Extensions", $"""
            {ScratchProject.BaseRepository}
                <ProjectReference Include="../base/base.osproj" />
                <OSExtension Include="files" Packages="tree" />
                <OSExtension Include="kernel" Kind="Development" Packages="kernel-core" MatchBaseEvr="kernel-core" />
            """, "<OSImageEngine>RpmOstree</OSImageEngine>");
    }

    public sealed class Recorder() : RpmOstreeRecorder("rpm-ostree-extensions");
}
