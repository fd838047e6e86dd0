using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet new</c>: what the templates make can be built, tested, packed and edited as it is.</summary>
public sealed class TemplateTests(Templates templates) : IClassFixture<Templates>
{
    private static readonly string[] Releases = ["rhel9.6", "rhel10.0", "c9s", "c10s"];
    private static readonly string[] Kinds = ["osbase", "osnode", "osoverlay"];

    public static TheoryData<string, string> KindsAndReleases() => [.. Kinds.SelectMany(kind => Releases.Select(release => (kind, release)))];

    [Fact]
    public void They_are_listed_by_name_and_tag()
    {
        var list = templates.New("list", "--tag", "OS Image").Lines();
        Assert.Contains(list, line => line.StartsWith("OS Base Image ", StringComparison.Ordinal) && line.Contains(" osbase ", StringComparison.Ordinal) && line.Contains("bootc", StringComparison.Ordinal));
        Assert.Contains(list, line => line.StartsWith("OS Node Image ", StringComparison.Ordinal) && line.Contains(" osnode ", StringComparison.Ordinal) && line.Contains("Kubernetes", StringComparison.Ordinal));
        Assert.Contains(list, line => line.StartsWith("OS Overlay Library ", StringComparison.Ordinal) && line.Contains(" osoverlay ", StringComparison.Ordinal));
        Assert.Contains(list, line => line.StartsWith("OS Image Folder ", StringComparison.Ordinal) && line.Contains(" osfolder ", StringComparison.Ordinal));
    }

