using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Images;

/// <summary>The node image adds to its base, and only what it must.</summary>
public sealed class NodeLayerTests(SampleImages images)
{
    private LayoutReader Node => new(images.NodeLayout);

    private LayoutReader Base => new(images.BaseLayout);

    private IReadOnlyList<string> OwnLayers => [.. Node.Layers.Skip(Base.Layers.Count)];

    [Fact]
    public void The_base_s_layers_come_first_and_unchanged() => Assert.Equal(Base.Layers, Node.Layers.Take(Base.Layers.Count));

    [Fact]
    public void No_entry_equals_the_base_s_in_content_and_metadata()
    {
        var below = Base.Files();
        Assert.NotEmpty(OwnLayers);
        Assert.DoesNotContain(OwnLayers.SelectMany(Node.Entries), entry => below.TryGetValue(entry.Path, out var same) && same == entry);
    }

    [Fact]
    public void The_paths_that_it_replaces_are_those_that_have_been_reviewed()
    {
        var below = Base.Files();
        var list = ReviewedList.Read("node-replaces.txt");
        var replaced = OwnLayers.SelectMany(Node.Entries).Select(entry => entry.Path).Where(below.ContainsKey).Order(StringComparer.Ordinal).ToList();
        Assert.DoesNotContain(replaced, path => !list.Covers(path));
        Assert.Empty(list.Unused);
    }

    [Fact]
    public void Nothing_of_the_base_is_removed() =>
        Assert.DoesNotContain(OwnLayers.SelectMany(Node.Entries), entry => Path.GetFileName(entry.Path).StartsWith(".wh.", StringComparison.Ordinal));

    [Fact]
    public void The_last_layer_holds_the_package_list_and_nothing_else()
    {
        var last = Node.Entries(Node.Layers[^1]);
        Assert.Equal("/usr/share/openshift/base/meta.json", Assert.Single(last, entry => entry.IsFile).Path);
        Command.RequireRoot();
        var list = JsonNode.Parse(File.ReadAllBytes(Path.Combine(images.NodeRoot, "usr/share/openshift/base/meta.json")))!["rpmdb.pkglist"]!.AsArray();
        var named = list.Select(package => string.Join(' ', package!.AsArray().Select(part => (string)part!))).ToList();
        var installed = Command.Run("chroot", images.NodeRoot, "rpm", "-qa", "--qf", "%{NAME} %{EPOCHNUM} %{VERSION} %{RELEASE} %{ARCH}\n").Lines();
        Assert.Equal(installed.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Openvswitch_is_a_member_of_hugetlbfs_as_the_image_s_own_name_service_sees_it()
    {
        // The group stands only in the base's /usr/lib/group, where usermod does not look.
        Assert.Contains(Base.Files(), file => file.Key == "/usr/lib/group");
        Assert.DoesNotContain("hugetlbfs", File.ReadAllText(Path.Combine(images.BaseRoot, "etc/group")), StringComparison.Ordinal);
        var groups = Command.Run("chroot", images.NodeRoot, "id", "-nG", "openvswitch").Succeeded().Trim().Split(' ');
        Assert.Contains("hugetlbfs", groups);
        Assert.StartsWith("hugetlbfs:x:801:", Command.Run("chroot", images.NodeRoot, "getent", "group", "hugetlbfs").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kubelet_is_enabled_without_a_preset_having_to_run()
    {
        var files = Node.Files();
        var link = files["/usr/lib/systemd/system/multi-user.target.wants/kubelet.service"];
        Assert.Equal("../kubelet.service", link.Link);
        Assert.Contains("/usr/lib/systemd/system/kubelet.service", files.Keys);

        // A first boot does run presets, and must not undo it.
        var presets = Directory.GetFiles(Path.Combine(images.NodeRoot, "usr/lib/systemd/system-preset")).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines);
        Assert.Equal("enable kubelet.service", presets.First(line => line.Contains("kubelet.service", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_project_s_own_program_unit_and_overlay_are_in_it()
    {
        var files = Node.Files();
        Assert.Contains("/usr/libexec/node-ip", files.Keys);
        Assert.Contains("/usr/lib/systemd/system/node-ip.service", files.Keys);
        var overlay = Path.Combine(Checkout.Root, "samples", "node", "overlay");
        foreach (var file in Directory.EnumerateFiles(overlay, "*", SearchOption.AllDirectories))
        {
            Assert.Contains("/" + Path.GetRelativePath(overlay, file), files.Keys);
        }
    }

    [Fact]
    public void It_has_its_base_s_version_and_labels_and_says_what_it_is()
    {
        var (node, below) = (Node.Config["config"]!["Labels"]!, Base.Config["config"]!["Labels"]!);
        Assert.Equal((string)below["org.opencontainers.image.version"]!, (string)node["org.opencontainers.image.version"]!);
        Assert.Equal("node", (string)node["org.opencontainers.image.title"]!);
        Assert.Equal("true", (string)node["io.openshift.metalayer"]!);
        Assert.Equal("1", (string)node["containers.bootc"]!);
    }
}
