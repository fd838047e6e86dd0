using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>A restore leaves an index of what the repositories have, for editors to complete names from.</summary>
public sealed class PackageIndexTests(PackageIndexTests.Images images) : IClassFixture<PackageIndexTests.Images>
{
    private ScratchProject Project => images.Project;

    private string Index => Path.Combine(Project.Folder, "base", "rpms.index.json");

    [Fact]
    public void It_has_a_line_for_every_name_in_the_repository()
    {
        Restore();
        var lines = File.ReadAllLines(Index).Where(line => line.StartsWith("{\"name\"", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line.TrimEnd(','))!).ToList();
        var names = lines.Select(line => (string)line["name"]!).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(lines, line => Assert.True((long)line["size"]! > 0 && ((string)line["summary"]!).Length > 0 && (string)line["repository"]! == "fixture-base"));

        Command.Require("dnf");
        var asked = Command.Run("dnf", "--quiet", "--releasever=9", $"--repofrompath=fixture-base,{Checkout.RequireFixtures()}/base", "--repo=fixture-base", "--forcearch=x86_64", "repoquery", "--latest-limit=1", "--queryformat=%{name} %{evr}\\n");
        Assert.SkipUnless(asked.Status == 0, "dnf does not answer");
        Assert.Equal(
            asked.Lines().Distinct().Order(StringComparer.Ordinal),
            lines.Select(line => $"{line["name"]} {line["version"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_made_again_of_the_cache_and_is_the_same_again()
    {
        Restore();
        var bytes = File.ReadAllBytes(Index);
        var time = File.GetLastWriteTimeUtc(Index);
        Restore();
        Assert.Equal(time, File.GetLastWriteTimeUtc(Index));

        File.Delete(Index);
        Restore();
        Assert.Equal(bytes, File.ReadAllBytes(Index));

        File.Delete(Index);
        Directory.Delete(Path.Combine(Project.Folder, "base", "obj"), recursive: true);
        Restore();
        Assert.Equal(bytes, File.ReadAllBytes(Index));

        File.WriteAllText(Index, "<<<<<<< HEAD\n");
        Restore("-p:RestoreForceEvaluate=true");
        Assert.Equal(bytes, File.ReadAllBytes(Index));
    }

    [Fact]
    public void It_can_be_elsewhere_or_not_at_all()
    {
        Restore();
        File.Delete(Index);
        Restore("-p:RestoreForceEvaluate=true", "-p:GenerateRpmPackageIndex=false");
        Assert.False(File.Exists(Index));
        Restore("-p:RpmPackageIndexPath=obj/names.json");
        Assert.True(File.Exists(Path.Combine(Project.Folder, "base", "obj", "names.json")));
        Assert.False(File.Exists(Index));
    }

    [Fact]
    public void Where_it_cannot_be_written_restore_goes_on()
    {
        Directory.CreateDirectory(Path.Combine(Project.Folder, "base", "taken"));
        Assert.Contains("NI2025", Project.Run("restore", "base", ["-p:RestoreForceEvaluate=true", "-p:RpmPackageIndexPath=taken", "-v:normal"]).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_name_leaves_it_too()
    {
        Project.WriteImage("wrong", "Base", $"{ScratchProject.BaseRepository}<RpmPackage Include=\"hostnam\" />");
        Assert.NotEqual(0, Project.Run("restore", "wrong", []).Status);
        Assert.Contains("{\"name\":\"hostname\"", File.ReadAllText(Path.Combine(Project.Folder, "wrong", "rpms.index.json")), StringComparison.Ordinal);
    }

    private void Restore(params string[] arguments) => Project.Run("restore", "base", arguments).Succeeded();

    /// <summary>A small base.</summary>
    public sealed class Images
    {
        private readonly Lazy<ScratchProject> _project = new(() => ScratchProject.MakeWithBase("package-index"));

        internal ScratchProject Project => _project.Value;
    }
}
