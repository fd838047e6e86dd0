namespace NodeImage.Judges.Solver;

/// <summary>
/// Compares transactions with those that test cases of libsolv expect: every <c>.t</c> file below the folder <c>solver</c>.
/// Which cases count is decided before anything is solved: by their text (see <see cref="Applicability"/>), and by testsolv
/// itself finding the result that the case expects.
/// </summary>
internal sealed class SolverJudge(bool installsOnly) : Judge
{
    public override string Name => installsOnly ? "solver" : "solver-all";

    public override IReadOnlyList<string> Peers => ["testsolv", "rpmmd2solv"];

    public override double Bar => 0.75;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var folder = Path.Combine(context.Data, "solver");
        if (!Directory.Exists(folder))
        {
            return;
        }

        var repositories = new Lazy<MetadataRepositories>(() => MetadataRepositories.Read(context));
        foreach (var path in Directory.EnumerateFiles(folder, "*.t", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var prepared = PreparedCase.Prepare(context, path, repositories);
            if (Applicability.Refuse(prepared, installsOnly) is { } reason)
            {
                verdict.Skip(reason);
                continue;
            }

            verdict.Decide(Path.GetRelativePath(folder, path), () => FirstDifference(prepared));
        }
    }

    private static string? FirstDifference(PreparedCase prepared)
    {
        try
        {
            return prepared.Read().Select((section, i) => Difference(section) is { } difference ? $"section {i + 1}: {difference}" : null)
                .FirstOrDefault(difference => difference is not null);
        }
        catch (NotSupportedException e)
        {
            return $"not supported: {e.Message}";
        }
    }

    private static string? Difference(TestcaseSection section)
    {
        if (!section.ResultKinds.Contains("transaction"))
        {
            return null;
        }

        var result = TestcaseRunner.Solve(section);
        var expected = section.Expected.Where(IsTransactionLine).ToHashSet();
        var actual = TestcaseRunner.Lines(result).ToHashSet();
        var missing = expected.Except(actual).Order(StringComparer.Ordinal).Select(line => $"-{line}");
        var surplus = actual.Except(expected).Order(StringComparer.Ordinal).Select(line => $"+{line}");
        var differences = missing.Concat(surplus).ToList();
        if (differences.Count > 0)
        {
            return string.Join("; ", differences.Take(12)) + (differences.Count > 12 ? $" and {differences.Count - 12} more" : "");
        }

        var problems = section.Expected.Where(line => line.StartsWith("problem ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1])
            .Distinct()
            .Count();
        return problems > 0 == result.Problems.Count > 0
            ? null
            : $"{problems} problems expected, {result.Problems.Count} found";
    }

    private static bool IsTransactionLine(string line) =>
        line.Split(' ')[0] is "install" or "erase" or "upgrade" or "downgrade" or "reinstall" or "change" or "obsolete";
}
