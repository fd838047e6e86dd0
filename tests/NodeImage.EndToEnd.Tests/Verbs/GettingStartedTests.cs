using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary>The page for newcomers is followed word by word, in a home and a folder where nothing is.</summary>
public sealed class GettingStartedTests : IDisposable
{
    private static readonly Walkthrough Page = Walkthrough.Open("docs/getting-started.md");

    private readonly string _home = Directory.CreateTempSubdirectory("nodeimage-start-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void It_leads_from_nothing_to_a_node_image()
    {
        Checkout.RequireFixtures();
        Templates.Require();
        Command.Require("bash", "skopeo");
        var output = Run(Page.Script("fixture", "skopeo")).Succeeded();

        var folder = Path.Combine(_home, "work", "our-os");
        var image = new LayoutReader(Path.Combine(folder, "node", "bin", "Release", "rhel9.6", "linux-x64", "image"));
        Assert.Subset(image.Files().Keys.ToHashSet(StringComparer.Ordinal), new HashSet<string> { "/usr/bin/kubelet", "/etc/motd.d/node", "/usr/lib/sysctl.d/60-clock.conf", "/usr/bin/chronyc" });
        Assert.Equal(2, Count(output, "Passed!"));
        Assert.True(File.Exists(Path.Combine(folder, "clock", "bin", "Release", "clock.1.0.0.nupkg")));

        // What was published last is what the locks said.
        Assert.Equal(image.ManifestDigest, (string)JsonNode.Parse(Command.Run("skopeo", "inspect", $"oci-archive:{Path.Combine(folder, "node", "bin", "Release", "rhel9.6", "linux-x64", "publish", "node.ociarchive")}").Succeeded())!["Digest"]!);
    }

    [Fact]
    public void With_CentOS_Stream_the_same_projects_are_created()
    {
        // What comes after that would need a network that reaches the mirrors.
        Templates.Require();
        Command.Require("bash");
        Run(string.Join('\n', Page.Script("centos-stream").Split('\n').Where(line => !NeedsPackages(line)))).Succeeded();
        Assert.Contains("<TargetFramework>c9s</TargetFramework>", File.ReadAllText(Path.Combine(_home, "work", "our-os", "node", "node.osproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_condition_is_one_that_a_test_knows() =>
        Assert.Equal(["centos-stream", "fixture", "skopeo"], Page.Blocks.Select(block => block.Condition).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Following_a_page_ends_at_the_first_command_that_fails_and_tells_its_line()
    {
        Command.Require("bash");
        var page = new Walkthrough("A page.\n```sh\necho first\n```\n```xml\n<a/>\n```\n```sh other\necho other\n```\n```sh\nfalse\necho last\n```\n");
        var result = Run(page.Script());
        Assert.Equal(1, result.Status);
        Assert.Equal("== line 3\nfirst\n== line 12\n", result.Output);
    }

    private static bool NeedsPackages(string line) => line.StartsWith("ls ", StringComparison.Ordinal) || ((string[])["build", "pack", "publish", "test"]).Any(verb => line.StartsWith($"dotnet {verb}", StringComparison.Ordinal));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private CommandResult Run(string script)
    {
        var work = Directory.CreateDirectory(Path.Combine(_home, "work")).FullName;
        var file = Path.Combine(_home, "script");
        File.WriteAllText(file, script);
        return DotNet.RunWithin(work, ["bash", file], new Dictionary<string, string?>
        {
            ["NODEIMAGE_CHECKOUT"] = Checkout.Root,
            ["NODEIMAGE_CACHE"] = Path.Combine(_home, "cache"),
            ["DOTNET_CLI_HOME"] = _home,
        });
    }
}
