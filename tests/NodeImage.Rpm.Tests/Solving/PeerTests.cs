using System.Globalization;
using NodeImage.Judges.Solver;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Solving;

/// <summary>Universes that are made up, solved beside libsolv. The judges' <c>fuzz-solver</c> does the same for as long as one likes.</summary>
public sealed class PeerTests
{
    private const int Universes = 60;
    private const int Requests = 8;

    [Theory]
    [InlineData(UniverseGenerator.Jobs.Install, 1_000_000)]
    [InlineData(UniverseGenerator.Jobs.All, 2_000_000)]
    internal void Transactions_are_those_of_libsolv(UniverseGenerator.Jobs jobs, int seed)
    {
        Peer.Require("testsolv");
        using var folder = new TemporaryFolder();
        for (var i = 0; i < Universes; i++)
        {
            var path = folder[string.Create(CultureInfo.InvariantCulture, $"{seed + i}.t")];
            File.WriteAllLines(path, new UniverseGenerator(new Random(seed + i), jobs).Generate(Requests));
            Assert.Equal([], SolverFuzz.Compare(path).Select(difference => $"seed {seed + i}, {difference}"));
        }
    }

    [Fact]
    public void A_difference_would_be_seen()
    {
        Peer.Require("testsolv");
        using var folder = new TemporaryFolder();
        string[] universe = ["repo system 0 empty", "repo one 0 testtags <inline>", "#>=Ver: 3.0", "#>=Pkg: A 1 1 noarch", "#>=Prv: A = 1-1", "system unset rpm system"];
        File.WriteAllLines(folder["peer.t"], [.. universe, "job install name A", "result transaction,problems <inline>"]);
        Assert.Equal(["install A-1-1.noarch@one"], Testsolv.Result(folder["peer.t"]));
        Assert.Equal([], SolverFuzz.Compare(folder["peer.t"]));
        Assert.Equal(["install A-1-1.noarch@one"], TestcaseRunner.Lines(TestcaseRunner.Solve(TestcaseFile.Read(folder["peer.t"], _ => null)[0])));
    }
}
