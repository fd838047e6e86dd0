using System.Globalization;

namespace NodeImage.Judges.Solver;

/// <summary>Compares the solver with testsolv over universes that are made up, which needs no data.</summary>
internal sealed class UniverseJudge : Judge
{
    private const int RequestsPerUniverse = 8;

    public override string Name => "solver-universes";

    public override IReadOnlyList<string> Peers => ["testsolv"];

    public override double Bar => 0.99;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var universes = context.Requests;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"judge {Name}: seed {context.Seed}, {universes} universes with {RequestsPerUniverse} requests each"));
        for (var i = 0; i < universes; i++)
        {
            var seed = context.Seed + i;
            var kind = i % 2 == 0 ? UniverseGenerator.Jobs.Install : UniverseGenerator.Jobs.All;
            var path = Path.Combine(context.Scratch, string.Create(CultureInfo.InvariantCulture, $"universe-{seed}.t"));
            File.WriteAllLines(path, new UniverseGenerator(new Random(seed), kind).Generate(RequestsPerUniverse));
            verdict.Decide(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"), () => SolverFuzz.Compare(path).FirstOrDefault());
        }
    }
}
