using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Repositories.Writing;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Repositories;

public sealed partial class RepositoryWriterTests
{
    private const DependencyFlags AtLeast = DependencyFlags.Greater | DependencyFlags.Equal;

    private static readonly RepositoryWriterOptions Options = new() { Revision = 1_700_000_123 };

    private static readonly RpmBuilder[] Packages =
    [
        new()
        {
            Name = "every-thing",
            Arch = "x86_64",
            Files = [TestFile.Regular("/usr/bin/every", "x"), TestFile.Regular("/usr/share/every & <all>", "xy"), TestFile.Directory("/etc/every"), TestFile.Ghost("/etc/every/ghost"), TestFile.Link("/usr/sbin/e", "every")],
            Dependencies =
            [
                (RpmDependencyKind.Provides, "every(x86-64)", DependencyFlags.Equal, "1:1.0-1"),
                (RpmDependencyKind.Provides, "without-release", DependencyFlags.Equal, "3"),
                (RpmDependencyKind.Requires, "rpmlib(CompressedFileNames)", DependencyFlags.RpmLib | DependencyFlags.Less | DependencyFlags.Equal, "3.0.4-1"),
                (RpmDependencyKind.Requires, "/bin/sh", DependencyFlags.ScriptPost | DependencyFlags.Interpreter, ""),
                (RpmDependencyKind.Requires, "libc.so.6(GLIBC_2.34)(64bit)", DependencyFlags.FindRequires, ""),
                (RpmDependencyKind.Requires, "zlib", AtLeast, "1.2"),
                (RpmDependencyKind.Requires, "(a if b >= 2)", 0, ""),
                (RpmDependencyKind.Conflicts, "bye", DependencyFlags.Less, "2:3"),
                (RpmDependencyKind.Obsoletes, "hallo", DependencyFlags.Less | DependencyFlags.Equal, "1-2"),
                (RpmDependencyKind.Recommends, "docs", DependencyFlags.Greater, "1"),
                (RpmDependencyKind.Suggests, "more-docs", 0, ""),
                (RpmDependencyKind.Supplements, "(x and y)", 0, ""),
                (RpmDependencyKind.Enhances, "z", 0, ""),
            ],
            Header = header => header
                .AddInt32(RpmTag.Epoch, 7)
                .Add(RpmTag.Vendor, "Somebody & Sons")
                .Add(RpmTag.Packager, "One <one@example.org>")
                .Add(RpmTag.Url, "https://example.org/?a=1&b=2")
                .AddTranslated(RpmTag.Description, "Two\n\tlines of \"text\", and ümläüts.")
                .AddArray(RpmTag.ChangelogName, "A <a@example.org> - 3", "B - 2", "C - 1", "D - 0")
                .AddArray(RpmTag.ChangelogText, "- three", "- two\n- more", "- one", "- nothing")
                .AddInt32(RpmTag.ChangelogTime, 1_600_000_001, 1_600_000_000, 1_600_000_000, 1_500_000_000),
        },
        new() { Name = "nothing" },
        new()
        {
            Name = "many",
            Header = header => header
                .AddArray(RpmTag.ChangelogName, Enumerable.Range(0, 15).Select(i => $"author {i}"))
                .AddArray(RpmTag.ChangelogText, Enumerable.Range(0, 15).Select(i => $"text {i}"))
                .AddInt32(RpmTag.ChangelogTime, Enumerable.Range(0, 15).Select(i => 1_600_000_000u - (uint)(i / 3))),
        },
    ];

    [Theory]
    [InlineData(MetadataCompression.Gzip)]
    [InlineData(MetadataCompression.Zstd)]
    public async Task Our_reader_reads_what_is_written(MetadataCompression compression)
    {
        using var folder = new TemporaryFolder();
        var packages = Write(folder, Packages);
        var index = RepositoryWriter.Write(folder.Root, packages, Options with { Compression = compression }, TestContext.Current.CancellationToken);

        var metadata = await FolderFetcher.LoadAsync(folder.Root);

        Assert.Equal(index.Entries, metadata.Index.Entries);
        Assert.Equal(("1700000123", 1_700_000_123), (metadata.Index.Revision, metadata.Index.Timestamp));
        Assert.Equal(packages.Count, metadata.Packages.Count);
        foreach (var (expected, actual) in packages.OrderBy(package => package.Location, StringComparer.Ordinal).Zip(metadata.Packages))
        {
            LocalPackageTests.Same(actual, LocalPackage.Describe(expected.File, expected.Location, "sha256", expected.Checksum.Hex));
            Assert.Equal((expected.Location, "sha256", expected.Checksum.Hex), (actual.Location, actual.ChecksumType, actual.Checksum));
        }

        var owners = await new RepositoryMetadataLoader(new FolderFetcher(folder.Root)).FindOwnersAsync(metadata, new HashSet<string> { "/usr/share/every & <all>" }, TestContext.Current.CancellationToken);
        Assert.Equal(packages[0].Checksum.Hex, Assert.Single(Assert.Single(owners).Value));
    }

