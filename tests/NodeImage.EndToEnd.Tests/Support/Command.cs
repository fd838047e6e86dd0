using System.Diagnostics;
using System.Text;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>What a command came to.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">What it wrote to either output, in the order in which it came.</param>
internal sealed record CommandResult(int Status, string Output)
{
    /// <summary>The output of a command that must succeed.</summary>
    public string Succeeded()
    {
        Assert.True(Status == 0, $"exit status {Status}:\n{Output}");
        return Output;
    }

    /// <summary>The lines of the output of a command that must succeed.</summary>
    public IReadOnlyList<string> Lines() => Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs commands as a user would type them.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>Sees to it that a tool is there; the test is skipped where it is not.</summary>
    public static void Require(params string[] tools)
    {
        foreach (var tool in tools)
        {
            Assert.SkipUnless(Folders.Any(folder => File.Exists(Path.Combine(folder, tool))), $"{tool} is not installed");
        }
    }

    /// <summary>Sees to it that the test runs as root; it is skipped where it does not.</summary>
    public static void RequireRoot() => Assert.SkipUnless(Environment.UserName == "root", "this must be run as root");

    /// <summary>Runs a command to its end.</summary>
    public static CommandResult Run(string program, params IEnumerable<string> arguments) => Run(program, arguments, null);

    /// <summary>Runs a command to its end in an environment of its own.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or to remove where null.</param>
    /// <param name="folder">The folder that it runs in.</param>
    public static CommandResult Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, string? folder = null)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true } };
        process.StartInfo.WorkingDirectory = folder ?? "";
        process.StartInfo.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            process.StartInfo.Environment[name] = value;
        }

        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append(line.Data is null ? "" : "\n");
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} has not ended after {Limit}:\n{output}");
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString());
    }
}
