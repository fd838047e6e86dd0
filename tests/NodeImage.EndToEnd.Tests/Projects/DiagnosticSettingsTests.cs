using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A warning of composing obeys the settings that any .NET project has, and is in the log that ErrorLog asks for.</summary>
public sealed class DiagnosticSettingsTests(DiagnosticSettingsTests.Images images) : IClassFixture<DiagnosticSettingsTests.Images>
{
    private const string Unit = """<SystemdUnit Update="units/plain.service" State="Enabled" />""";
    private const string Summary = "node: 0 packages in ";

    private ScratchProject Project => images.Project;

    private string Log => Path.Combine(Project.Folder, "node", "build.sarif");

    [Fact]
    public void A_warning_is_shown_and_logged_and_stays_in_the_log_of_a_build_with_nothing_to_do()
    {
        Fresh();
        var output = Project.Build("node", "-p:ErrorLog=build.sarif").Succeeded();
        Assert.Contains("warning NI3503", output, StringComparison.Ordinal);
        var result = Assert.Single(Results());
        Assert.Equal(("NI3503", "warning"), ((string?)result!["ruleId"], (string?)result["level"]));
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(new Uri(Project.ProjectFile("node")).AbsoluteUri, (string?)place["artifactLocation"]!["uri"]);
        Assert.Equal(LineOf(Unit), (int)place["region"]!["startLine"]!);
        var rule = JsonNode.Parse(File.ReadAllText(Log))!["runs"]![0]!["tool"]!["driver"]!["rules"]![0]!;
        Assert.EndsWith("/docs/diagnostics/NI3503.md", (string)rule["helpUri"]!, StringComparison.Ordinal);
        Assert.True(File.Exists(new Uri((string)rule["helpUri"]!).LocalPath));

        var (bytes, time) = (File.ReadAllBytes(Log), File.GetLastWriteTimeUtc(Log));
        Assert.DoesNotContain("NI3503", Project.Build("node", "-p:ErrorLog=build.sarif").Succeeded(), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Log));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Log));
    }

    [Fact]
    public void A_warning_that_is_switched_off_is_neither_shown_nor_logged()
    {
        Fresh();
        var output = Project.Build("node", "-p:NoWarn=NI3503", "-p:ErrorLog=build.sarif").Succeeded();
        Assert.DoesNotContain("NI3503", output, StringComparison.Ordinal);
        Assert.Empty(Results());
    }

    [Theory]
    [InlineData("-p:TreatWarningsAsErrors=true")]
    [InlineData("-p:WarningsAsErrors=NI3503")]
    [InlineData("-warnAsError:NI3503")]
    public void A_warning_that_is_made_an_error_leaves_no_image_however_often_it_is_built(string setting)
    {
        Fresh();
        for (var i = 0; i < 2; i++)
        {
            var result = Project.Build("node", setting, "-p:ErrorLog=build.sarif");
            Assert.NotEqual(0, result.Status);
            Assert.Equal(("NI3503", LineOf(Unit)), Assert.Single(BuildError.Parse(result.Output).Select(error => (error.Code, error.Line))));
            Assert.Equal("error", (string?)Assert.Single(Results())!["level"]);
            Assert.False(File.Exists(Path.Combine(Project.Layout("node"), "index.json")));
        }
    }

    [Fact]
    public void An_error_ends_the_log()
    {
        Fresh();
        Project.Build("node", "-p:ErrorLog=build.sarif").Succeeded();
        Images.WriteNode(Project, """<SystemdUnit Include="units/absent.service" />""");
        try
        {
            Assert.NotEqual(0, Project.Build("node", "-p:ErrorLog=build.sarif").Status);
            Assert.Equal("NI1005", (string?)Assert.Single(Results())!["ruleId"]);
        }
        finally
        {
            Images.WriteNode(Project);
        }
    }

    [Fact]
    public void Another_language_says_it_in_other_words_and_makes_the_same_image()
    {
        Fresh();
        Project.Build("node").Succeeded();
        var (digest, locked) = (Project.Digest("node"), File.ReadAllBytes(Project.LockFile("node")));
        Fresh();
        Project.Run("clean", "base", []).Succeeded();
        var output = Project.Run("build", "node", [], new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "de" }).Succeeded();
        Assert.Contains("NI3503", output, StringComparison.Ordinal);
        Assert.Contains("hat keinen Abschnitt [Install]", output, StringComparison.Ordinal);
        Assert.Equal(digest, Project.Digest("node"));
        Assert.Equal(locked, File.ReadAllBytes(Project.LockFile("node")));
    }

    [Fact]
    public void A_build_says_one_line_for_an_image_and_more_only_where_it_is_asked()
    {
        Fresh();
        var minimal = Project.Build("node", "-v:minimal").Lines();
        Assert.Single(minimal, line => line.Contains(Summary, StringComparison.Ordinal));
        Assert.Contains(minimal, line => line.Contains(Project.Digest("node"), StringComparison.Ordinal));
        Assert.DoesNotContain(minimal, line => line.Contains("Layer 1 of", StringComparison.Ordinal));
        Assert.DoesNotContain(Project.Build("node", "-v:minimal").Lines(), line => line.Contains(Summary, StringComparison.Ordinal));

        Fresh();
        var normal = Project.Build("node", "-v:normal", "-p:RestoreForceEvaluate=true").Succeeded();
        string[] steps = ["Reading the metadata of fixture-base", "Choosing among ", "Installing 0 packages", "Checking the image", "Writing the image", "Layer 1 of"];
        Assert.All(steps, step => Assert.Contains(step, normal, StringComparison.Ordinal));
        var layers = normal.Split('\n').Where(line => line.Contains(" KiB, ", StringComparison.Ordinal)).Select(line => line[line.IndexOf(": ", StringComparison.Ordinal)..]).ToList();
        Assert.Equal(layers.Distinct(), layers);
    }

    // The image is composed anew; its base is not.
    private void Fresh()
    {
        Project.Run("clean", "node", []).Succeeded();
        File.Delete(Log);
        Assert.False(File.Exists(Path.Combine(Project.Layout("node"), "index.json")));
    }

    private JsonArray Results() => JsonNode.Parse(File.ReadAllText(Log))!["runs"]![0]!["results"]!.AsArray();

    private int LineOf(string item) => Array.FindIndex(File.ReadAllLines(Project.ProjectFile("node")), line => line.Contains(item, StringComparison.Ordinal)) + 1;

    /// <summary>A small base, and an image on it with a unit that cannot be enabled.</summary>
    public sealed class Images
    {
        private readonly Lazy<ScratchProject> _project = new(() =>
        {
            var project = ScratchProject.MakeWithBase("diagnostic-settings");
            WriteNode(project);
            project.Write("node/units/plain.service", "[Service]\nExecStart=/usr/bin/true\n");
            return project;
        });

        internal ScratchProject Project => _project.Value;

        // The properties of the repository that the project lies in make errors of warnings.
        internal static void WriteNode(ScratchProject project, string more = "") =>
            project.WriteLayered("node", Unit + more, "<TreatWarningsAsErrors>false</TreatWarningsAsErrors>");
    }
}
