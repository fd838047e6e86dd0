using NodeImage.Fixtures.Repositories;

namespace NodeImage.Fixtures.Tests.Built;

public sealed class RepositoryTests
{
    [Fact]
    public void The_description_counts_what_is_there()
    {
        var fixture = BuiltFixture.Get(full: false);

        foreach (var repository in fixture.Description.Repositories)
        {
            var files = Directory.GetFiles(Path.Combine(fixture.Folder, repository.Name), "*.rpm", SearchOption.AllDirectories);
            Assert.Equal(files.Length, repository.Packages);
            Assert.Equal(files.Sum(file => new FileInfo(file).Length), repository.DownloadSize);
            Assert.Equal(files.Length, fixture.Metadata(repository.Name).Packages.Count);
        }

        Assert.NotEmpty(fixture.Description.Debian);
    }

    [Fact]
    public void The_full_base_has_the_scale_of_RHEL_CoreOS()
    {
        var repository = BuiltFixture.Get().Description.Repositories.Single(repository => repository.Name == "base");

        Assert.InRange(repository.Packages, 460, 540);
        Assert.InRange(repository.DownloadSize, 250_000_000, 380_000_000);
    }

    [Fact]
    public void The_node_repository_is_as_large_as_a_real_ones_part_of_an_image() =>
        Assert.InRange(
            BuiltFixture.Get().Description.Repositories.Single(repository => repository.Name == "ocp").DownloadSize,
            35_000_000,
            65_000_000);

    [Fact]
    public void The_base_repository_meets_all_its_requirements_and_the_node_repository_all_on_top_of_it()
    {
        var fixture = BuiltFixture.Get();

        Assert.Empty(RequirementCheck.FindUnmet(fixture.Metadata("base")));
        Assert.Empty(RequirementCheck.FindUnmet(fixture.Metadata("ocp"), fixture.Metadata("base")));
    }

    [Fact]
    public void No_package_is_in_both_repositories()
    {
        var fixture = BuiltFixture.Get();

        Assert.Empty(Names("base").Intersect(Names("ocp"), StringComparer.Ordinal));
        Assert.DoesNotContain(Names("base"), name => name.StartsWith("openvswitch", StringComparison.Ordinal));

        IEnumerable<string> Names(string repository) => fixture.Metadata(repository).Packages.Select(package => package.Name);
    }

    [Theory]
    [InlineData("minimal.packages", "base")]
    [InlineData("full.packages", "base")]
    [InlineData("extensions.packages", "base")]
    [InlineData("node.packages", "ocp")]
    public void Every_listed_package_is_there(string list, string repository)
    {
        var names = BuiltFixture.Get().Metadata(repository).Packages.Select(package => package.Name);

        Assert.Empty(TextTable.Read(Path.Combine(RepositoryFolder.Root, "eng", "fixtures", list)).Except(names, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_package_is_signed_with_the_key_that_lies_beside_the_repositories()
    {
        var fixture = BuiltFixture.Get(full: false);

        var answers = fixture.CheckSignatures();

        Assert.Equal(fixture.Packages.Count, answers.Count);
        Assert.All(answers, answer => Assert.EndsWith(": digests signatures OK", answer, StringComparison.Ordinal));
    }

    [Fact]
    public void Signatures_are_in_the_header()
    {
        var fixture = BuiltFixture.Get(full: false);

        Assert.All(fixture.Query("%{RSAHEADER:pgpsig}|%{SIGPGP:pgpsig}\n"), line =>
        {
            Assert.StartsWith("RSA/SHA256", line, StringComparison.Ordinal);
            Assert.EndsWith("|(none)", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_metadata_are_signed_too()
    {
        var fixture = BuiltFixture.Get(full: false);
        Assert.SkipUnless(Shell.Has("gpgv") && Shell.Has("gpg"), "gpg is not installed");
        using var home = new ScratchFolder();
        var keyring = Path.Combine(home.Path, "key.gpg");
        Shell.Run("gpg", ["--batch", "--dearmor", "--output", keyring, fixture.Key], ("GNUPGHOME", home.Path));

        foreach (var repository in fixture.Description.Repositories)
        {
            var repomd = Path.Combine(fixture.Folder, repository.Name, "repodata", "repomd.xml");
            Shell.Run("gpgv", ["--keyring", keyring, $"{repomd}.asc", repomd], ("GNUPGHOME", home.Path));
        }
    }

    [Fact]
    public void The_base_repository_has_groups() =>
        Assert.Contains(
            "type=\"group\"",
            File.ReadAllText(Path.Combine(BuiltFixture.Get(full: false).Folder, "base", "repodata", "repomd.xml")),
            StringComparison.Ordinal);
}
