using System.Xml.Linq;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>Where <c>global.json</c> names Microsoft.Testing.Platform, <c>dotnet test</c> asks each project for a program; images have one.</summary>
public sealed class TestPlatformTests(TestPlatformTests.Projects projects) : IClassFixture<TestPlatformTests.Projects>
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private ScratchProject Project => projects.Project;

    [Fact]
    public void Images_of_a_solution_are_tested_each_with_a_report_of_its_own()
    {
        Write(("good.sh", "test \"$(cat /etc/own.conf)\" = 'own = 1'\n"));
        var output = Run("--solution", "all.slnx", "--report-trx", "--results-directory", "results").Succeeded();
        Assert.Contains("total: 19", output, StringComparison.Ordinal);
        Assert.Equal((9, 10), (Results("base").Count, Results("node").Count));
        Assert.All(Results("node"), result => Assert.Equal("Passed", (string?)result.Attribute("outcome")));
        Assert.Contains(Results("node"), result => (string?)result.Attribute("testName") == "tests/good.sh");
    }

    [Fact]
    public void A_script_that_fails_is_told_at_its_line_with_what_it_said()
    {
        Write(("good.sh", "true\n"), ("bad.sh", "echo the kubelet is missing >&2\nexit 3\n"));
        var failed = Run("--project", "node/node.osproj");
        Assert.NotEqual(0, failed.Status);
        Assert.Contains("failed tests/bad.sh", failed.Output, StringComparison.Ordinal);
        Assert.Matches(@"node\.osproj\(\d+,\d+\): error NI4101: The test 'tests/bad\.sh' ended with exit status 3:[\s\S]*the kubelet is missing", failed.Output);
        Assert.Contains("failed: 1", failed.Output, StringComparison.Ordinal);
        Assert.Contains("succeeded: 10", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_are_listed_and_chosen_without_building()
    {
        Write(("good.sh", "true\n"), ("bad.sh", "exit 3\n"));
        Run("--project", "node/node.osproj", "--filter", "Name~good").Succeeded();
        var before = Project.Snapshot("node/bin");
        var listed = Run("--project", "node/node.osproj", "--no-build", "--list-tests").Succeeded();
        Assert.Contains("tests/bad.sh", listed, StringComparison.Ordinal);
        Assert.Contains("Discovered 11 tests", listed, StringComparison.Ordinal);
        Assert.Contains("total: 2", Run("--project", "node/node.osproj", "--no-build", "--filter", "Name~good|Name~NI4001").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("NI4103", Run("--project", "node/node.osproj", "--no-build", "--filter", "Category=slow").Output, StringComparison.Ordinal);
        Assert.Equal(before, Project.Snapshot("node/bin"));
    }

    [Fact]
    public void What_is_wrong_with_the_tests_or_the_image_is_told()
    {
        Write(("good.sh", "true\n"));
        Newcomer.WriteNode(Project, """<ImageTest Include="tests/gone.sh" />""");
        var gone = Run("--project", "node/node.osproj");
        Assert.NotEqual(0, gone.Status);
        Assert.Matches(@"node\.osproj\(\d+,\d+\): error NI1005: .*tests/gone\.sh", gone.Output);

        Write(("good.sh", "true\n"));
        Run("--project", "node/node.osproj").Succeeded();
        Directory.Delete(Project.Layout("node"), recursive: true);
        var missing = Run("--project", "node/node.osproj", "--no-build");
        Assert.NotEqual(0, missing.Status);
        Assert.Contains("NI3101", missing.Output, StringComparison.Ordinal);
    }

    private CommandResult Run(params string[] arguments) => Newcomer.Run(Project, ["test", .. arguments]);

    private List<XElement> Results(string image) => [.. XDocument.Load(Path.Combine(Project.Folder, "results", $"{image}_rhel9.6_x86_64.trx")).Descendants(Trx + "UnitTestResult")];

    private void Write(params (string Name, string Text)[] scripts) => Newcomer.WriteTests(Project, scripts);

    /// <summary>A solution with images, in a folder where Microsoft.Testing.Platform is the runner.</summary>
    public sealed class Projects : IDisposable
    {
        private readonly Lazy<ScratchProject> _project = new(() =>
        {
            var project = Newcomer.Write();
            Newcomer.UseTestPlatform(project);
            Newcomer.Run(project, ["new", "sln", "-n", "all"]).Succeeded();
            Newcomer.Run(project, ["sln", "add", "base", "node"]).Succeeded();
            return project;
        });

        internal ScratchProject Project => _project.Value;

        public void Dispose()
        {
            if (_project.IsValueCreated)
            {
                Directory.Delete(Project.Folder, recursive: true);
            }
        }
    }
}
