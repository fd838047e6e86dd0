namespace NodeImage.Fixtures.Tests.Built;

/// <summary>What dnf and rpm make of the repositories.</summary>
public sealed class InstallTests(InstalledRoot installed) : IClassFixture<InstalledRoot>
{
    private static readonly string[] Complaints = ["warning:", "error:", "scriptlet failed", "Non-fatal", "cannot open", "No such file", "not found"];

    [Fact]
    public void No_scriptlet_complains_while_the_full_list_is_installed() => AssertQuiet(installed.FullLog);

    [Fact]
    public void No_scriptlet_complains_while_the_node_packages_are_installed() => AssertQuiet(installed.NodeLog);

    [Fact]
    public void Weak_dependencies_can_be_met_too()
    {
        var log = installed.Dnf("install_weak_deps=True", "full.packages", "--assumeno", "--setopt=tsflags=");

        Assert.DoesNotContain("Error", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Rpm_finds_every_file_as_it_was_packed()
    {
        var result = installed.Run(["rpm", "--root", installed.Root, "-Va", "--nomtime"]);

        // Documentation was left out on request; rpm names it all the same.
        var changed = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(" d /", StringComparison.Ordinal));
        Assert.Empty(changed);
    }

    [Fact]
    public void The_systems_own_rpm_reads_the_database()
    {
        var result = installed.Chroot("rpm", "-qa");

        Assert.Equal(0, result.ExitCode);
        Assert.InRange(result.Output.Split('\n').Length, 450, 540);
    }

    [Fact]
    public void The_linker_finds_libraries() =>
        Assert.Contains("libc.so.6", installed.Chroot("ldconfig", "-p").Output, StringComparison.Ordinal);

    [Fact]
    public void The_group_hugetlbfs_is_found_and_stands_in_the_images_file_only()
    {
        Assert.Equal("hugetlbfs:x:801:\n", installed.Chroot("getent", "group", "hugetlbfs").Output);
        Assert.DoesNotContain("hugetlbfs", installed.GroupFile, StringComparison.Ordinal);
        Assert.Contains("hugetlbfs:x:801:", File.ReadAllText(Path.Combine(installed.Root, "usr/lib/group")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_module_answers_by_number_and_lists_what_it_has()
    {
        Assert.StartsWith("containers:x:790:790:", installed.Chroot("getent", "passwd", "790").Output, StringComparison.Ordinal);
        Assert.Contains("\nhugetlbfs:x:801:", installed.Chroot("getent", "group").Output, StringComparison.Ordinal);
        Assert.Equal("790\n", installed.Chroot("id", "-G", "containers").Output);
    }

    [Fact]
    public void Usermod_silently_does_not_make_openvswitch_a_member_of_a_group_in_the_images_file()
    {
        var groups = installed.Chroot("id", "-nG", "openvswitch");

        Assert.Equal("openvswitch\n", groups.Output);
        Assert.DoesNotContain("hugetlbfs", File.ReadAllText(Path.Combine(installed.Root, "etc/group")), StringComparison.Ordinal);
        Assert.DoesNotContain("hugetlbfs", installed.NodeLog, StringComparison.Ordinal);
        Assert.Equal(0, installed.Chroot("usermod", "-a", "-G", "hugetlbfs", "openvswitch").ExitCode);
        Assert.Equal("openvswitch\n", installed.Chroot("id", "-nG", "openvswitch").Output);
    }

    [Theory]
    [InlineData("kubelet", "--version", "Kubernetes v1.34.1+fixture")]
    [InlineData("crio", "--version", "crio version 1.34.2-fixture")]
    [InlineData("oc", "version", "Client Version: 4.21.0-fixture")]
    [InlineData("crictl", "--version", "crictl version v1.34.0")]
    [InlineData("conmonrs", "--version", "version: 0.7.3")]
    public void The_nodes_programs_run(string program, string argument, string answer) =>
        Assert.Equal($"{answer}\n", installed.Chroot(program, argument).Output);

    [Fact]
    public void The_release_calls_itself_9_6()
    {
        var release = File.ReadAllLines(Path.Combine(installed.Root, "usr/lib/os-release"));

        Assert.Contains("VERSION_ID=\"9.6\"", release);
        Assert.Contains("ID=\"fixture\"", release);
        Assert.Equal("9.6\n", installed.Chroot("rpm", "-q", "--qf", "%{VERSION}\\n", "--whatprovides", "redhat-release").Output);
    }

    [Fact]
    public void Presets_enable_what_a_machine_needs_and_not_the_kubelet()
    {
        Assert.Equal("enabled\n", installed.Chroot("systemctl", "is-enabled", "sshd.service").Output);
        Assert.Equal("enabled\n", installed.Chroot("systemctl", "is-enabled", "crio.service").Output);
        Assert.Equal("disabled\n", installed.Chroot("systemctl", "is-enabled", "kubelet.service").Output);
        Assert.Equal("disabled\n", installed.Chroot("systemctl", "is-enabled", "openvswitch.service").Output);
    }

    [Fact]
    public void Units_hold_together()
    {
        var result = installed.Chroot("systemd-analyze", "verify", "--man=no", "multi-user.target");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("Failed", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_are_numbered_as_on_RHEL()
    {
        var passwd = File.ReadAllLines(Path.Combine(installed.Root, "etc/passwd")).Select(line => line.Split(':')).ToDictionary(fields => fields[0], fields => fields[2]);

        Assert.Equal("0", passwd["root"]);
        Assert.Equal("74", passwd["sshd"]);
        Assert.Equal("81", passwd["messagebus"]);
        Assert.Equal("32", passwd["_rpc"]);
        Assert.InRange(int.Parse(passwd["openvswitch"], System.Globalization.CultureInfo.InvariantCulture), 201, 999);
        Assert.InRange(int.Parse(passwd["systemd-network"], System.Globalization.CultureInfo.InvariantCulture), 201, 999);
    }

    [Theory]
    [InlineData("usr/lib/ostree/prepare-root.conf")]
    [InlineData("usr/etc")]
    [InlineData("boot/vmlinuz")]
    public void What_the_image_engine_writes_is_not_shipped(string path) => Assert.False(Path.Exists(Path.Combine(installed.Root, path)));

    [Fact]
    public void Dracut_makes_an_initramfs_that_boots_ostree_deployments()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NODEIMAGE_SLOW_TESTS") is not null, "NODEIMAGE_SLOW_TESTS is not set");
        var kernel = Path.GetFileName(Directory.GetDirectories(Path.Combine(installed.Root, "usr/lib/modules")).Single());
        var image = $"/usr/lib/modules/{kernel}/initramfs.img";
        var script = $"mount -t proc proc /proc && mount -t tmpfs tmpfs /run && mknod -m 666 /dev/null c 1 3 2>/dev/null; dracut --no-hostonly --reproducible --add ostree --kver {kernel} -f {image}";

        var result = installed.Run(["unshare", "--mount", "chroot", installed.Root, "sh", "-c", script]);

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Contains("usr/lib/ostree/ostree-prepare-root", installed.Chroot("lsinitrd", image).Output, StringComparison.Ordinal);
    }

    private static void AssertQuiet(string log)
    {
        var transaction = log[log.IndexOf("Running transaction\n", StringComparison.Ordinal)..];
        foreach (var complaint in Complaints)
        {
            Assert.DoesNotContain(complaint, transaction, StringComparison.OrdinalIgnoreCase);
        }
    }
}
