using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>
/// What is wrong with a project, a repository or the machine gives one error that names its place and says what to do, and
/// leaves the image of the last good build, its lock and the cache as they were.
/// </summary>
public sealed class BadInputTests(BadInputTests.GoodBuild good) : IClassFixture<BadInputTests.GoodBuild>
{
    private const string Metadata = "cache/repository-metadata-";

    private ScratchProject Project => good.Project;

    private static string Hostname => Directory.GetFiles(Path.Combine(Checkout.RequireFixtures(), "base", "Packages", "h"), "hostname-*.rpm").Single();

    [Fact]
    public void An_unknown_package() =>
        Refused("NI2201", """<RpmPackage Include="hostnam" />""", "Did you mean 'hostname'?");

    [Fact]
    public void A_repository_whose_folder_is_not_there() =>
        Refused("NI2001", """<RpmRepository Include="gone" BaseUrl="../no-such-folder" GpgCheck="false" />""", "Check BaseUrl");

    [Fact]
    public void A_repository_that_nobody_answers_for() =>
        Refused("NI2001", """<RpmRepository Include="silent" BaseUrl="http://127.0.0.1:1/" GpgCheck="false" />""", "Check BaseUrl");

    [Fact]
    public void A_package_with_a_byte_changed()
    {
        var repository = CopyOfFixture("damaged-package");
        var package = Path.Combine(repository, "Packages", "h", Path.GetFileName(Hostname));
        File.Delete(package);
        File.Copy(Hostname, package);
        MadeRepository.Flip(package, -100);
        Refused("NI2018", Repository("damaged", "damaged-package"), "use another mirror", """<RpmPackage Include="hostname" Repository="damaged" />""");
    }

    [Fact]
    public void Metadata_with_a_byte_changed()
    {
        // Of a repository that the cache has not seen: what it has seen and verified is not fetched again.
        var repository = Made("flipped");
        var primary = Directory.GetFiles(Path.Combine(repository, "repodata"), "*-primary.xml*").Single();
        MadeRepository.Flip(primary, new FileInfo(primary).Length / 2);
        Refused("NI2002", Repository("damaged", "flipped-repository"), "use another mirror");
    }

