using NodeImage.Fixtures.Repositories;

namespace NodeImage.Fixtures.Tests.Built;

/// <summary>The fixture for another architecture than the building machine's is as genuine as the other one.</summary>
public sealed class Arm64Tests
{
    private const string SmallestBase = "filesystem setup fixture-release bash coreutils kernel-core";

    // The ELF header: a 64-bit little-endian file, and in two bytes from the 18th what it runs on (elf(5)).
    private const int MachineOffset = 18;
    private const int AArch64 = 183;

    [Fact]
    public void All_packages_are_for_aarch64_or_for_every_architecture()
    {
        var architectures = BuiltFixture.GetArm64().Query("%{ARCH}\n").CountBy(architecture => architecture).ToDictionary(StringComparer.Ordinal);

        Assert.Equal(["aarch64", "noarch"], architectures.Keys.Order(StringComparer.Ordinal));
        Assert.True(architectures["aarch64"] > architectures["noarch"]);
    }

    [Fact]
    public void It_is_small()
    {
        var repositories = BuiltFixture.GetArm64().Description.Repositories;

        Assert.Equal(["base", "ocp"], repositories.Select(repository => repository.Name));
        Assert.InRange(repositories.Sum(repository => repository.Packages), 40, 85);
        Assert.InRange(repositories.Sum(repository => repository.DownloadSize), 30_000_000, 90_000_000);
    }

    [Theory]
    [InlineData("arm64.packages", "base")]
    [InlineData("arm64-node.packages", "ocp")]
    public void Every_listed_package_is_there(string list, string repository)
    {
        var names = BuiltFixture.GetArm64().Metadata(repository).Packages.Select(package => package.Name);

        Assert.Empty(TextTable.Read(Path.Combine(RepositoryFolder.Root, "eng", "fixtures", list)).Except(names, StringComparer.Ordinal));
    }

    [Fact]
    public void All_requirements_are_met()
    {
        var fixture = BuiltFixture.GetArm64();

        Assert.Empty(RequirementCheck.FindUnmet(fixture.Metadata("base")));
        Assert.Empty(RequirementCheck.FindUnmet(fixture.Metadata("ocp"), fixture.Metadata("base")));
    }

    [Fact]
    public void Every_package_is_signed_with_the_key_of_the_other_fixture()
    {
        var fixture = BuiltFixture.GetArm64();
        var answers = fixture.CheckSignatures();

        Assert.Equal(fixture.Packages.Count, answers.Count);
        Assert.All(answers, answer => Assert.EndsWith(": digests signatures OK", answer, StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(BuiltFixture.Get(full: false).Key), File.ReadAllText(fixture.Key));
    }

    [Theory]
    [InlineData("bash", 1)]
    [InlineData("coreutils", 80)]
    [InlineData("glibc", 20)]
    [InlineData("systemd", 40)]
    [InlineData("kernel-modules-core", 200)]
    [InlineData("conmon", 1)]
    public void Programs_libraries_and_modules_are_for_AArch64(string package, int atLeast)
    {
        Assert.SkipUnless(Shell.Has("rpm2cpio") && Shell.Has("cpio"), "rpm2cpio or cpio is not installed");
        var fixture = BuiltFixture.GetArm64();
        using var folder = new ScratchFolder();
        Shell.Run("sh", ["-c", "rpm2cpio \"$1\" | (cd \"$2\" && cpio -idm --quiet)", "sh", fixture.Packages[package], folder.Path]);

        var machines = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).LinkTarget is null)
            .Select(ReadMachine)
            .OfType<int>()
            .ToList();

        Assert.True(machines.Count >= atLeast, $"{package} has {machines.Count} ELF files");
        Assert.All(machines, machine => Assert.Equal(AArch64, machine));
    }

    [Fact]
    public void Libraries_are_required_and_provided_by_their_sonames()
    {
        var fixture = BuiltFixture.GetArm64();

        Assert.Contains("ld-linux-aarch64.so.1()(64bit)", fixture.Query("[%{REQUIRENAME}\n]", "bash"));
        Assert.Contains("ld-linux-aarch64.so.1()(64bit)", fixture.Query("[%{PROVIDENAME}\n]", "glibc"));
        Assert.Contains("/usr/lib/aarch64-linux-gnu", fixture.Query("[%{FILENAMES}\n]", "filesystem"));
        Assert.DoesNotContain(fixture.Query("[%{FILENAMES}\n]"), path => path.Contains("x86_64", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tcpdump", "useradd -r -u 72 -g tcpdump")]
    [InlineData("util-linux-uuidd", "useradd -r -g uuidd")]
    public void Packages_of_the_node_make_accounts(string package, string text) =>
        Assert.Contains(BuiltFixture.GetArm64().Query("%{PREIN}\n", package), line => line.Contains(text, StringComparison.Ordinal));

    [Theory]
    [InlineData(SmallestBase, "base")]
    [InlineData(SmallestBase + " conmon tcpdump util-linux-uuidd", "base ocp")]
    public void Dnf_resolves_it_for_a_foreign_machine(string packages, string repositories)
    {
        var fixture = BuiltFixture.GetArm64();
        Assert.SkipUnless(Shell.Has("dnf"), "dnf is not installed");
        using var folder = new ScratchFolder();
        foreach (var repository in repositories.Split(' '))
        {
            File.WriteAllText(Path.Combine(folder.Path, $"{repository}.repo"), $"""
                [{repository}]
                name={repository}
                baseurl=file://{fixture.Folder}/{repository}
                gpgcheck=1
                gpgkey=file://{fixture.Key}

                """);
        }

        // Nothing is downloaded or installed: the answer to its question is no.
        var result = Shell.Try(
            "dnf",
            [
                "--assumeno", "--forcearch=aarch64", $"--installroot={folder.Path}/root", "--releasever=9", $"--setopt=reposdir={folder.Path}",
                $"--setopt=cachedir={folder.Path}/cache", $"--setopt=logdir={folder.Path}", "--setopt=pluginpath=/nonexistent",
                "--setopt=module_platform_id=platform:el9", "--setopt=install_weak_deps=False",
                "install", .. packages.Split(' '),
            ],
            ("HOME", folder.Path));

        Assert.Contains("Transaction Summary", result.Output, StringComparison.Ordinal);
        Assert.All(packages.Split(' '), package => Assert.Contains($" {package} ", result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("x86_64", result.Output, StringComparison.Ordinal);
        Assert.Contains("aarch64", result.Output, StringComparison.Ordinal);
    }

    private static int? ReadMachine(string file)
    {
        Span<byte> header = stackalloc byte[MachineOffset + 2];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.StartsWith("\u007fELF\u0002\u0001"u8)
            ? header[MachineOffset] | (header[MachineOffset + 1] << 8)
            : null;
    }
}
