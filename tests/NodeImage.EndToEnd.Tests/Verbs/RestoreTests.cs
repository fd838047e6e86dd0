using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Verbs;

/// <summary><c>dotnet restore</c> chooses, locks and fetches packages, for an image and for what it stands on.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly ScratchProject _project = Newcomer.Write();

    public void Dispose() => Directory.Delete(_project.Folder, recursive: true);

    [Fact]
    public void It_locks_and_fetches_and_builds_nothing()
    {
        Restore().Succeeded();
        Assert.Contains(Newcomer.Locked(_project, "node"), nevra => nevra.StartsWith("hostname-", StringComparison.Ordinal));
        Assert.Contains(Newcomer.Locked(_project, "base"), nevra => nevra.StartsWith("bash-", StringComparison.Ordinal));
        Assert.True(Directory.GetFiles(Path.Combine(_project.CacheFolder, "rpm"), "*", SearchOption.AllDirectories).Length >= 20);
        Assert.False(Directory.Exists(Path.Combine(_project.Folder, "node", "bin")));
        Assert.False(Directory.Exists(Path.Combine(_project.Folder, "base", "bin")));
    }

    [Fact]
    public void With_a_lock_and_a_warm_cache_it_needs_no_repository()
    {
        Restore().Succeeded();
        var locks = _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json");

        // The folders of what was restored are gone, as on another machine that shares the cache.
        Directory.Delete(Path.Combine(_project.Folder, "node", "obj"), recursive: true);
        Directory.Delete(Path.Combine(_project.Folder, "base", "obj"), recursive: true);
        Restore("-p:TestRepository=http://127.0.0.1:9/nowhere").Succeeded();
        Assert.Equal(locks, _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json"));
    }

    [Fact]
    public void A_package_that_the_cache_has_lost_is_fetched_again()
    {
        Restore().Succeeded();
        var packages = Directory.GetFiles(Path.Combine(_project.CacheFolder, "rpm"), "*", SearchOption.AllDirectories);
        File.Delete(packages[0]);
        Restore().Succeeded();
        Assert.True(File.Exists(packages[0]));
    }

    [Fact]
    public void Locked_mode_refuses_what_the_lock_does_not_have()
    {
        Restore().Succeeded();
        var locks = _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json");
        Newcomer.WriteNode(_project, """<RpmPackage Include="sed" />""");

        var refused = Restore("-p:RestoreLockedMode=true");
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("NI2011", refused.Output, StringComparison.Ordinal);
        Assert.Equal(locks, _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json"));

        Restore().Succeeded();
        Restore("-p:RestoreLockedMode=true").Succeeded();
    }

    [Fact]
    public void Static_graph_restore_and_the_restore_of_a_solution_lock_the_same()
    {
        Restore("-p:RestoreUseStaticGraphEvaluation=true").Succeeded();
        var locks = _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json");

        File.Delete(_project.LockFile("node"));
        File.Delete(_project.LockFile("base"));
        Newcomer.Run(_project, ["new", "sln", "--name", "all", "--format", "sln"]).Succeeded();
        Newcomer.Run(_project, ["sln", "all.sln", "add", "node/node.osproj", "base/base.osproj"]).Succeeded();
        Newcomer.Run(_project, ["restore", "all.sln"]).Succeeded();
        Assert.Equal(locks, _project.Snapshot("base/rpms.lock.json", "node/rpms.lock.json"));
    }

    private CommandResult Restore(params string[] arguments) => Newcomer.Run(_project, ["restore", "node", .. arguments]);
}
