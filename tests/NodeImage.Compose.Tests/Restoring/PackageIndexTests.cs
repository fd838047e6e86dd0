using System.Text.Json.Nodes;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Restoring.Indexing;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Tests.Restoring;

/// <summary>The index has of each name what the solver would look at first, and keeps what it has of other images.</summary>
public sealed class PackageIndexTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-").FullName;

    private string FilePath => Path.Combine(_folder, "rpms.index.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_several_versions_the_newest_counts()
    {
        var index = Index(Offer("a", 99, "bash-5.1.8-9.el9.x86_64", "bash-1:4.0-1.el9.x86_64", "bash-5.10-1.el9.x86_64"));
        Assert.Equal("1:4.0-1.el9", Assert.Single(index.Packages).Version);
    }

    [Fact]
    public void A_repository_of_a_better_priority_hides_what_others_have()
    {
        var index = Index(Offer("new", 99, "bash-6-1.x86_64"), Offer("pinned", 10, "bash-5-1.x86_64"));
        Assert.Equal(("5-1", "pinned"), (index.Packages[0].Version, index.Packages[0].Repository));
    }

    [Fact]
    public void Packages_of_other_machines_are_left_out()
    {
        var index = Index(Offer("a", 99, "one-1-1.aarch64", "two-1-1.noarch", "three-1-1.i686", "four-1-1.src", "five-1-1.x86_64"));
        Assert.Equal(["five", "three", "two"], index.Packages.Select(package => package.Name));
    }

    [Fact]
    public void Of_the_same_version_the_one_of_the_images_architecture_counts()
    {
        var big = Package("glibc-2-1.x86_64") with { PackageSize = 64 };
        var index = Index(new OfferedPackages(Repository("a", 99), "", [Package("glibc-2-1.i686") with { PackageSize = 32 }, big]));
        Assert.Equal(64, Assert.Single(index.Packages).Size);
    }

    [Fact]
    public void Each_package_has_a_line_and_the_file_is_JSON()
    {
        var offer = new OfferedPackages(Repository("a", 99), "sha256:00", [Package("a-1-1.noarch") with { Summary = " One\nline, \"quoted\" & <more> – " }, Package("b-1-1.noarch")]);
        PackageIndexFile.Update(FilePath, "rhel9.6/x86_64", Index(offer));
        Assert.Contains("{\"name\":\"a\",\"version\":\"1-1\",\"summary\":\"One line, \\\"quoted\\\" & <more> –\",\"size\":0,\"repository\":\"a\"},", File.ReadAllLines(FilePath));
        Assert.Equal("sha256:00", (string?)JsonNode.Parse(File.ReadAllText(FilePath))!["targets"]!["rhel9.6/x86_64"]!["repositories"]!["a"]);
    }

    [Fact]
    public void What_it_has_of_other_images_stays_as_it_is()
    {
        PackageIndexFile.Update(FilePath, "rhel9.6/x86_64", Index(Offer("a", 99, "a-1-1.noarch")));
        PackageIndexFile.Update(FilePath, "rhel9.4/x86_64", Index(Offer("a", 99, "b-1-1.noarch")));
        var both = File.ReadAllText(FilePath);
        PackageIndexFile.Update(FilePath, "rhel9.6/x86_64", Index(Offer("a", 99, "c-1-1.noarch")));
        Assert.NotEqual(both, File.ReadAllText(FilePath));
        PackageIndexFile.Update(FilePath, "rhel9.6/x86_64", Index(Offer("a", 99, "a-1-1.noarch")));
        Assert.Equal(both, File.ReadAllText(FilePath));
        Assert.True(PackageIndexFile.Has(FilePath, "rhel9.4/x86_64"));
        Assert.False(PackageIndexFile.Has(FilePath, "rhel9.2/x86_64"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("[]")]
    [InlineData("""{"version":2,"targets":{}}""")]
    [InlineData("""{"version":1,"targets":{"x":null,"y":{"repositories":null,"packages":null}}}""")]
    [InlineData("""{"version":1,"targets":{"x":{"repositories":{},"packages":[null]}}}""")]
    public void A_file_that_makes_no_sense_is_made_anew(string text)
    {
        File.WriteAllText(FilePath, text);
        PackageIndexFile.Update(FilePath, "rhel9.6/x86_64", Index(Offer("a", 99, "a-1-1.noarch")));
        Assert.Equal("a", (string?)JsonNode.Parse(File.ReadAllText(FilePath))!["targets"]!["rhel9.6/x86_64"]!["packages"]![0]!["name"]);
    }

    private static PackageIndex Index(params OfferedPackages[] offers) => PackageIndex.Of(offers, "x86_64");

    private static OfferedPackages Offer(string id, int priority, params string[] nevras) => new(Repository(id, priority), "", [.. nevras.Select(Package)]);

    private static RepositoryDefinition Repository(string id, int priority) => new() { Id = id, Priority = priority };

    private static RepositoryPackage Package(string nevra) => new() { Nevra = Nevra.TryParse(nevra, out var parsed) ? parsed! : throw new ArgumentException(nevra) };
}
