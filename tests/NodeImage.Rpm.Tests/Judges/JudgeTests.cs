using System.Text;
using NodeImage.Judges;
using NodeImage.Judges.Rpm;
using NodeImage.Judges.Solver;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Judges;

/// <summary>
/// The judges of <c>eng/judges.sh</c>: over a corpus of our own, where nothing may fail; and over the folder that
/// <c>NODEIMAGE_TESTDATA</c> names, where their bars must be met.
/// </summary>
public sealed class JudgeTests(OwnCorpus corpus) : IClassFixture<OwnCorpus>
{
    private const int Seed = 20260101;

    private static readonly Judge[] All =
    [
        new PackageJudge(), new SignatureJudge(), new TamperJudge(), new PayloadJudge(), new RepositoryJudge(), new HostileRepositoryJudge(),
        new DatabaseJudge(), new SolverJudge(installsOnly: true), new SolverJudge(installsOnly: false), new RandomRequestJudge(), new UniverseJudge(),
    ];

    public static TheoryData<string> Names => [.. All.Select(judge => judge.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_judge_passes_all_of_our_own_corpus(string name)
    {
        var verdict = Hold(name, corpus.Folder, requests: 50);
        Assert.Equal([], verdict.Failures);
        Assert.NotEqual(0, verdict.Passed);
    }

    [Theory]
    [InlineData("rpm")]
    [InlineData("repository")]
    [InlineData("solver-all")]
    [InlineData("solver-random")]
    public void The_bar_is_met_over_real_data(string name)
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        if (string.IsNullOrEmpty(data))
        {
            Assert.Skip("NODEIMAGE_TESTDATA is not set");
        }

        var verdict = Hold(name, data, requests: 20);
        Assert.True(verdict.Meets(All.Single(judge => judge.Name == name).Bar), string.Join('\n', verdict.Failures));
    }

    [Fact]
    public void Packages_that_are_unsound_to_begin_with_do_not_count_as_refused()
    {
        using var folder = new TemporaryFolder();
        var sound = new RpmBuilder { Files = [TestFile.Regular("/opt/a", "a")] }.Build();
        folder.Write("sound.rpm", sound);
        folder.Write("changed.rpm", [.. sound[..^1], (byte)(sound[^1] ^ 1)]);
        var verdict = Hold("tamper", folder.Root, requests: 0);
        Assert.Equal([], verdict.Failures);
        Assert.Equal(1, verdict.NotApplicable);
    }

    [Fact]
    public void A_case_that_testsolv_solves_and_we_do_not_is_counted_against_us()
    {
        using var folder = new TemporaryFolder();
        folder.Write("solver/case.t", Encoding.UTF8.GetBytes(
            "repo system 0 empty\nrepo one 0 testtags <inline>\n#>=Ver: 3.0\n#>=Pkg: A 1 1 noarch\nsystem x86_64 rpm system\n"
            + "job install pkg A-1-1.noarch@one [cleandeps]\nresult transaction <inline>\n#>install A-1-1.noarch@one\n"));
        var verdict = Hold("solver", folder.Root, requests: 0);
        Assert.Contains("cleandeps", Assert.Single(verdict.Failures), StringComparison.Ordinal);
        Assert.False(verdict.Meets(0.75));
    }

    [Fact]
    public void A_case_that_breaks_what_is_judged_has_failed()
    {
        var verdict = new Verdict();
        verdict.Decide("sound", () => null);
        verdict.Decide("broken", () => throw new InvalidOperationException("out of order"));
        Assert.StartsWith("broken: it ends in an exception: System.InvalidOperationException: out of order", Assert.Single(verdict.Failures), StringComparison.Ordinal);
        Assert.True(verdict.Meets(0.5));
        Assert.False(verdict.Meets(0.6));
    }

    private static Verdict Hold(string name, string data, int requests)
    {
        var judge = All.Single(judge => judge.Name == name);
        foreach (var peer in judge.Peers)
        {
            Building.Peer.Require(peer);
        }

        using var scratch = new TemporaryFolder();
        var verdict = new Verdict();
        judge.Run(new JudgeContext(Path.GetFullPath(data), scratch.Root, Seed, requests), verdict);
        return verdict;
    }
}
