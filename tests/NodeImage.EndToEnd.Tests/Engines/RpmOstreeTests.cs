using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines;

/// <summary>
/// A base is composed by rpm-ostree: it is called as it wants to be, with all that it needs and nothing else, and what it makes
/// is taken over. A recorder stands in its place; it cannot be installed where these tests run.
/// </summary>
public sealed class RpmOstreeTests(RpmOstreeTests.Recorder recorder) : IClassFixture<RpmOstreeTests.Recorder>
{
    private const string Scratch = "@/composed/obj/Debug/rhel9.6/linux-x64/compose";

    private ScratchProject Project => recorder.Project;

    [Fact]
    public void An_image_is_composed_of_a_treefile()
    {
        Write("""<Overlay Include="files" ImagePath="/etc" Mode="0600" />""");
        Project.Write("composed/files/own.conf", "own = 1\n");
        recorder.Build("composed").Succeeded();

        var calls = recorder.Calls();
        var compose = Assert.Single(calls);
        Assert.Equal(["rpm-ostree", "compose", "image", "--cachedir=@/cache/rpm-ostree", "--initialize-mode=always", "--format=oci"], compose.Take(6));
        Assert.Equal(
            [$"--lockfile={Scratch}/treefile/manifest-lock.x86_64.json", "--lockfile-strict", $"--layer-repo={Scratch}/layers", $"--image-config={Scratch}/image-config.json"],
            compose.Skip(6).Take(4));
        Assert.Contains("--label=containers.bootc=1", compose);
        Assert.Equal([$"{Scratch}/treefile/treefile.yaml", $"{Scratch}/result"], compose.TakeLast(2));

        // What it made is the image, layer by layer, and nothing of how it was made is left.
        Assert.Equal(new LayoutReader(Project.Layout("base")).Config["rootfs"]!.ToJsonString(), new LayoutReader(Project.Layout("composed")).Config["rootfs"]!.ToJsonString());
        Assert.False(Directory.Exists(Scratch.Replace("@", Project.Folder, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_image_of_one_engine_is_made_again_by_another()
    {
        Write("");
        recorder.Build("composed", "-p:OSImageEngine=Managed").Succeeded();
        Assert.Empty(recorder.Calls());
        recorder.Build("composed").Succeeded();
        Assert.Single(recorder.Calls());
        recorder.Build("composed").Succeeded();
        Assert.Empty(recorder.Calls());
    }

    [Fact]
    public void It_is_given_just_the_packages_of_the_lock()
    {
        Command.Require("dnf", "ostree");
        Write("""<Overlay Include="files" ImagePath="/etc" Mode="0600" />""");
        Project.Write("composed/files/own.conf", "own = 1\n");
        recorder.Build("composed").Succeeded();
        var locked = Newcomer.Locked(Project, "composed").Order(StringComparer.Ordinal).ToList();
        var offered = Command.Run("dnf", "-q", "--releasever=9", "--disablerepo=*", $"--repofrompath=seen,file://{recorder.Seen("repository")}", "--enablerepo=seen", "--setopt=cachedir=/tmp/nodeimage-dnf-seen", "repoquery", "--qf", "%{name}-%{evr}.%{arch}").Lines();
        Assert.Equal(locked, offered.Order(StringComparer.Ordinal));

        // The folder that the project lays over the image is a layer, a commit with the modes that the project says.
        var layer = Assert.Single(Command.Run("ostree", "refs", $"--repo={recorder.Seen("layers")}").Lines());
        Assert.Contains($"- {layer}", File.ReadAllText(Path.Combine(recorder.Seen("treefile"), "treefile.yaml")), StringComparison.Ordinal);
        var listed = Command.Run("ostree", "ls", $"--repo={recorder.Seen("layers")}", "-R", layer).Lines();
        Assert.Contains(listed, line => line.StartsWith("-00600 0 0", StringComparison.Ordinal) && line.EndsWith("own.conf", StringComparison.Ordinal));
        Assert.DoesNotContain(listed, line => line.EndsWith("/statoverride", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tree_is_composed_and_divided()
    {
        Write();
        recorder.Build("composed", "-p:RpmOstreeComposeMode=Rootfs").Succeeded();
        Assert.Equal(
            [
                ["rpm-ostree", "compose", "rootfs", "--cachedir=@/cache/rpm-ostree", $"--lockfile={Scratch}/treefile/manifest-lock.x86_64.json", $"{Scratch}/treefile/treefile.yaml", $"{Scratch}/rootfs"],
                ["rpm-ostree", "compose", "build-chunked-oci", "--bootc", $"--rootfs={Scratch}/rootfs", "--format-version=2", $"--output=oci:{Scratch}/result:latest"],
            ],
            recorder.Calls().Select(call => call.Where(word => !word.StartsWith("--label=", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_builder_image_is_run_with_what_it_needs_and_the_user_is_told()
    {
        Write();
        var output = recorder.Build("composed", "-p:OSImageBuilderImage=registry.example.com/builder:1").Succeeded();
        var (podman, inside) = (recorder.Calls()[0], recorder.Calls()[1]);
        Assert.Equal(
            ["podman", "run", "--rm", "--privileged", "--security-opt=label=disable", "--network=none", $"--volume={Scratch}:{Scratch}:rw", "--volume=@/cache/rpm-ostree:@/cache/rpm-ostree:rw", $"--workdir={Scratch}", "registry.example.com/builder:1"],
            podman.Take(10));
        Assert.Equal(inside, podman.Skip(10));
        Assert.Contains("--privileged", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_words_come_with_a_code_at_the_line_that_caused_them()
    {
        Write();
        var result = recorder.BuildWith("words", "Enabled rpm-md repositories: nodeimage-locked\nerror: Packages not found: coreutils\n", "composed");
        Assert.NotEqual(0, result.Status);
        // Each line of what it said is shown as one of the error.
        Assert.All(BuildError.Parse(result.Output), error => Assert.Equal(("NI3903", "composed.osproj"), (error.Code, Path.GetFileName(error.File))));
        Assert.Contains("Packages not found: coreutils", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Project.Layout("composed")));
    }

    [Fact]
    public void Folders_cannot_be_laid_over_a_tree()
    {
        Write("""<Overlay Include="files" ImagePath="/etc" />""");
        Project.Write("composed/files/own.conf", "own = 1\n");
        var result = recorder.Build("composed", "-p:RpmOstreeComposeMode=Rootfs");
        Assert.Equal("NI3907", Assert.Single(BuildError.Parse(result.Output)).Code);
    }

    [Fact]
    public void Without_the_program_the_user_is_told_what_to_do()
    {
        Write();
        Assert.SkipWhen(File.Exists("/usr/bin/rpm-ostree"), "rpm-ostree is installed");
        var result = Project.Build("composed");
        Assert.Equal("NI3901", Assert.Single(BuildError.Parse(result.Output)).Code);
        Assert.Contains("OSImageBuilderImage", result.Output, StringComparison.Ordinal);
    }

    private void Write(string items = "")
    {
        var folder = Path.Combine(Project.Folder, "composed");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Project.WriteImage("composed", "Base", $"""
            {ScratchProject.BaseRepository}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
                {items}
            """, "<OSImageEngine>RpmOstree</OSImageEngine>");
    }

    public sealed class Recorder() : RpmOstreeRecorder("rpm-ostree");
}
