using NodeImage.Rpm.Repositories;

namespace NodeImage.Judges.Solver;

/// <summary>
/// Compares transactions with those of libsolv's and libzypp's test cases: every <c>.t</c> file below the folder <c>solver</c>.
/// Which cases count is decided from their text, before anything is solved: packages follow the rules of rpm (or none are
/// named), all jobs install, and testsolv itself finds the result that the case expects.
/// </summary>
internal sealed class SolverJudge(bool installsOnly) : Judge
{
    private static readonly string[] RpmTypes = ["rpm", "*"];

    public override string Name => installsOnly ? "solver" : "solver-all";

    public override void Run(JudgeContext context, Verdict verdict)
    {
        var folder = Path.Combine(context.Data, "solver");
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"judge {Name}: skipped, there is no folder 'solver' in the data");
            return;
        }

        if (!Testsolv.IsPresent("testsolv"))
        {
            Console.WriteLine($"judge {Name}: skipped, testsolv (libsolv-tools) is not installed");
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.t", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            JudgeCase(verdict, path, Path.GetRelativePath(folder, path));
        }
    }

    private void JudgeCase(Verdict verdict, string path, string subject)
    {
        // Repositories in libsolv's own format come from real metadata, which has a judge of its own.
        var lines = File.ReadAllLines(path);
        if (!IsApplicable(lines) || !Testsolv.Passes(path))
        {
            verdict.Skip();
            return;
        }

        try
        {
            if (FirstDifference(path) is { } difference)
            {
                verdict.Fail(subject, difference);
            }
            else
            {
                verdict.Pass();
            }
        }
        catch (NotSupportedException exception)
        {
            verdict.Fail(subject, $"not supported: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A case that breaks the solver is a failure like any other; the rest is judged all the same.
            verdict.Fail(subject, exception.ToString());
        }
    }

    private static string? FirstDifference(string path)
    {
        var sections = TestcaseFile.Read(path, _ => null);
        return sections.Select((section, i) => Difference(section) is { } difference ? $"section {i + 1}: {difference}" : null)
            .FirstOrDefault(difference => difference is not null);
    }

    /// <summary>Whether a case counts, by its text alone.</summary>
    private bool IsApplicable(string[] lines)
    {
        var words = lines.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line.Length > 1 && !line[0].StartsWith('#'))
            .ToList();
        var jobs = words.Where(line => line[0] == "job").ToList();
        return jobs.Count > 0
            && words.Where(line => line[0] == "system" && line.Length > 2).All(line => line[2].Split(',').Any(RpmTypes.Contains))
            && words.Where(line => line[0] == "repo" && line.Length > 4).All(line => line[3] is "testtags" or "empty")
            && words.Exists(line => line[0] == "result" && line[1].Split(',').Contains("transaction"))
            && jobs.All(line => installsOnly ? line[1] == "install" : line[1] != "noop");
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