    [Fact]
    public void Their_help_names_every_release_and_source()
    {
        var help = templates.New("osnode", "--help").Succeeded();
        Assert.All((string[])[.. Releases, "centos-stream", "custom", "--base ", "--base-url", "--gpg-key", "--cluster-url", "--architecture"], word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.DoesNotContain("PACKED_SDK_VERSION", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsAndReleases))]
    public void What_they_make_is_valid_and_names_the_sdk_that_it_was_packed_with(string kind, string release)
    {
        var folder = templates.Create(kind, $"made/{kind}-{release}", "--framework", release);
        var project = Read(Path.Combine(folder, $"{kind}-{release}.osproj"));
        Assert.Equal($"NodeImage.Sdk/{Templates.Version}", (string?)project.Root!.Attribute("Sdk"));
        Assert.Equal(release, (string?)project.Descendants("TargetFramework").Single());
        Assert.DoesNotMatch("OSImage1|[A-Z]+_[A-Z_]+", project.ToString().Replace("RPM-GPG-KEY", "", StringComparison.Ordinal));
        Assert.Empty(Problems(project));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "units")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "overlay"), "*", SearchOption.AllDirectories));
        Assert.All(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain("OSImage1", file + File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rhel9.6", "x86_64", "/9-stream/BaseOS/x86_64/", "linux-x64")]
    [InlineData("c9s", "ppc64le", "/9-stream/BaseOS/ppc64le/", "linux-ppc64le")]
    [InlineData("rhel10.0", "aarch64", "/10-stream/BaseOS/aarch64/", "linux-arm64")]
    [InlineData("c10s", "s390x", "/10-stream/BaseOS/s390x/", "linux-s390x")]
    public void The_repositories_of_CentOS_Stream_are_those_of_release_and_architecture(string release, string architecture, string address, string runtime)
    {
        var name = $"stream-{release}-{architecture}";
        var project = Read(Path.Combine(templates.Create("osbase", $"made/{name}", "--framework", release, "--architecture", architecture), $"{name}.osproj"));
        Assert.Contains(project.Descendants("RpmRepository"), repository => ((string)repository.Attribute("BaseUrl")!).Contains(address, StringComparison.Ordinal));
        Assert.All(project.Descendants("RpmRepository"), repository => Assert.StartsWith("https://", (string?)repository.Attribute("GpgKey"), StringComparison.Ordinal));
        Assert.Equal(runtime, (string?)project.Descendants("RuntimeIdentifiers").Single());
    }

    [Fact]
    public void A_repository_of_one_s_own_needs_a_key()
    {
        var refused = templates.New("osbase", "--output", "made/no-key", "--source", "custom", "--base-url", "https://example.com/repo/");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("--gpg-key", refused.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(templates.Folder, "made", "no-key", "no-key.osproj")));
    }

    [Fact]
    public void An_address_alone_says_that_the_repository_is_one_s_own()
    {
        var project = Read(Path.Combine(templates.Create("osbase", "made/own", "--base-url", "https://example.com/repo/", "--gpg-key", "our.asc"), "own.osproj"));
        var repository = Assert.Single(project.Descendants("RpmRepository"));
        Assert.Equal(("https://example.com/repo/", "our.asc"), ((string?)repository.Attribute("BaseUrl"), (string?)repository.Attribute("GpgKey")));
    }

    [Fact]
    public void Settings_for_editors_and_git_are_in_a_folder_of_projects_or_beside_each()
    {
        string[] settings = [".gitignore", ".vscode/extensions.json", ".vscode/settings.json"];
        var folder = templates.Create("osfolder", "made/folder");
        Assert.Equal(settings, Files(folder));
        foreach (var kind in Kinds)
        {
            Assert.Subset(Files(templates.Create(kind, $"made/with-{kind}")).ToHashSet(StringComparer.Ordinal), settings.ToHashSet(StringComparer.Ordinal));
            Assert.Empty(Files(templates.Create(kind, $"made/without-{kind}", "--settings", "false")).Intersect(settings));
        }

        // The schema is bound as the guide says; the language is the one whose extension they recommend.
        var made = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, settings[2])))!;
        var guide = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "sdk", "schema", "vscode", "settings.json")))!;
        Assert.True(JsonNode.DeepEquals(guide["xml.fileAssociations"], made["xml.fileAssociations"]));
        Assert.Equal("xml", (string?)made["files.associations"]!["*.osproj"]);
        Assert.Equal(["redhat.vscode-xml"], JsonNode.Parse(File.ReadAllText(Path.Combine(folder, settings[1])))!["recommendations"]!.AsArray().Select(id => (string?)id));
    }

    [Theory]
    [InlineData("sln")]
    [InlineData("slnx")]
    public void They_go_into_a_solution(string format)
    {
        templates.CreateOnFixture("osbase", $"{format}/base");
        templates.CreateOnFixture("osnode", $"{format}/node", "--cluster-url", $"{Checkout.RequireFixtures()}/ocp");
        templates.Create("osoverlay", $"{format}/library", "--framework", "rhel9.6");
        templates.Run("new", "sln", "--name", "all", "--format", format, "--output", format).Succeeded();
        templates.Run("sln", $"{format}/all.{format}", "add", $"{format}/base", $"{format}/node", $"{format}/library").Succeeded();
        Assert.Equal(3, templates.Run("sln", $"{format}/all.{format}", "list").Lines().Count(line => line.EndsWith(".osproj", StringComparison.Ordinal)));
        templates.Run("restore", $"{format}/all.{format}").Succeeded();
    }

    [Fact]
    public void A_base_and_a_node_on_it_are_built_and_pass_their_tests()
    {
        templates.CreateOnFixture("osbase", "real/base");
        templates.CreateOnFixture("osnode", "real/node", "--base", "../base/base.osproj", "--cluster-url", $"{Checkout.RequireFixtures()}/ocp");
        var built = templates.Run("build", "real/node", "-warnaserror").Succeeded();
        Assert.DoesNotContain("warning", built.Replace("0 Warning(s)", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var files = new LayoutReader(Path.Combine(templates.Folder, "real/node/bin/Debug/rhel9.6/linux-x64/image")).Files();
        Assert.Subset(files.Keys.ToHashSet(StringComparer.Ordinal), new HashSet<string>
        {
            "/usr/bin/kubelet",
            "/usr/lib/systemd/system/announce-image.service",
            "/usr/lib/systemd/system/swap-off.service",
            "/usr/lib/systemd/journald.conf.d/10-size.conf",
            "/etc/crio/crio.conf.d/10-node.conf",
        });

        Assert.Contains("Passed tests/boot.sh", templates.Run("test", "real/base").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("Passed tests/node.sh", templates.Run("test", "real/node").Succeeded(), StringComparison.Ordinal);

        // The binding of the schema leads to a file now.
        Assert.True(File.Exists(Path.Combine(templates.Folder, "real/node/obj/NodeImage.xsd")));
    }

    [Fact]
    public void The_packages_of_a_base_can_be_chosen_from_CentOS_Stream()
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA") ?? "";
        Assert.SkipWhen(data.Length == 0, "NODEIMAGE_TESTDATA is not set");
        var folder = templates.Create("osbase", "stream", "--framework", "c9s");
        var file = Path.Combine(folder, "stream.osproj");
        var project = Read(file);
        foreach (var (id, source) in ((string, string)[])[("baseos", "cs9-baseos-2022"), ("appstream", "cs9-appstream")])
        {
            var repository = project.Descendants("RpmRepository").Single(item => (string?)item.Attribute("Include") == id);
            repository.SetAttributeValue("BaseUrl", MetadataOnly(Path.Combine(data, "repodata", source), Path.Combine(folder, id)));
            repository.SetAttributeValue("GpgKey", null);
            repository.SetAttributeValue("GpgCheck", "false");
        }

        project.Save(file);

        // There is nothing to fetch, but by then everything has been chosen.
        var error = Assert.Single(BuildError.Parse(templates.Run("restore", "stream").Output).DistinctBy(error => error.Code));
        Assert.Equal("NI2019", error.Code);
    }

    [Fact]
    public void A_library_is_packed()
    {
        var folder = templates.Create("osoverlay", "library", "--framework", "rhel9.6");
        templates.Run("pack", "library").Succeeded();
        using var package = ZipFile.OpenRead(Path.Combine(folder, "bin", "Release", "library.1.0.0.nupkg"));
        Assert.NotNull(package.GetEntry("buildTransitive/library.props"));
        Assert.Contains(package.Entries, entry => entry.Name == "disk-report.timer");
        using var overlay = new StreamReader(package.GetEntry("nodeimage/rhel9.6/overlays/overlay.overlay.json")!.Open());
        Assert.Contains("/usr/lib/sysctl.d/60-library.conf", overlay.ReadToEnd(), StringComparison.Ordinal);
    }

    private static XDocument Read(string file) => XDocument.Load(file, LoadOptions.SetLineInfo);

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);

    /// <summary>Copies a repository's metadata, leaving out in its index what the copy that the tests are given does not have.</summary>
    private static string MetadataOnly(string source, string target)
    {
        Directory.CreateDirectory(Path.Combine(target, "repodata"));
        foreach (var file in Directory.GetFiles(Path.Combine(source, "repodata")))
        {
            File.Copy(file, Path.Combine(target, "repodata", Path.GetFileName(file)));
        }

        XNamespace repo = "http://linux.duke.edu/metadata/repo";
        var indexFile = Path.Combine(target, "repodata", "repomd.xml");
        var index = XDocument.Load(indexFile);
        index.Descendants(repo + "data").Where(entry => !File.Exists(Path.Combine(target, (string)entry.Element(repo + "location")!.Attribute("href")!))).Remove();
        File.Delete(indexFile);
        index.Save(indexFile);
        return target;
    }

    private static List<string> Problems(XDocument document)
    {
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(Path.Combine(Checkout.Root, "sdk", "schema", "NodeImage.xsd")))
        {
            schemas.Add(null, reader);
        }

        var problems = new List<string>();
        document.Validate(schemas, (_, e) => problems.Add($"({e.Exception.LineNumber},{e.Exception.LinePosition}): {e.Message}"));
        return problems;
    }
}