    [Fact]
    public void Every_element_is_as_createrepo_writes_it()
    {
        Peer.Require("createrepo_c");
        using var folder = new TemporaryFolder();
        Compare(folder, Write(folder, Packages), isExact: true);
    }

    [Fact]
    public void Real_packages_are_described_as_createrepo_describes_them()
    {
        Peer.Require("createrepo_c");
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "NODEIMAGE_TESTDATA is not set");
        using var folder = new TemporaryFolder();
        var packages = new Dictionary<Sha256Digest, PublishedPackage>();
        foreach (var path in Directory.EnumerateFiles(data!, "*.rpm", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (TryRead(path) is { } package && packages.TryAdd(package.Checksum, package))
            {
                File.Copy(path, folder[package.Location]);
            }
        }

        Compare(folder, [.. packages.Values], isExact: false);
        Assert.InRange(packages.Count, 50, int.MaxValue);
    }

    [Fact]
    public void Dnf_reads_it()
    {
        Peer.Require("dnf");
        using var folder = new TemporaryFolder();
        var packages = Write(folder, Packages);
        foreach (var compression in Enum.GetValues<MetadataCompression>())
        {
            RepositoryWriter.Write(folder.Root, packages, Options with { Compression = compression }, TestContext.Current.CancellationToken);
            var (status, output, error) = Peer.Run(folder.Root, "dnf", "--quiet", "--setopt=cachedir=" + folder[$"cache-{compression}"], "--setopt=releasever=9", $"--repofrompath=ours,{folder.Root}", "--repo=ours", "--forcearch=x86_64", "repoquery", "--queryformat", "%{name} %{epoch} %{evr} %{arch} %{location}");
            Assert.True(status == 0, error);
            Assert.Equal(
                ["every-thing 7 7:1.0-1 x86_64 every-thing.rpm", "many 0 1.0-1 noarch many.rpm", "nothing 0 1.0-1 noarch nothing.rpm"],
                output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_same_packages_give_the_same_bytes_in_whatever_order_they_are_named()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        RepositoryWriter.Write(one.Root, Write(one, Packages), Options, TestContext.Current.CancellationToken);
        RepositoryWriter.Write(other.Root, Enumerable.Reverse(Write(other, Packages)), Options, TestContext.Current.CancellationToken);
        Assert.Equal(Snapshot(one), Snapshot(other));
    }

    [Fact]
    public void What_was_there_before_is_replaced_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        folder.Write("repodata/old-primary.xml.gz", [1]);
        folder.Write("notes.txt", [1]);
        RepositoryWriter.Write(folder.Root, Write(folder, Packages), Options, TestContext.Current.CancellationToken);
        Assert.Equal(4, Directory.GetFileSystemEntries(folder["repodata"]).Length);
        Assert.Equal(["every-thing.rpm", "many.rpm", "notes.txt", "nothing.rpm", "repodata"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_behind_by_a_package_that_cannot_be_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("repodata/repomd.xml", [1]);
        var damaged = new RpmBuilder { Files = [TestFile.Regular("/a", "x")], Header = header => header.Remove(RpmTag.FileUserName) };
        Assert.Throws<DiagnosticException>(() => RepositoryWriter.Write(folder.Root, Write(folder, [damaged]), Options, TestContext.Current.CancellationToken));
        Assert.Equal([1], File.ReadAllBytes(folder["repodata/repomd.xml"]));
        Assert.Equal(["hello.rpm", "repodata"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Locations_stay_inside_and_are_not_shared()
    {
        using var folder = new TemporaryFolder();
        var package = Write(folder, Packages)[0];
        Assert.Throws<ArgumentException>(() => RepositoryWriter.Write(folder.Root, [package with { Location = "../a.rpm" }], Options, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => RepositoryWriter.Write(folder.Root, [package, package], Options, TestContext.Current.CancellationToken));
        RepositoryWriter.Write(folder.Root, [package, package with { Location = "Packages/e/every.rpm" }], Options, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Whatever_a_package_says_comes_back() => Prop.ForAll(Arb.From(Builders), builder =>
    {
        using var folder = new TemporaryFolder();
        var package = Assert.Single(Write(folder, [builder]));
        RepositoryWriter.Write(folder.Root, [package], Options, TestContext.Current.CancellationToken);
        var read = Assert.Single(FolderFetcher.LoadAsync(folder.Root).GetAwaiter().GetResult().Packages);
        LocalPackageTests.Same(read, LocalPackage.Describe(package.File, package.Location, "sha256", package.Checksum.Hex));
    }).QuickCheckThrowOnFailure();

    private static Gen<RpmBuilder> Builders =>
        from name in Gen.Elements("a", "Ä-b", "c++", "d&<e>", "f\"g'", "日本")
        from version in Gen.Elements("1", "1.0~rc1", "2^git", "&")
        from files in Gen.Elements("/usr/bin/x", "/etc/a b", "/etc/<&>", "/opt/\"", "/usr/lib/sendmail", "/usr/share/ä").Select(path => TestFile.Regular(path, path)).ListOf()
        from dependencies in (
            from kind in Gen.Elements(RpmDependencyKind.Provides, RpmDependencyKind.Requires, RpmDependencyKind.Conflicts, RpmDependencyKind.Obsoletes, RpmDependencyKind.Recommends, RpmDependencyKind.Suggests, RpmDependencyKind.Supplements, RpmDependencyKind.Enhances)
            from capability in Gen.Elements("a", "(a if b)", "lib(<&>)", "/usr/bin/x", "x\ny", "é")
            from flags in Gen.Elements(DependencyFlags.Less, DependencyFlags.Equal, AtLeast, DependencyFlags.Any, DependencyFlags.Less | DependencyFlags.Equal, DependencyFlags.Greater, DependencyFlags.ScriptPre)
            from evr in Gen.Elements("1", "1-2", "3:1-2", "0:1", "1.0~a-1&")
            select (kind, capability, flags, (flags & DependencyFlags.Comparison) == 0 ? "" : evr)).ListOf()
        select new RpmBuilder { Name = name, Version = version, Files = [.. files.DistinctBy(file => file.Path)], Dependencies = [.. dependencies] };

    private static List<PublishedPackage> Write(TemporaryFolder folder, IEnumerable<RpmBuilder> builders) =>
        [.. builders.Select((builder, i) =>
        {
            var name = builder.Name.All(char.IsAscii) && !builder.Name.Contains('"', StringComparison.Ordinal) ? $"{builder.Name}.rpm" : $"{i}.rpm";
            return PublishedPackage.Read(folder.Write(name, builder.Build()), name);
        })];

    private static PublishedPackage? TryRead(string path)
    {
        try
        {
            var package = PublishedPackage.Read(path, Path.GetFileName(path));
            package = package with { Location = $"{package.Checksum.Hex}.rpm" };
            _ = LocalPackage.Describe(package.File.Info);
            return package;
        }
        catch (DiagnosticException)
        {
            // Packages that are broken on purpose, which createrepo_c does not tell either.
            return null;
        }
    }

    private static void Compare(TemporaryFolder folder, List<PublishedPackage> packages, bool isExact)
    {
        var (status, _, error) = Peer.Run(folder.Root, "createrepo_c", "--quiet", "--no-database", "--general-compress-type=gz", ".");
        Assert.True(status is 0 or 2, error);
        var theirs = new[] { "primary", "filelists", "other" }.ToDictionary(type => type, type => MetadataDocuments.Read(folder.Root, type));
        RepositoryWriter.Write(folder.Root, packages, Options, TestContext.Current.CancellationToken);
        foreach (var (type, expected) in theirs)
        {
            var actual = MetadataDocuments.Read(folder.Root, type);
            Assert.Empty(expected.Keys.Except(actual.Keys));
            foreach (var (checksum, lines) in expected)
            {
                var isBlind = lines.Any(line => line.Contains("size archive=0 ", StringComparison.Ordinal));
                Assert.Equal(isExact ? lines : OfAnyAge(lines, isBlind), isExact ? actual[checksum] : OfAnyAge(actual[checksum], isBlind));
            }
        }
    }

    // An rpm older than package format 6 does not find the size of such a package's payload, and createrepo_c before 1.0 does not
    // take what scripts of a transaction need for needed first.
    private static IEnumerable<string> OfAnyAge(List<string> lines, bool isBlind) => lines
        .Select(line => line.Replace(" pre=1", "", StringComparison.Ordinal))
        .Select(line => isBlind ? ArchiveSize().Replace(line, "size archive=0 ") : line)
        .Distinct();

    [GeneratedRegex("size archive=[0-9]+ ")]
    private static partial Regex ArchiveSize();

    private static SortedDictionary<string, string> Snapshot(TemporaryFolder folder) => new(
        Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder.Root, path), path => Sha256Digest.OfFile(path).Hex),
        StringComparer.Ordinal);
}
