using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>An image for another architecture is composed on this machine, by the same project, and holds nothing of this one.</summary>
public sealed class ArchitectureTests(ArchitectureTests.Images images) : IClassFixture<ArchitectureTests.Images>
{
    private const string Runtime = "linux-arm64";

    // The ELF header: in two bytes from the 18th what a file runs on (elf(5)).
    private const int MachineOffset = 18;
    private const int AArch64 = 183;

    private const string Emulators = "/proc/sys/fs/binfmt_misc";

    private ScratchProject Project => images.Project;

    [Theory]
    [InlineData("base", 1000)]
    [InlineData("node", 1300)]
    public void Its_programs_libraries_and_modules_are_all_for_AArch64(string image, int atLeast)
    {
        var machines = new List<(string Path, int Machine)>();
        Layout(image).ReadFiles((path, content) =>
        {
            var header = new byte[MachineOffset + 2];
            if (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.AsSpan().StartsWith("\u007fELF"u8))
            {
                machines.Add((path, header[MachineOffset] | (header[MachineOffset + 1] << 8)));
            }
        });

        Assert.True(machines.Count >= atLeast, $"there are {machines.Count} ELF files");
        Assert.DoesNotContain(machines, file => file.Machine != AArch64);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("node")]
    public void Its_config_and_its_index_say_arm64(string image)
    {
        var layout = Layout(image);

        Assert.Equal(("arm64", "linux"), ((string)layout.Config["architecture"]!, (string)layout.Config["os"]!));
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Layout(image, Runtime), "index.json")))!;
        Assert.Equal("arm64", (string)index["manifests"]![0]!["platform"]!["architecture"]!);
    }

    [Fact]
    public void Its_rpm_database_lists_the_packages_of_the_base_and_of_the_layer()
    {
        Command.Require("rpm");
        var packages = Query("node");

        Assert.Equal(["aarch64", "noarch"], packages.Select(line => line.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string> { "bash aarch64", "kernel-core aarch64", "setup noarch", "conmon aarch64", "tcpdump aarch64", "util-linux-uuidd aarch64" },
            packages.ToHashSet(StringComparer.Ordinal));
        Assert.Superset(Query("base").ToHashSet(StringComparer.Ordinal), packages.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_lock_is_for_its_own_architecture()
    {
        var targets = JsonNode.Parse(File.ReadAllText(Project.LockFile("base")))!["targets"]!.AsObject();

        Assert.Equal("rhel9.6/aarch64", Assert.Single(targets).Key);
    }

    [Fact]
    public void Scriptlets_of_known_commands_are_carried_out_as_on_its_own_machine()
    {
        var files = Texts("node", "/usr/lib/passwd", "/etc/ld.so.cache");

        // %pre of two packages, and the file trigger of systemd for sysusers.d.
        Assert.Contains("tcpdump:x:72:72:", files["/usr/lib/passwd"], StringComparison.Ordinal);
        Assert.Contains("uuidd:x:", files["/usr/lib/passwd"], StringComparison.Ordinal);
        Assert.Contains("systemd-network:x:", files["/usr/lib/passwd"], StringComparison.Ordinal);

        // ldconfig, asked for by the file trigger of glibc-common.
        Assert.Contains("/lib/aarch64-linux-gnu/libglib-2.0.so.0", files["/etc/ld.so.cache"], StringComparison.Ordinal);
    }

    [Fact]
    public void Its_kernel_has_module_indexes()
    {
        var files = Layout("base").Files();

        var folder = Path.GetDirectoryName(Assert.Single(files.Keys, path => path.EndsWith("/vmlinuz", StringComparison.Ordinal)))!;
        Assert.EndsWith("-arm64", folder, StringComparison.Ordinal);
        Assert.Contains($"{folder}/modules.dep.bin", files.Keys);
        Assert.Contains($"{folder}/modules.alias.bin", files.Keys);
    }

    [Theory]
    [InlineData("own-shell", "")]
    [InlineData("own-simple", "<RpmScriptletMode>Sandbox</RpmScriptletMode>")]
    public void A_scriptlet_that_needs_the_images_own_programs_is_refused_by_name(string package, string properties)
    {
        Assert.SkipWhen(CanRunForeignPrograms(), "this machine runs programs of aarch64");
        Project.WriteImage("refused", "Layered", Images.Item(package), properties);

        var result = Project.Build("refused", "-r", Runtime);

        Assert.NotEqual(0, result.Status);
        var error = Assert.Single(BuildError.Parse(result.Output));
        Assert.Equal("NI3401", error.Code);
        Assert.Contains(" scriptlet of ", error.Message, StringComparison.Ordinal);
        Assert.Contains("programs of aarch64 do not run on this machine (x86_64): no emulator for them is registered with its kernel", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Project.Layout("refused", Runtime)));
        if (properties.Length == 0)
        {
            Assert.StartsWith($"The %post scriptlet of {package}-1-1.noarch uses ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_is_run_where_the_kernel_has_an_emulator_for_them()
    {
        Command.RequireRoot();
        Assert.SkipUnless(CanRunForeignPrograms(), "no emulator for aarch64 is registered with this machine's kernel");
        Project.WriteImage("emulated", "Layered", Images.Item("own-shell"));

        Project.Build("emulated", "-r", Runtime).Succeeded();

        Assert.Contains("/usr/share/own-shell/made", new LayoutReader(Project.Layout("emulated", Runtime)).Files().Keys);
    }

    [Fact]
    public void A_scriptlet_that_can_be_followed_is_carried_out_natively()
    {
        Project.WriteImage("followed", "Layered", Images.Item("own-simple"));

        Project.Build("followed", "-r", Runtime).Succeeded();

        Assert.Contains("/usr/share/own-simple/made", new LayoutReader(Project.Layout("followed", Runtime)).Files().Keys);
    }

    [Fact]
    public void A_repository_of_another_architecture_has_nothing_for_it()
    {
        Project.WriteImage("foreign", "Base", $"""
            {ScratchProject.BaseRepository}
                <RpmPackage Include="bash" />
            """);

        var result = Project.Build("foreign", "-r", Runtime);

        Assert.NotEqual(0, result.Status);
        Assert.All(BuildError.Parse(result.Output), error => Assert.StartsWith("NI2", error.Code, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    private static bool CanRunForeignPrograms() =>
        RuntimeInformation.OSArchitecture == Architecture.Arm64
        || (Directory.Exists(Emulators) && Directory.GetFiles(Emulators).Any(file => file.Contains("aarch64", StringComparison.Ordinal)));

    private LayoutReader Layout(string image) => new(Project.Layout(image, Runtime));

    private IReadOnlyList<string> Query(string image)
    {
        var folder = Path.Combine(Project.Folder, $"{image}-database");
        Directory.CreateDirectory(folder);
        Layout(image).ReadFiles((path, content) =>
        {
            if (Path.GetFileName(path) == "rpmdb.sqlite")
            {
                using var file = File.Create(Path.Combine(folder, "rpmdb.sqlite"));
                content.CopyTo(file);
            }
        });
        return Command.Run("rpm", "-qa", "--dbpath", folder, "--qf", "%{NAME} %{ARCH}\\n").Lines();
    }

    /// <summary>What files hold in the uppermost layer that has them.</summary>
    private Dictionary<string, string> Texts(string image, params string[] paths)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Layout(image).ReadFiles((path, content) =>
        {
            if (paths.Contains(path, StringComparer.Ordinal))
            {
                texts[path] = new StreamReader(content, System.Text.Encoding.Latin1).ReadToEnd();
            }
        });
        return texts;
    }

    /// <summary>A base for aarch64 and a node on it, built once.</summary>
    public sealed class Images
    {
        private const string Repositories = """
            <RpmRepository Include="fixture-base" BaseUrl="$(FixtureFolder)arm64/base" GpgKey="$(FixtureFolder)arm64/RPM-GPG-KEY-fixture" />
                <RpmRepository Include="fixture-ocp" BaseUrl="$(FixtureFolder)arm64/ocp" GpgKey="$(FixtureFolder)arm64/RPM-GPG-KEY-fixture" />
            """;

        private readonly Lazy<ScratchProject> _project = new(Make);

        internal ScratchProject Project => _project.Value;

        internal static string Item(string package) => $"""
            {Repositories}
                <RpmRepository Include="own" BaseUrl="../own" GpgCheck="false" />
                <ProjectReference Include="../base/base.osproj" />
                <RpmPackage Include="{package}" />
            """;

        private static ScratchProject Make()
        {
            Checkout.RequireArm64Fixtures();
            var project = ScratchProject.Make("architecture");
            project.WriteImage("base", "Base", $"""
                {Repositories}
                    <RpmPackage Include="{ScratchProject.SmallestBase}" />
                """);
            project.WriteImage("node", "Layered", $"""
                {Repositories}
                    <ProjectReference Include="../base/base.osproj" />
                    <RpmPackage Include="conmon;tcpdump;util-linux-uuidd" />
                """);
            project.Build("node", "-r", Runtime).Succeeded();
            MakePackages(new MadeRepository(Path.Combine(project.Folder, "own")));
            return project;
        }

        private static void MakePackages(MadeRepository own)
        {
            own.Build("own-simple", rest: """
                %post
                echo "made by a scriptlet" > /usr/share/own-simple/made
                """);
            own.Build("own-shell", rest: """
                %post -p /bin/bash
                coproc { cat; }
                echo "made by a scriptlet" >&"${COPROC[1]}"
                read -r line <&"${COPROC[0]}"
                echo "$line" > /usr/share/own-shell/made
                """);
            own.Index();
        }
    }
}
