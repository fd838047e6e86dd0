using System.Diagnostics;

namespace NodeImage.Judges.Solver;

/// <summary>Runs libsolv's own tools.</summary>
internal static class Testsolv
{
    /// <summary>Whether the tools are to be had.</summary>
    public static bool IsPresent(params string[] tools) => tools.All(tool =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))));

    /// <summary>Whether testsolv's own result for a test case is the expected one.</summary>
    public static bool Passes(string path) => Run("testsolv", path).ExitCode == 0;

    /// <summary>The result that testsolv finds, line by line.</summary>
    public static string[] Result(string path) =>
        Run("testsolv", path, "-r").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The results of a test case with several sections; fewer where testsolv fails on one of them.</summary>
    public static IReadOnlyList<string[]> Sections(string path)
    {
        var (exitCode, output) = Run("testsolv", path, "-r");
        var sections = new List<List<string>> { new() };
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("test ", StringComparison.Ordinal) && line.EndsWith(':'))
            {
                sections.Add([]);
            }
            else
            {
                sections[^1].Add(line);
            }
        }

        var results = sections.Skip(sections.Count > 1 ? 1 : 0).Select(section => section.ToArray()).ToList();
        return exitCode == 0 ? results : results[..^1];
    }

    /// <summary>Turns a <c>primary.xml</c> into libsolv's own format.</summary>
    public static void Convert(Stream primary, string solv)
    {
        var start = new ProcessStartInfo("rpmmd2solv") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var output = File.Create(solv);
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        using (var input = process.StandardInput.BaseStream)
        {
            primary.CopyTo(input);
        }

        reading.Wait();
        process.WaitForExit();
    }

    private static (int ExitCode, string Output) Run(string tool, string path, params string[] options)
    {
        var start = new ProcessStartInfo(tool, [.. options, Path.GetFileName(path)])
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(path)),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error.Wait();
        return (process.ExitCode, output);
    }
}
