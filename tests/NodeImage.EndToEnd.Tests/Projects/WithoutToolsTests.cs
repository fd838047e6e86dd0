using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A build needs no tool of the operating system's packagers or of containers.</summary>
public sealed class WithoutToolsTests
{
    private static readonly string[] Tools =
    [
        "rpm", "rpm2cpio", "rpm2archive", "rpmdb", "rpmkeys", "dnf", "yum", "microdnf", "cpio", "bsdtar", "createrepo_c", "tar", "gzip", "gunzip", "zcat", "zstd", "xz", "bzip2",
        "gpg", "gpgv", "skopeo", "buildah", "podman", "docker", "umoci", "ostree", "rpm-ostree", "systemctl", "sqlite3", "curl", "wget",
    ];

    [Fact]
    public void A_base_and_an_image_on_it_are_built_where_every_such_tool_fails()
    {
        var project = ScratchProject.MakeWithBase("without-tools");
        project.WriteLayered("node", """<RpmPackage Include="hostname;gzip" />""");
        var log = Path.Combine(project.Folder, "called");
        foreach (var tool in Tools)
        {
            project.Write($"tools/{tool}", $"#!/bin/sh\necho {tool} \"$@\" >> {log}\nexit 1\n");
        }

        Command.Run("chmod", "-R", "a+x", Path.Combine(project.Folder, "tools")).Succeeded();

        // The folder that dotnet really lies in: where there is only a link to it, the real tools are near.
        var path = $"{Path.Combine(project.Folder, "tools")}:{Path.GetDirectoryName(DotNet.Program)}";

        project.Run("publish", "node", [], new Dictionary<string, string?> { ["PATH"] = path }).Succeeded();

        Assert.False(File.Exists(log), File.Exists(log) ? File.ReadAllText(log) : "");
        Assert.True(File.Exists(Path.Combine(project.Folder, "node/bin/Release/rhel9.6/linux-x64/publish/node.ociarchive")));
    }
}
