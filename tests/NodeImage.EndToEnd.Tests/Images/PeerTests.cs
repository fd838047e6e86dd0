using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Images;

/// <summary>What others make of the images.</summary>
public sealed class PeerTests(SampleImages images)
{
    [Fact]
    public void Skopeo_inspects_the_layout_and_the_archive()
    {
        Command.Require("skopeo");
        var layout = JsonNode.Parse(Command.Run("skopeo", "inspect", $"oci:{images.NodeLayout}").Succeeded())!;
        var archive = JsonNode.Parse(Command.Run("skopeo", "inspect", $"oci-archive:{images.NodeArchive}").Succeeded())!;
        Assert.Equal(new LayoutReader(images.NodeLayout).ManifestDigest, (string)layout["Digest"]!);
        Assert.Equal((string)layout["Digest"]!, (string)archive["Digest"]!);
    }

    [Fact]
    public void It_runs_from_containers_storage()
    {
        Command.RequireRoot();
        Command.Require("skopeo", "buildah");
        var store = Directory.CreateTempSubdirectory("nodeimage-store-").FullName;
        string[] options = ["--root", $"{store}/root", "--runroot", $"{store}/run", "--storage-driver", "overlay"];
        try
        {
            // Skopeo verifies each layer's diff ID as it puts it into the store.
            Command.Run("skopeo", "copy", "--quiet", $"oci:{images.NodeLayout}", $"containers-storage:[overlay@{store}/root+{store}/run]localhost/node:latest").Succeeded();
            var container = Command.Run("buildah", [.. options, "from", "--pull-never", "localhost/node:latest"]).Lines()[^1];
            Assert.StartsWith("Kubernetes v", Command.Run("buildah", [.. options, "run", "--isolation", "chroot", container, "kubelet", "--version"]).Lines()[^1], StringComparison.Ordinal);
            Assert.Contains(Command.Run("buildah", [.. options, "run", "--isolation", "chroot", container, "rpm", "-qa"]).Lines(), line => line.StartsWith("openshift-kubelet-", StringComparison.Ordinal));
        }
        finally
        {
            Command.Run("buildah", [.. options, "rm", "--all"]);
            Command.Run("rm", "-rf", store);
        }
    }

    [Fact]
    public void Rpm_verifies_the_installed_files()
    {
        var list = ReviewedList.Read("rpm-verify.txt");
        foreach (var root in (string[])[images.BaseRoot, images.NodeRoot])
        {
            var complaints = Command.Run("chroot", root, "rpm", "-Va").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.DoesNotContain(complaints, line => !list.Covers(string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        }

        Assert.Empty(list.Unused);
    }

    [Fact]
    public void Systemd_finds_no_fault_in_the_project_s_units()
    {
        Command.Require("systemd-analyze");
        Command.Run("systemd-analyze", "verify", "--man=no", "--root", images.NodeRoot, "kubelet.service", "node-ip.service").Succeeded();
    }
}
