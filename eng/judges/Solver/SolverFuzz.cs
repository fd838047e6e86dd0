using System.Diagnostics;
using System.Globalization;

namespace NodeImage.Judges.Solver;

/// <summary>Holds the solver against testsolv over universes that are made up, until something differs or time is up.</summary>
internal static class SolverFuzz
{
    private const int SectionsPerUniverse = 8;

    /// <summary>Runs <c>fuzz-solver SEED UNIVERSES [install]</c> and prints what differs.</summary>
    public static int Run(string[] arguments)
    {
        var seed = int.Parse(arguments.ElementAtOrDefault(0) ?? "1", CultureInfo.InvariantCulture);
        var count = int.Parse(arguments.ElementAtOrDefault(1) ?? "1000", CultureInfo.InvariantCulture);
        var jobs = arguments.ElementAtOrDefault(2) == "install" ? UniverseGenerator.Jobs.Install : UniverseGenerator.Jobs.All;
        var folder = Directory.CreateTempSubdirectory("nodeimage-fuzz-").FullName;
        var clock = Stopwatch.StartNew();
        int sections = 0, failures = 0;
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed + i}.t"));
            File.WriteAllLines(path, new UniverseGenerator(new Random(seed + i), jobs).Generate(SectionsPerUniverse));
            var differences = Compare(path).ToList();
            sections += SectionsPerUniverse;
            failures += differences.Count;
            foreach (var difference in differences)
            {
                Console.WriteLine($"{path}: {difference}");
            }

            if (differences.Count == 0)
            {
                File.Delete(path);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz-solver: {sections} requests over {count} universes from seed {seed}, {failures} differ, {clock.Elapsed.TotalSeconds:F0} s"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Runs <c>fuzz-compare FILE</c> and prints what differs in one test case.</summary>
    public static int CompareFile(string path)
    {
        var differences = Compare(path).ToList();
        differences.ForEach(Console.WriteLine);
        return differences.Count == 0 ? 0 : 1;
    }

    /// <summary>What differs between the solver's and testsolv's results, section by section.</summary>
    public static IEnumerable<string> Compare(string path)
    {
        var expected = Testsolv.Sections(path);
        var sections = TestcaseFile.Read(path, _ => null);
        // testsolv itself fails now and then; what it did not come to is not compared.
        for (var i = 0; i < Math.Min(sections.Count, expected.Count); i++)
        {
            string? difference;
            try
            {
                difference = Compare(sections[i], expected[i]);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                difference = exception.ToString();
            }

            if (difference is not null)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"section {i + 1}: {difference}");
            }
        }
    }

    private static string? Compare(TestcaseSection section, string[] expected)
    {
        var result = TestcaseRunner.Solve(section);
        var actual = TestcaseRunner.Lines(result).ToHashSet();
        var wanted = expected.Where(line => !line.StartsWith("problem ", StringComparison.Ordinal)).ToHashSet();
        var problems = expected.Where(line => line.Contains(" info ", StringComparison.Ordinal)).Count();
        var differences = wanted.Except(actual).Select(line => $"-{line}").Concat(actual.Except(wanted).Select(line => $"+{line}")).ToList();
        if (problems != result.Statistics.Problems)
        {
            differences.Add($"{problems} problems expected, {result.Statistics.Problems} found");
        }

        return differences.Count == 0 ? null : string.Join("; ", differences.Order(StringComparer.Ordinal));
    }
}
