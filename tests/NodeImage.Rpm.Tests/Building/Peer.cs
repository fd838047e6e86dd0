using System.Diagnostics;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Runs the programs that results are compared with.</summary>
internal static class Peer
{
    /// <summary>Skips the test where a program is not installed.</summary>
    public static void Require(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Skip($"{program} is not installed");
        }
    }

    /// <summary>Runs a program, and gives back what it writes.</summary>
    public static (int ExitCode, string Output, string Error) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
