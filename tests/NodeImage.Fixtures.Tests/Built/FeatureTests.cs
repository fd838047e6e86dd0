namespace NodeImage.Fixtures.Tests.Built;

/// <summary>Every feature of RPM that real distributions use stands somewhere; docs/fixtures.md has the same table.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData("zstd", "zlib")]
    [InlineData("xz", "tzdata")]
    [InlineData("gzip", "bash")]
    public void Payloads_are_packed_in_several_ways(string compressor, string package) =>
        Assert.Equal([compressor], BuiltFixture.Get(full: false).Query("%{PAYLOADCOMPRESSOR}\n", package));

    [Fact]
    public void Few_payloads_are_not_zstd()
    {
        var compressors = BuiltFixture.Get().Query("%{PAYLOADCOMPRESSOR}\n").CountBy(compressor => compressor).ToDictionary();

        Assert.True(compressors["zstd"] > 400);
        Assert.InRange(compressors["xz"], 3, 20);
        Assert.InRange(compressors["gzip"], 3, 20);
    }

    [Theory]
    [InlineData("chrony", "%{PREIN}", "useradd -r -g _chrony")]
    [InlineData("openssh-clients", "%{PREIN}", "groupadd -r _ssh")]
    [InlineData("openssh-server", "%{PREIN}", "useradd -r -u 74 -g sshd")]
    [InlineData("openssh-server", "%{POSTIN}", "systemd-update-helper install-system-units sshd.service")]
    [InlineData("openssh-server", "%{PREUN}", "systemd-update-helper remove-system-units")]
    [InlineData("openssh-server", "%{POSTUN}", "systemd-update-helper mark-restart-system-units")]
    [InlineData("util-linux", "%{POSTIN}", "systemctl --no-reload preset fstrim.timer")]
    [InlineData("zlib", "%{POSTINPROG}", "/sbin/ldconfig")]
    [InlineData("zlib", "%{POSTUNPROG}", "/sbin/ldconfig")]
    [InlineData("bash", "%{POSTINPROG}", "<lua>")]
    [InlineData("filesystem", "%{PRETRANSPROG}", "<lua>")]
    [InlineData("ca-certificates", "%{POSTIN}", "update-ca-trust")]
    [InlineData("kernel-core", "%{POSTTRANS}", "kernel-install add")]
    [InlineData("kernel-modules-core", "%{POSTIN}", "depmod -a")]
    public void Scriptlets_do_what_they_do_on_RHEL(string package, string tag, string text) =>
        Assert.Contains(text, Lines(BuiltFixture.Get(full: false), tag, package), StringComparison.Ordinal);

    [Fact]
    public void Alternatives_are_made_by_a_scriptlet() =>
        Assert.Contains("update-alternatives --install /usr/sbin/iptables", Lines(BuiltFixture.Get(), "%{POSTIN}", "iptables-nft"), StringComparison.Ordinal);

    [Theory]
    [InlineData("glibc-common", "/usr/lib", "/sbin/ldconfig")]
    [InlineData("systemd", "/usr/lib/sysusers.d/", "systemd-sysusers")]
    [InlineData("systemd", "/usr/lib/tmpfiles.d/", "systemd-tmpfiles --create")]
    [InlineData("systemd", "/usr/lib/systemd/system/", "system-reload-restart")]
    [InlineData("systemd-udev", "/usr/lib/udev/hwdb.d/", "systemd-hwdb update")]
    public void File_triggers_run_after_the_transaction(string package, string prefix, string text)
    {
        var triggers = BuiltFixture.Get(full: false).Ask(package, "--filetriggers");
        var all = string.Join('\n', triggers);

        Assert.Contains(triggers, line => line.StartsWith("transfiletriggerin", StringComparison.Ordinal) && line.Contains(prefix, StringComparison.Ordinal));
        Assert.Contains(text, all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selinux-policy-targeted", "pcre2")]
    [InlineData("cri-o", "containers-common")]
    public void Triggers_wait_for_other_packages(string package, string other)
    {
        var triggers = string.Join('\n', BuiltFixture.Get().Ask(package, "--triggers"));

        Assert.Contains("triggerin", triggers, StringComparison.Ordinal);
        Assert.Contains(other, triggers, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_of_some_packages_are_declared_for_sysusers() =>
        Assert.Contains("/usr/lib/sysusers.d/systemd-network.conf", BuiltFixture.Get(full: false).Ask("systemd", "-l"));

    [Theory]
    [InlineData("Requires", "systemd", "REQUIRE", "systemd-libs = ")]
    [InlineData("Requires(pre)", "chrony", "REQUIRE", "/usr/bin/getent")]
    [InlineData("Requires of a file", "kernel-core", "REQUIRE", "/bin/sh")]
    [InlineData("Requires of a soname", "bash", "REQUIRE", "libc.so.6()(64bit)")]
    [InlineData("rich dependencies", "openshift-kubelet", "REQUIRE", "(conntrack-tools and iproute)")]
    [InlineData("alternatives", "cri-o", "REQUIRE", "(crun or runc)")]
    [InlineData("Recommends", "cri-o", "RECOMMEND", "cri-tools")]
    [InlineData("Suggests", "cri-o", "SUGGEST", "cri-o-seccomp-notifier")]
    [InlineData("Enhances", "netavark", "ENHANCE", "podman")]
    [InlineData("OrderWithRequires", "util-linux", "ORDER", "systemd")]
    [InlineData("Provides", "fixture-release", "PROVIDE", "redhat-release = 9.6")]
    [InlineData("Conflicts", "systemd", "CONFLICT", "systemd-shim")]
    [InlineData("Obsoletes", "fuse3", "OBSOLETE", "fuse")]
    [InlineData("Obsoletes of a version", "e2fsprogs-libs", "OBSOLETE", "e2fslibs < 1.43.9")]
    public void Packages_relate_in_every_way(string what, string package, string tag, string relation)
    {
        var relations = BuiltFixture.Get().Query($"[%{{{tag}NAME}} %{{{tag}FLAGS:depflags}} %{{{tag}VERSION}}\n]", package);

        Assert.True(relations.Any(line => line.StartsWith(relation, StringComparison.Ordinal)), $"{package} has no {what} '{relation}' in:\n{string.Join('\n', relations)}");
    }

    [Theory]
    [InlineData("setup")]
    [InlineData("openssh-server")]
    [InlineData("sudo")]
    public void Configuration_is_kept_on_updates(string package) =>
        Assert.Contains(BuiltFixture.Get(full: false).Query("[%{FILEFLAGS:fflags} %{FILENAMES}\n]", package), line => line.StartsWith("cn /etc/", StringComparison.Ordinal));

    [Theory]
    [InlineData("systemd", "/etc/machine-id")]
    [InlineData("glibc-common", "/etc/ld.so.cache")]
    [InlineData("kernel-core", "/boot/vmlinuz-")]
    [InlineData("kernel-modules-core", "/usr/lib/modules/")]
    public void Some_files_are_ghosts(string package, string path) =>
        Assert.Contains(
            BuiltFixture.Get(full: false).Query("[%{FILEFLAGS:fflags} %{FILENAMES}\n]", package),
            line => line.Split(' ') is [var flags, var name] && flags.Contains('g', StringComparison.Ordinal) && name.StartsWith(path, StringComparison.Ordinal));

    [Fact]
    public void Documentation_licences_and_translations_are_marked()
    {
        var fixture = BuiltFixture.Get(full: false);
        var flags = fixture.Query("[%{FILEFLAGS:fflags} %{FILENAMES}\n]", "util-linux");
        var languages = fixture.Query("[%{FILELANGS} %{FILENAMES}\n]", "tar");

        Assert.Contains(flags, line => line.StartsWith("d /usr/share/man/man8/", StringComparison.Ordinal));
        Assert.Contains("l /usr/share/licenses/util-linux/copyright", flags);
        Assert.Contains("de /usr/share/locale/de/LC_MESSAGES/tar.mo", languages);
        Assert.DoesNotContain(languages, line => line.StartsWith("man", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openshift-clients", "/usr/bin/kubectl")]
    [InlineData("perl-interpreter", "/usr/bin/perl")]
    public void Some_files_are_hard_links(string package, string path) =>
        Assert.Contains(
            BuiltFixture.Get().Query("[%{FILENLINKS} %{FILENAMES}\n]", package),
            line => line == $"2 {path}");

    [Theory]
    [InlineData("filesystem", "/bin", "usr/bin")]
    [InlineData("systemd", "/usr/sbin/init", "/lib/systemd/systemd")]
    [InlineData("bash", "/usr/bin/sh", "bash")]
    public void Links_are_absolute_or_relative_and_some_lead_to_folders(string package, string path, string target) =>
        Assert.Contains($"{path} {target}", BuiltFixture.Get(full: false).Query("[%{FILENAMES} %{FILELINKTOS}\n]", package));

    [Theory]
    [InlineData("sudo", "-rwsr-xr-x root root /usr/bin/sudo")]
    [InlineData("openssh-clients", "-rwxr-sr-x root _ssh /usr/bin/ssh-agent")]
    [InlineData("dbus", "-rwsr-x--- root messagebus /usr/lib/dbus-1.0/dbus-daemon-launch-helper")]
    [InlineData("filesystem", "drwxrwxrwt root root /tmp")]
    [InlineData("filesystem", "dr-xr-xr-x root root /usr/bin")]
    [InlineData("chrony", "drwxr-x--- _chrony _chrony /var/lib/chrony")]
    [InlineData("polkit", "drwx------ polkitd root /etc/polkit-1/rules.d")]
    [InlineData("setup", "---------- root root /etc/shadow")]
    [InlineData("openvswitch3.5", "drwxr-xr-x openvswitch openvswitch /etc/openvswitch")]
    public void Modes_and_owners_are_those_of_the_real_thing(string package, string line) =>
        Assert.Contains(line, BuiltFixture.Get().Query("[%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME} %{FILENAMES}\n]", package));

    [Theory]
    [InlineData("iputils", "/usr/bin/ping", "cap_net_raw=p")]
    [InlineData("shadow-utils", "/usr/bin/newuidmap", "cap_setuid=ep")]
    public void Some_programs_have_capabilities(string package, string path, string capabilities) =>
        Assert.Contains($"{path} {capabilities}", BuiltFixture.Get(full: false).Query("[%{FILENAMES} %{FILECAPS}\n]", package));

    [Fact]
    public void Nothing_lies_outside_usr_that_a_merged_system_keeps_there()
    {
        var paths = BuiltFixture.Get(full: false).Query("[%{FILENAMES}\n]");

        Assert.DoesNotContain(paths, path => path.StartsWith("/bin/", StringComparison.Ordinal)
            || path.StartsWith("/sbin/", StringComparison.Ordinal)
            || path.StartsWith("/lib/", StringComparison.Ordinal)
            || path.StartsWith("/lib64/", StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_are_those_of_real_packages()
    {
        var packages = BuiltFixture.Get(full: false).Query("%{NAME}|%{SUMMARY}|%{LICENSE}|%{SOURCERPM}|%{VENDOR}|%{BUILDHOST}|%{CHANGELOGTIME}\n");

        Assert.All(packages, line =>
        {
            var fields = line.Split('|');
            Assert.Equal(7, fields.Length);
            Assert.True(fields[1].Length > 5, line);
            Assert.DoesNotContain("(none)", fields[2], StringComparison.Ordinal);
            Assert.EndsWith(".src.rpm", fields[3], StringComparison.Ordinal);
            Assert.Equal("Fixture Linux", fields[4]);
            Assert.Equal("builder.fixture.invalid", fields[5]);
            Assert.NotEqual("(none)", fields[6]);
        });
        Assert.InRange(packages.Count(line => line.Contains("LicenseRef-See-Copyright-File", StringComparison.Ordinal)), 0, packages.Count / 20);
    }

    [Fact]
    public void Subpackages_name_the_source_that_they_share()
    {
        var sources = BuiltFixture.Get(full: false).Query("%{SOURCERPM}\n", "systemd", "systemd-libs", "systemd-udev", "systemd-pam");

        Assert.StartsWith("systemd-252", Assert.Single(sources.Distinct()), StringComparison.Ordinal);
    }

    private static string Lines(BuiltFixture fixture, string tag, string package) => string.Join('\n', fixture.Query($"{tag}\n", package));
}
