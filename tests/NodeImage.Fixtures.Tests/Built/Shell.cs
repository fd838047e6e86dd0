using System.Diagnostics;
using System.Text;

namespace NodeImage.Fixtures.Tests.Built;

/// <summary>Runs tools and keeps what they say.</summary>
internal static class Shell
{
    /// <summary>Whether a tool is on the path.</summary>
    public static bool Has(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>Runs a tool that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string tool, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var result = Try(tool, arguments, environment);
        Assert.True(result.ExitCode == 0, $"{tool} ended with {result.ExitCode}:\n{result.Output}\n{result.Errors}");
        return result.Output;
    }

    /// <summary>Runs a tool.</summary>
    public static ShellResult Try(string tool, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(tool)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output, errors.Result);
    }
}

/// <summary>What a tool said.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Errors);
