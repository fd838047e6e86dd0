namespace NodeImage.Sdk.Tests.Treefiles;

/// <summary>Proves what a project makes of treefiles that it joins or imports.</summary>
public sealed class JoiningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-treefiles-").FullName;

    private string ProjectFile => Path.Combine(_folder, "image.osproj");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("repos: []\n\npakages: [a]\n", "NI1203", 3, 1)]
    [InlineData("repos: [none]\n", "NI1235", 1, 9)]
    [InlineData("ostree-layers:\n  - overlay/05core\n", "NI1234", 2, 5)]
    [InlineData("remove-from-packages:\n  - [a, '[']\n", "NI1006", 2, 6)]
    [InlineData("units:\n  - nothing\n", "NI1012", 2, 5)]
    [InlineData("add-files: [[none, /etc/none]]\n", "NI1207", 1, 14)]
    [InlineData("automatic-version-prefix: <date:%Q>\n", "NI1205", 1, 27)]
    public void What_is_wrong_is_told_at_the_line_of_the_treefile(string text, string code, int line, int column)
    {
        Write("t.yaml", "include: inner.yaml\n");
        Write("inner.yaml", text);
        var outcome = Build("CollectImageDefinition", "<Treefile Include=\"t.yaml\" />");
        var error = Assert.Single(outcome.Errors);

        Assert.Equal((code, Path.Combine(_folder, "inner.yaml"), line, column), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public void A_treefile_that_is_not_there_is_told_at_its_item()
    {
        var error = Assert.Single(Build("CollectImageDefinition", "\n<Treefile Include=\"none.yaml\" />").Errors);
        Assert.Equal(("NI1005", 2), (error.Code, error.LineNumber));
    }

    [Fact]
    public void What_the_project_says_itself_stands_and_comes_last()
    {
        Write("t.yaml", "repos: [r]\ndefault-target: a.target\nrecommends: false\ntmp-is-dir: true\nboot-location: new\nostree-layers: [overlay/one]\npostprocess: [\"#!/bin/sh\\ntrue\\n\"]\n");
        Write("r.repo", "[r]\nbaseurl=https://example.com/$basearch\n");
        Write("overlay.d/one/etc/one", "1");
        Write("overlay.d/one/statoverride", "=384 /etc/one\n");
        Write("two/etc/two", "2");
        Write("own.sh", "#!/bin/bash\n");
        var outcome = Build(
            "EmitTreefile",
            "<Treefile Include=\"t.yaml\" /><Overlay Include=\"two\" /><PostProcessScript Include=\"own.sh\" /><TreefileField Include=\"boot-location\" Value=\"modules\" />",
            "<DefaultTarget>b.target</DefaultTarget><RpmInstallWeakDependencies>true</RpmInstallWeakDependencies>");

        Assert.Empty(outcome.Errors.Select(error => error.Message));
        Assert.Equal(
            """
            repos:
              - r
            ostree-layers:
              - overlay/one
              - overlay/11-two
            default-target: b.target
            boot-location: modules
            tmp-is-dir: true
            postprocess:
              - |
                #!/bin/sh
                true
              - |
                #!/bin/bash

            """,
            File.ReadAllText(Path.Combine(_folder, "out/treefile.yaml")).Split('\n', 2)[1].Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal("=384 /etc/one\n", File.ReadAllText(Path.Combine(_folder, "out/overlay.d/one/statoverride")));
        Assert.False(File.Exists(Path.Combine(_folder, "out/overlay.d/one/etc/statoverride")));
        Assert.Contains("baseurl=https://example.com/x86_64\n", File.ReadAllText(Path.Combine(_folder, "out/nodeimage.repo")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_treefile_leaves_open_is_as_rpm_ostree_has_it_and_without_one_as_ever()
    {
        Write("t.yaml", "repos: []\n");
        Assert.Empty(Build("EmitTreefile", "<Treefile Include=\"t.yaml\" />").Errors);
        Assert.Equal("repos", File.ReadAllText(Path.Combine(_folder, "out/treefile.yaml")).Split('\n')[1].Replace("{}", "repos", StringComparison.Ordinal));
        Assert.Empty(Build("EmitTreefile", "").Errors);
        Assert.Contains("recommends: false\ndocumentation: false\n", File.ReadAllText(Path.Combine(_folder, "out/treefile.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_and_roots_can_be_given()
    {
        Write("os/t.yaml", "include: [../common.yaml, sub/a.yaml]\nrepos: []\n");
        Write("common.yaml", "units: [common.service]\n");
        Write("elsewhere/a.yaml", "units: [a.service]\n");
        Assert.Equal("NI1207", Assert.Single(Build("CollectImageDefinition", "<Treefile Include=\"os/t.yaml\" />").Errors).Code);
        Assert.Equal("NI1208", Assert.Single(Build("CollectImageDefinition", "<Treefile Include=\"os/t.yaml\" Root=\"os\" />").Errors).Code);
        Assert.Empty(Build("EmitTreefile", "<Treefile Include=\"os/t.yaml\" Folders=\"sub=elsewhere\" />").Errors.Select(error => error.Message));
        Assert.Contains("  - a.service\n  - common.service\n", File.ReadAllText(Path.Combine(_folder, "out/treefile.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_is_there_is_not_overwritten_unless_it_may_be()
    {
        Write("t.yaml", "repos: [r]\npackages: [a]\npostprocess: [\"#!/bin/sh\\n\"]\n");
        TreefileProject.Write(ProjectFile, "<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>");
        Assert.Equal("NI1241", Assert.Single(TreefileProject.Build(ProjectFile, "ImportTreefile").Errors).Code);
        var first = TreefileProject.Build(ProjectFile, "ImportTreefile", ("TreefilePath", "t.yaml"));
        Assert.Equal(["NI1236"], first.Warnings.Select(warning => warning.Code));
        Assert.Equal(
            """
            <!-- Imported from t.yaml. -->
            <Project Sdk="NodeImage.Sdk">
              <PropertyGroup>
                <OSImageKind>Base</OSImageKind>
                <TargetFramework>rhel9.6</TargetFramework>
                <RpmInstallDocumentation>true</RpmInstallDocumentation>
                <RpmInstallWeakDependencies>true</RpmInstallWeakDependencies>
              </PropertyGroup>

              <!-- Where packages come from -->
              <ItemGroup>
                <RpmRepository Include="r" />
              </ItemGroup>

              <!-- Packages -->
              <ItemGroup>
                <!-- t.yaml -->
                <RpmPackage Include="a" />
              </ItemGroup>

              <!-- Scripts, run in the finished tree in this order -->
              <ItemGroup>
                <PostProcessScript Include="postprocess/01.sh" />
              </ItemGroup>
            </Project>

            """,
            File.ReadAllText(Path.Combine(_folder, "t.osproj")).Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal("NI1238", Assert.Single(TreefileProject.Build(ProjectFile, "ImportTreefile", ("TreefilePath", "t.yaml")).Errors).Code);
        Assert.True(TreefileProject.Build(ProjectFile, "ImportTreefile", ("TreefilePath", "t.yaml"), ("OverwriteImportedProject", "true")).Succeeded);
    }

    private BuildOutcome Build(string target, string items, string properties = "")
    {
        TreefileProject.Write(ProjectFile, $"<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>rhel9.6</TargetFramework>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup>");
        return TreefileProject.Build(ProjectFile, target, ("RuntimeIdentifier", "linux-x64"), ("TreefileOutputFolder", Path.Combine(_folder, "out")));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), text);
    }
}
