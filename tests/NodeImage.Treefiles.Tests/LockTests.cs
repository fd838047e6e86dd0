using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Locking;

namespace NodeImage.Treefiles.Tests;

/// <summary>Proves that lock files of rpm-ostree are read and written, and nothing else is.</summary>
public sealed class LockTests
{
    private static TreefileLock Read(string text, string name = "lock.json") => TreefileLockReader.Read(Encoding.UTF8.GetBytes(text), name);

    [Fact]
    public void A_lock_is_read_as_it_was_written()
    {
        var packages = Read("""
            {"metadata": {"generated": "2024-10-23T00:00:00Z", "rpmmd_repos": {"fedora": {"generated": "2024-04-14T18:51:11Z"}}},
             "packages": {"NetworkManager": {"evra": "1:1.46.2-1.fc40.x86_64", "metadata": {"sourcerpm": "NetworkManager"}},
                          "tzdata": {"evr": "2024b-1.fc40", "digest": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}}
            """);
        var again = TreefileLockReader.Read(TreefileLockWriter.Write(packages), "lock.json");

        Assert.Equal(("1:1.46.2-1.fc40", "x86_64"), (packages.Packages["NetworkManager"].Evr, packages.Packages["NetworkManager"].Architecture));
        Assert.Null(packages.Packages["tzdata"].Architecture);
        Assert.Equal(TreefileLockWriter.Write(packages), TreefileLockWriter.Write(again));
        Assert.Equal("2024-04-14T18:51:11Z", again.Repositories["fedora"]);
    }

    [Fact]
    public void Overrides_in_yaml_are_laid_over_a_lock()
    {
        var packages = Read("""{"packages": {"podman": {"evra": "5:5.2.4-1.fc40.x86_64"}, "bash": {"evra": "5.2-1.x86_64"}}}""")
            .With(Read("packages:\n  podman:\n    evr: 5:5.2.5-1.fc40\n    metadata:\n      type: fast-track\n", "overrides.yaml"));

        Assert.Equal(["bash 5.2-1 x86_64", "podman 5:5.2.5-1.fc40 "], packages.Packages.Select(package => $"{package.Key} {package.Value.Evr} {package.Value.Architecture}"));
    }

    [Theory]
    [InlineData("""{"package": {}}""", 1, 2)]
    [InlineData("""{"packages": {"a": {"evar": "1-1.x"}}}""", 1, 21)]
    [InlineData("""{"packages": {"a": {}}}""", 1, 20)]
    [InlineData("""{"packages": {"a": {"evr": "1-1", "evra": "1-1.x"}}}""", 1, 20)]
    [InlineData("""{"packages": {"a": {"evra": "1"}}}""", 1, 20)]
    [InlineData("""{"packages": {"a": {"evr": "1"}}}""", 1, 20)]
    [InlineData("""{"packages": {"a": {"evr": "1-1", "digest": "12"}}}""", 1, 20)]
    [InlineData("""{"packages": []}""", 1, 14)]
    [InlineData("""{"metadata": {"rpmmd_repos": {"a": {"b": 1}}}}""", 1, 37)]
    [InlineData("[]", 1, 1)]
    public void What_is_no_lock_is_refused_where_it_stands(string text, int line, int column)
    {
        var e = Assert.Throws<DiagnosticException>(() => Read(text));

        Assert.Equal(("NI1222", $"lock.json({line},{column})"), (e.Diagnostic.Code, e.Diagnostic.Place!.ToString()));
    }

    [Fact]
    public void Real_locks_are_read()
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "NODEIMAGE_TESTDATA is not set");
        var folder = Path.Combine(data!, "treefiles", "fedora-coreos-config");
        var packages = TreefileLockReader.Read(File.ReadAllBytes(Path.Combine(folder, "manifest-lock.x86_64.json")), "manifest-lock.x86_64.json");
        var overrides = TreefileLockReader.Read(File.ReadAllBytes(Path.Combine(folder, "manifest-lock.overrides.yaml")), "manifest-lock.overrides.yaml");

        Assert.True(packages.Packages.Count > 400);
        Assert.Equal("5:5.2.5-1.fc40", packages.With(overrides).Packages["podman"].Evr);
        Assert.Equal(TreefileLockWriter.Write(packages), TreefileLockWriter.Write(TreefileLockReader.Read(TreefileLockWriter.Write(packages), "a.json")));
    }
}