    [Fact]
    public void A_package_without_a_signature()
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, "unsigned"));
        repository.Build("own-unsigned");
        repository.Index();
        Refused("NI2102", Repository("unsigned", "unsigned"), "set GpgCheck", """<RpmPackage Include="own-unsigned" />""");
    }

    [Fact]
    public void A_package_signed_by_another_key_than_the_one_named()
    {
        var key = SigningKey.Make(Path.Combine(Project.Folder, "other.asc"));
        Refused("NI2103", $"""<RpmRepository Include="other" BaseUrl="$(FixtureFolder)base" GpgKey="{key}" />""", "Add that key", """<RpmPackage Include="hostname" Repository="other" />""");
    }

    [Fact]
    public void A_package_whose_signature_is_a_bad_one()
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, "bad-signature"));
        var package = repository.Take(Hostname);

        // RPMSIGTAG_RSA: the signature of the header. The last byte belongs to the signature's own number.
        MadeRepository.Flip(package, MadeRepository.EndOfSignatureTag(package, 268) - 1);
        repository.Index();
        Refused("NI2104", Repository("bad", "bad-signature"), "do not use it", """<RpmPackage Include="hostname" Repository="bad" />""");
    }

    [Fact]
    public void A_package_that_needs_what_nobody_has()
    {
        Made("needy", "Requires: what-nobody-has");
        Refused("NI2205", """<RpmPackage Include="needy" />""", "what-nobody-has", """<RpmRepository Include="made" BaseUrl="../needy-repository" GpgCheck="false" />""");
    }

    [Fact]
    public void Two_packages_that_cannot_both_be_there()
    {
        Made("loner", "Conflicts: sed");
        Refused("NI2206", """<RpmPackage Include="loner;sed" />""", "loner", """<RpmRepository Include="made" BaseUrl="../loner-repository" GpgCheck="false" />""");
    }

    [Fact]
    public void A_unit_whose_file_is_not_there() =>
        Refused("NI1005", """<SystemdUnit Include="units/absent.service" />""", "Correct the path, or add the file");

    [Fact]
    public void A_base_project_that_is_not_there() =>
        RefusedAs("Layered", "NI1005", """<ProjectReference Include="../absent/absent.osproj" />""", "Correct the path, or add the file");

    [Fact]
    public void A_base_image_that_is_not_there() =>
        RefusedAs("Layered", "NI1015", "<ContainerBaseImage>../absent-image</ContainerBaseImage>", "there is no such file or folder");

    [Fact]
    public void A_disk_that_is_full_where_the_cache_is()
    {
        using var disk = new SmallDisk(Path.Combine(Project.Folder, "small-cache"));
        Refused("NI3001", null, "Free some", environment: new() { ["NODEIMAGE_CACHE"] = disk.Folder });
        Assert.DoesNotContain(Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories), IsHalfWritten);
    }

    [Fact]
    public void A_disk_that_is_full_where_the_image_goes()
    {
        using var disk = new SmallDisk(Path.Combine(Project.Folder, "small-output"));
        Refused("NI3001", null, "Free some", arguments: [$"-p:OSImageLayoutFolder={disk.Folder}/image/"]);
        Assert.False(File.Exists(Path.Combine(disk.Folder, "image", "index.json")));
    }

    private static string Repository(string name, string folder) =>
        $"""<RpmRepository Include="{name}" BaseUrl="../{folder}" GpgKey="$(FixtureFolder)RPM-GPG-KEY-fixture" />""";

    /// <summary>A copy of the fixture's repository, whose packages are links.</summary>
    private string CopyOfFixture(string name)
    {
        var source = Path.Combine(Checkout.RequireFixtures(), "base");
        var copy = Path.Combine(Project.Folder, name);
        Directory.CreateDirectory(copy);
        Command.Run("cp", "-r", Path.Combine(source, "repodata"), copy).Succeeded();
        Command.Run("cp", "-rs", Path.Combine(source, "Packages"), copy).Succeeded();
        return copy;
    }

    private string Made(string name, string preamble = "")
    {
        var repository = new MadeRepository(Path.Combine(Project.Folder, $"{name}-repository"));
        repository.Build(name, preamble);
        repository.Index();
        return repository.Folder;
    }

    private void Refused(string code, string? item, string advice, string rest = "", Dictionary<string, string?>? environment = null, string[]? arguments = null) =>
        RefusedAs("Base", code, item, advice, rest, environment, arguments);

    /// <summary>Adds a line to the project that was built, and sees to it that it is refused in the way of this class.</summary>
    private void RefusedAs(string kind, string code, string? line, string advice, string rest = "", Dictionary<string, string?>? environment = null, string[]? arguments = null)
    {
        string[] outputs = ["base/bin", "base/rpms.lock.json"];
        var (before, cached) = (Project.Snapshot(outputs), Project.Snapshot("cache"));
        var isProperty = line?.StartsWith("<Container", StringComparison.Ordinal) == true;
        Project.WriteImage("base", kind, $"{GoodBuild.Items}\n    {rest}\n    {(isProperty ? "" : line)}", isProperty ? line! : "");
        try
        {
            var result = Project.Run("build", "base", arguments ?? [], environment);

            Assert.NotEqual(0, result.Status);
            Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
            var error = Assert.Single(BuildError.Parse(result.Output));
            Assert.Equal(code, error.Code);
            Assert.Equal(Project.ProjectFile("base"), error.File);
            Assert.Contains(advice, error.Message, StringComparison.Ordinal);
            Assert.Equal(line is null ? 0 : LineOf(line), error.Line);
            Assert.Equal(before, Project.Snapshot(outputs));

            // What has been learned of other repositories may be kept, but nothing is lost, changed or half-written.
            var now = Project.Snapshot("cache");
            Assert.Equal(cached, now.Where(file => !file.Key.StartsWith(Metadata, StringComparison.Ordinal) || cached.ContainsKey(file.Key)));
        }
        finally
        {
            GoodBuild.Write(Project);
        }
    }

    // Files are written aside under a dotted name, downloads in a folder of their own, before they are moved into place.
    private static bool IsHalfWritten(string path) => Path.GetFileName(path).StartsWith('.') || path.Contains("/incoming/", StringComparison.Ordinal);

    private int LineOf(string item) => Array.FindIndex(File.ReadAllLines(Project.ProjectFile("base")), line => line.Contains(item, StringComparison.Ordinal)) + 1;

    /// <summary>A small image, built once.</summary>
    public sealed class GoodBuild
    {
        internal const string Items = $"""
            {ScratchProject.BaseRepository}
                <RpmPackage Include="{ScratchProject.SmallestBase}" />
            """;

        private readonly Lazy<ScratchProject> _project = new(() =>
        {
            var project = ScratchProject.Make("bad-input");
            Write(project);
            project.Build("base").Succeeded();
            return project;
        });

        internal ScratchProject Project => _project.Value;

        internal static void Write(ScratchProject project) => project.WriteImage("base", "Base", Items);
    }
}
