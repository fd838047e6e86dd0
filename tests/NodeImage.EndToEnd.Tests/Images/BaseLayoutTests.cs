using System.Formats.Tar;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Images;

/// <summary>The base has the shape that a machine can boot.</summary>
public sealed class BaseLayoutTests(SampleImages images)
{
    private readonly Lazy<IReadOnlyDictionary<string, LayerEntry>> _files = new(() => new LayoutReader(images.BaseLayout).Files());

    private IReadOnlyDictionary<string, LayerEntry> Files => _files.Value;

    [Fact]
    public void It_has_exactly_one_kernel_with_its_initramfs()
    {
        var kernel = Assert.Single(Files.Keys, path => path.StartsWith("/usr/lib/modules/", StringComparison.Ordinal) && path.EndsWith("/vmlinuz", StringComparison.Ordinal));
        var initramfs = Assert.Single(Files.Keys, path => path.StartsWith("/usr/lib/modules/", StringComparison.Ordinal) && path.EndsWith("/initramfs.img", StringComparison.Ordinal));
        Assert.Equal(Path.GetDirectoryName(kernel), Path.GetDirectoryName(initramfs));
        Assert.DoesNotContain(Files.Keys, path => path.StartsWith("/boot/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_initramfs_can_mount_an_ostree_root()
    {
        var kernel = Path.GetFileName(Directory.GetDirectories(Path.Combine(images.BaseRoot, "usr/lib/modules")).Single());
        var listing = Command.Run("chroot", images.BaseRoot, "lsinitrd", $"/usr/lib/modules/{kernel}/initramfs.img").Succeeded();
        Assert.Contains("usr/lib/systemd/systemd", listing, StringComparison.Ordinal);
        Assert.Contains("ostree-prepare-root", listing, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_is_in_etc_and_what_a_machine_fills_is_empty()
    {
        Assert.DoesNotContain(Files.Keys, path => path == "/usr/etc" || path.StartsWith("/usr/etc/", StringComparison.Ordinal));
        foreach (var folder in (string[])["/boot", "/dev", "/proc", "/run", "/sys", "/sysroot", "/tmp"])
        {
            Assert.Equal(TarEntryType.Directory, Files[folder].Type);
            Assert.DoesNotContain(Files.Keys, path => path.StartsWith(folder + "/", StringComparison.Ordinal));
        }

        Assert.Equal("sysroot/ostree", Files["/ostree"].Link);
        Assert.Contains("/usr/lib/ostree/prepare-root.conf", Files.Keys);
    }

    [Fact]
    public void No_file_carries_an_SELinux_label() => Assert.DoesNotContain(Files.Values, file => file.Attributes.Contains("security.selinux", StringComparison.Ordinal));

    [Fact]
    public void File_capabilities_are_kept() => Assert.Contains(Files.Values, file => file.Attributes.Contains("security.capability", StringComparison.Ordinal));

    [Fact]
    public void What_a_machine_keeps_is_said_in_tmpfiles_and_var_holds_only_folders() =>
        Assert.DoesNotContain(Files.Values, file => file.Path.StartsWith("/var/", StringComparison.Ordinal) && file.Type is TarEntryType.RegularFile or TarEntryType.V7RegularFile);

    [Fact]
    public void The_configuration_says_how_it_starts_and_stops()
    {
        var config = new LayoutReader(images.BaseLayout).Config["config"]!;
        Assert.Equal("/sbin/init", (string)config["Cmd"]![0]!);
        Assert.Equal("SIGRTMIN+3", (string)config["StopSignal"]!);
        Assert.Equal("1", (string)config["Labels"]!["ostree.bootable"]!);
        Assert.Matches(@"^9\.6\.[0-9]{8}-[0-9]+$", (string)config["Labels"]!["org.opencontainers.image.version"]!);
    }

    [Fact]
    public void It_holds_nothing_of_a_cluster()
    {
        foreach (var program in (string[])["kubelet", "crio", "oc", "kubectl", "ovs-vswitchd"])
        {
            Assert.DoesNotContain(Files.Keys, path => path.Contains("bin/", StringComparison.Ordinal) && Path.GetFileName(path) == program);
        }
    }
}
