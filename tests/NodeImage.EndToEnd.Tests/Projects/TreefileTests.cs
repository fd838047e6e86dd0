using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A treefile joins a project, a project takes its place, and a treefile is written: with the packed SDK, as a user has it.</summary>
public sealed class TreefileTests
{
    private const string Manifest = """
        include: common.yaml
        conditional-include:
          - if: variant == "small"
            include: {packages: [coreutils]}
        repos: [fixture-base]
        packages: [filesystem setup fixture-release, bash]
        packages-x86_64: [kernel-core]
        recommends: false
        documentation: false
        boot-location: modules
        ostree-layers: [overlay/05core]
        remove-files: [usr/share/treefile/removed]
        remove-from-packages: [[bash, '/etc/skel/.*', '^/usr/bin/bashbug$']]
        add-files: [[banner, /usr/share/treefile/banner]]
        etc-group-members: [wheel]
        postprocess:
          - |
            #!/usr/bin/bash
            set -e
            [[ $(< /usr/share/treefile/order) == common ]]
            echo own >> /usr/share/treefile/order
        """;

    private const string Common = """
        automatic-version-prefix: 9.6.<date:%Y%m%d>
        postprocess:
          - |
            #!/usr/bin/bash
            mkdir -p /usr/share/treefile
            echo common > /usr/share/treefile/order
        """;

    [Fact]
    public void A_project_that_joins_a_treefile_and_one_that_takes_its_place_make_the_same_image()
    {
        var project = Make("treefile");
        project.Write("joined/joined.osproj", Project("<Treefile Include=\"manifest.yaml\" Variables=\"variant=small\" />"));
        var output = project.Build("joined", "-v", "normal").Succeeded();
        Assert.Contains("NI1231", output, StringComparison.Ordinal);
        var files = new LayoutReader(project.Layout("joined")).Files();
        Assert.Equal("/usr/share/treefile/banner;/usr/share/treefile/kept;/usr/share/treefile/order", string.Join(';', files.Where(file => file.Key.StartsWith("/usr/share/treefile/", StringComparison.Ordinal) && file.Value.IsFile).Select(file => file.Key).Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(files.Keys, path => path.StartsWith("/etc/skel/", StringComparison.Ordinal) || path == "/usr/bin/bashbug");
        Assert.Matches("^9\\.6\\.[0-9]{8}\\.0$", (string)new LayoutReader(project.Layout("joined")).Config["config"]!["Labels"]!["org.opencontainers.image.version"]!);

        project.Run("build", "joined", ["-t:ImportTreefile", "-p:TreefilePath=manifest.yaml", "-p:TreefileVariables=variant=small", "-p:TreefileArchitectures=x86_64", "-p:ImportedProjectPath=../imported/joined.osproj"]).Succeeded();
        project.Build("imported").Succeeded();
        Assert.Equal(project.Digest("joined"), new LayoutReader(Path.Combine(project.Folder, "imported", "bin", "Debug", "rhel9.6", "linux-x64", "image")).ManifestDigest);
    }

    [Fact]
    public void A_treefile_that_is_written_has_its_lock_and_its_files_beside_it()
    {
        var project = Make("treefile-emitted");
        project.Write("joined/joined.osproj", Project("<Treefile Include=\"manifest.yaml\" Variables=\"variant=small\" />"));
        project.Run("build", "joined", ["-t:EmitTreefile", "-p:TreefileOutputFolder=out"]).Succeeded();
        var folder = Path.Combine(project.Folder, "joined", "out");

        Assert.Equal(
            ["files/01-banner", "keys/fixture-base.asc", "manifest-lock.x86_64.json", "nodeimage.repo", "overlay.d/05core/usr/share/treefile/kept", "overlay.d/05core/usr/share/treefile/removed", "treefile.yaml"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal));
        Assert.Contains("\"digest\": \"sha256:", File.ReadAllText(Path.Combine(folder, "manifest-lock.x86_64.json")), StringComparison.Ordinal);
        Assert.Contains("    - /etc/skel/.*\n", File.ReadAllText(Path.Combine(folder, "treefile.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_in_a_treefile_is_told_at_its_line()
    {
        var project = Make("treefile-slip");
        project.Write("joined/common.yaml", "postproces: []\n");
        project.Write("joined/joined.osproj", Project("<Treefile Include=\"manifest.yaml\" Variables=\"variant=small\" />"));
        var error = Assert.Single(BuildError.Parse(project.Build("joined").Output));

        Assert.Equal(("NI1203", 1, "common.yaml"), (error.Code, error.Line, Path.GetFileName(error.File)));
        Assert.Contains("Did you mean 'postprocess'?", error.Message, StringComparison.Ordinal);
    }

    private static ScratchProject Make(string name)
    {
        var project = ScratchProject.Make(name);
        project.Write("joined/manifest.yaml", Manifest);
        project.Write("joined/common.yaml", Common);
        project.Write("joined/banner", "hello\n");
        project.Write("joined/overlay.d/05core/usr/share/treefile/removed", "");
        project.Write("joined/overlay.d/05core/usr/share/treefile/kept", "");
        var fixtures = Checkout.RequireFixtures();
        project.Write("joined/fixture.repo", $"[fixture-base]\nbaseurl=file://{fixtures}/base\ngpgkey=file://{fixtures}/RPM-GPG-KEY-fixture\n");
        return project;
    }

    private static string Project(string items) => $"""
        <Project Sdk="NodeImage.Sdk">
          <PropertyGroup>
            <OSImageKind>Base</OSImageKind>
            <TargetFramework>rhel9.6</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;
}
