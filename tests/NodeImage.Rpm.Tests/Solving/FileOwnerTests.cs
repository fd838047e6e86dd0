using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Solving;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Files that the packages' own metadata does not list.</summary>
public sealed class FileOwnerTests
{
    [Fact]
    public void Owners_are_asked_for_paths_that_no_package_lists_and_only_once_each()
    {
        var owner = Universe.Package("b-1");
        var source = new Owners(owner, "/usr/share/b");
        var builder = new PackagePoolBuilder(ArchitecturePolicy.For("x86_64")) { FileOwners = source };
        builder.AddRepository("main", [Universe.Package("a-1", "requires /usr/share/b", "requires /usr/bin/c"), Universe.Package("a-2", "requires /usr/share/b"), owner, Universe.Package("c-1", "file /usr/bin/c")]);
        var pool = builder.Build();
        var result = DependencySolver.Solve(pool, new SolverRequest { Jobs = [SolverJob.Install("a")] });
        Assert.Equal(["a-2", "b-1"], result.Transaction.Installs.Select(Universe.Short));
        result = DependencySolver.Solve(pool, new SolverRequest { Jobs = [new SolverJob(SolverAction.Install, new PackageSelection.ByName("a", new VersionConstraint(Rpm.Dependencies.DependencyFlags.Less, Rpm.Versions.Evr.Parse("2"))))] });
        Assert.Equal(["a-1", "b-1", "c-1"], result.Transaction.Installs.Select(Universe.Short));
        Assert.Equal(["/usr/share/b"], source.Asked);
    }

    [Fact]
    public void Owners_that_are_not_in_the_pool_do_not_count() => Assert.Equal(
        "problem",
        new Universe { FileOwners = new Owners(Universe.Package("x-1"), "/x") }.Add("a-1", "requires /x").Solve("install a"));

    [Fact]
    public void A_listed_file_that_only_a_request_names_is_found() =>
        Assert.Equal("+a-1", new Universe().Add("a-1", "file /usr/bin/a").Solve("install /usr/bin/a"));

    private sealed class Owners(RepositoryPackage owner, string path) : IFileOwnerSource
    {
        public List<string> Asked { get; } = [];

        public IEnumerable<RepositoryPackage> FindOwners(string asked)
        {
            Asked.Add(asked);
            return asked == path ? [owner] : [];
        }
    }
}
