using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Repositories;

public sealed class LocalPackageTests
{
    private const DependencyFlags AtLeast = DependencyFlags.Greater | DependencyFlags.Equal;

    private static readonly RpmBuilder Package = new()
    {
        Arch = "x86_64",
        Files = [TestFile.Regular("/usr/bin/hello", "x"), TestFile.Regular("/usr/share/hello", "x"), TestFile.Directory("/etc/hello"), TestFile.Ghost("/etc/hello/ghost")],
        Dependencies =
        [
            (RpmDependencyKind.Provides, "hello(x86-64)", DependencyFlags.Equal, "1:1.0-1"),
            (RpmDependencyKind.Requires, "rpmlib(CompressedFileNames)", DependencyFlags.RpmLib | DependencyFlags.Less | DependencyFlags.Equal, "3.0.4-1"),
            (RpmDependencyKind.Requires, "/usr/bin/hello", 0, ""),
            (RpmDependencyKind.Requires, "/usr/share/hello", 0, ""),
            (RpmDependencyKind.Requires, "/bin/sh", DependencyFlags.ScriptPost | DependencyFlags.Interpreter, ""),
            (RpmDependencyKind.Requires, "/bin/sh", DependencyFlags.ScriptPreUninstall | DependencyFlags.Interpreter, ""),
            (RpmDependencyKind.Requires, "libc.so.6(GLIBC_2.4)(64bit)", DependencyFlags.FindRequires, ""),
            (RpmDependencyKind.Requires, "libc.so.6()(64bit)", DependencyFlags.FindRequires, ""),
            (RpmDependencyKind.Requires, "libc.so.6(GLIBC_2.34)(64bit)", DependencyFlags.FindRequires, ""),
            (RpmDependencyKind.Requires, "libc.so.6(GLIBC_2.3.4)(64bit)", DependencyFlags.FindRequires, ""),
            (RpmDependencyKind.Requires, "zlib", AtLeast, "1.2"),
            (RpmDependencyKind.Requires, "zlib", AtLeast, "1.2"),
            (RpmDependencyKind.Requires, "zlib", AtLeast, "1.3"),
            (RpmDependencyKind.Requires, "hello(x86-64)", DependencyFlags.Equal, "1:1.0-1"),
            (RpmDependencyKind.Requires, "(a if b)", 0, ""),
            (RpmDependencyKind.Conflicts, "bye", DependencyFlags.Less, "2:3"),
            (RpmDependencyKind.Obsoletes, "hallo", DependencyFlags.Less, "1"),
            (RpmDependencyKind.Recommends, "docs", 0, ""),
            (RpmDependencyKind.Suggests, "more-docs", 0, ""),
            (RpmDependencyKind.Supplements, "(x and y)", 0, ""),
            (RpmDependencyKind.Enhances, "z", 0, ""),
        ],
    };

    [Fact]
    public void What_a_repository_would_leave_out_is_left_out()
    {
        var package = LocalPackage.Describe(Package.Open(), "hello.rpm", "sha256", "00");

        Assert.Equal(new Nevra("hello", new Evr(0, "1.0", "1"), "x86_64"), package.Nevra);
        Assert.Equal(("hello.rpm", "sha256", "00"), (package.Location, package.ChecksumType, package.Checksum));
        Assert.Equal(
            [
                new Dependency("/usr/share/hello"),
                new Dependency("/bin/sh", DependencyFlags.Prerequisite),
                new Dependency("/bin/sh"),
                new Dependency("zlib", AtLeast, new Evr(0, "1.2", null)),
                new Dependency("zlib", AtLeast, new Evr(0, "1.3", null)),
                new Dependency("(a if b)"),
                new Dependency("libc.so.6(GLIBC_2.34)(64bit)"),
            ],
            package.Requires);
        Assert.Equal(["/usr/bin/hello", "/usr/share/hello", "/etc/hello", "/etc/hello/ghost"], package.Files);
    }

    [Fact]
    public async Task The_same_comes_of_a_package_as_of_what_createrepo_says_of_it()
    {
        Peer.Require("createrepo_c");
        using var folder = new TemporaryFolder();
        var path = folder.Write("hello.rpm", Package.Build());
        Peer.Run(folder.Root, "createrepo_c", "--no-database", "--compress-type=gz", ".");

        var metadata = await FolderFetcher.LoadAsync(folder.Root);
        var theirs = Assert.Single(metadata.Packages);
        var ours = LocalPackage.Describe(RpmPackageFile.Open(path), theirs.Location, theirs.ChecksumType, theirs.Checksum);

        Same(theirs, ours);
    }

    /// <summary>Asserts that two descriptions of a package say the same; which files are told is not the same on purpose.</summary>
    /// <param name="expected">What a repository says.</param>
    /// <param name="actual">What the package says.</param>
    /// <param name="inOrder">Whether dependencies come in the same order and with the same marks of what is needed first, as
    /// they do of a current createrepo_c.</param>
    internal static void Same(RepositoryPackage expected, RepositoryPackage actual, bool inOrder = true)
    {
        void Compare(IReadOnlyList<Dependency> theirs, IReadOnlyList<Dependency> ours) => Assert.Equal(Arrange(theirs), Arrange(ours));
        IEnumerable<Dependency> Arrange(IReadOnlyList<Dependency> list) =>
            inOrder ? list : list.Select(dependency => dependency with { Flags = dependency.Comparison }).Distinct().OrderBy(dependency => $"{dependency}", StringComparer.Ordinal);

        Assert.Equal(expected.Nevra, actual.Nevra);
        Assert.Equal(
            (expected.Vendor, expected.Summary, expected.SourceRpm, expected.BuildTime, expected.PackageSize, expected.InstalledSize),
            (actual.Vendor, actual.Summary, actual.SourceRpm, actual.BuildTime, actual.PackageSize, actual.InstalledSize));
        Compare(expected.Provides, actual.Provides);
        Compare(expected.Requires, actual.Requires);
        Compare(expected.Conflicts, actual.Conflicts);
        Compare(expected.Obsoletes, actual.Obsoletes);
        Compare(expected.Recommends, actual.Recommends);
        Compare(expected.Suggests, actual.Suggests);
        Compare(expected.Supplements, actual.Supplements);
        Compare(expected.Enhances, actual.Enhances);
        Assert.Equal(expected.Files.Order(StringComparer.Ordinal), actual.Files.Where(LocalPackage.IsPrimaryFile).Order(StringComparer.Ordinal));
    }
}
