using System.Xml.Linq;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet test</c> holds an image to its rules, and runs the project's scripts inside it.</summary>
public sealed class TestVerbTests(Newcomer newcomer) : IClassFixture<Newcomer>
{
    private ScratchProject Project => newcomer.Project;

    [Fact]
    public void Lints_and_scripts_pass_and_are_counted()
    {
        Write(("good.sh", "test \"$(cat /etc/own.conf)\" = 'own = 1' && test -x /usr/bin/hostname && test ! -e /work\n"));
        var output = newcomer.Run("test", "node", "--logger", "trx;LogFileName=all.trx", "--results-directory", "results").Succeeded();
        Assert.Contains("Passed tests/good.sh", output, StringComparison.Ordinal);
        Assert.Contains("Passed NI4001: An image has exactly one kernel", output, StringComparison.Ordinal);
        var report = XDocument.Load(Path.Combine(Project.Folder, "results", "all.trx"));
        XNamespace name = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var results = report.Descendants(name + "UnitTestResult").ToList();
        Assert.True(results.Count >= 10);
        Assert.All(results, result => Assert.Equal("Passed", (string?)result.Attribute("outcome")));
        Assert.Equal(results.Count, (int?)report.Descendants(name + "Counters").Single().Attribute("passed"));
    }

    [Fact]
    public void A_script_that_fails_fails_the_verb_at_its_line_with_what_it_said()
    {
        Write(("good.sh", "true\n"), ("bad.sh", "echo the kubelet is missing >&2\nexit 3\n"));
        var failed = newcomer.Run("test", "node", "--logger", "trx");
        Assert.NotEqual(0, failed.Status);
        Assert.Matches(@"node\.osproj\(\d+,\d+\): error NI4101: The test 'tests/bad\.sh' ended with exit status 3:[\s\S]*the kubelet is missing", failed.Output);
        Assert.Contains("Failed!  - Failed: 1", failed.Output, StringComparison.Ordinal);
        Assert.Contains("the kubelet is missing", File.ReadAllText(Path.Combine(Project.Folder, "node", "TestResults", "node.trx")), StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_are_listed_and_chosen_without_building()
    {
        Write(("good.sh", "true\n"), ("bad.sh", "exit 3\n"));
        newcomer.Run("build", "node").Succeeded();
        var listed = newcomer.Run("test", "node", "--no-build", "--list-tests").Succeeded();
        Assert.Contains("tests/bad.sh", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("Passed", listed, StringComparison.Ordinal);

        var chosen = newcomer.Run("test", "node", "--no-build", "--filter", "Name~good|Name=tests/other.sh").Succeeded();
        Assert.Contains("Failed: 0, Passed: 1,", chosen, StringComparison.Ordinal);
        Assert.Contains("NI4104", newcomer.Run("test", "node", "--no-build", "--filter", "Name~nothing").Output, StringComparison.Ordinal);
        Assert.Contains("error NI4103", newcomer.Run("test", "node", "--no-build", "--filter", "Category=slow").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_changes_no_image()
    {
        Write(("change.sh", "echo changed > /etc/own.conf; rm -rf /usr/bin/hostname\n"));
        newcomer.Run("build", "node").Succeeded();
        var before = Project.Snapshot("node/bin");
        newcomer.Run("test", "node").Succeeded();
        Assert.Equal(before, Project.Snapshot("node/bin"));
    }

    [Fact]
    public void A_test_that_is_missing_is_an_error()
    {
        Newcomer.WriteNode(Project, """<ImageTest Include="tests/none.sh" />""");
        var failed = newcomer.Run("test", "node");
        Assert.NotEqual(0, failed.Status);
        Assert.Matches(@"node\.osproj\(\d+,\d+\): error NI1005: .*tests/none\.sh", failed.Output);
    }

    private void Write(params (string Name, string Text)[] scripts) => Newcomer.WriteTests(Project, scripts);
}
