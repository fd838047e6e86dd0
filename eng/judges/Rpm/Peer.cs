using System.Diagnostics;
using System.Text;

namespace NodeImage.Judges.Rpm;

/// <summary>Runs another program, in an environment of its own.</summary>
internal static class Peer
{
    /// <summary>What a program did.</summary>
    /// <param name="ExitCode">Its exit code; that of a shell where a signal ended it.</param>
    /// <param name="Output">What it wrote.</param>
    /// <param name="Error">What it complained of.</param>
    internal sealed record Result(int ExitCode, byte[] Output, string Error)
    {
        public bool Succeeded => ExitCode == 0;

        public string Text => Encoding.UTF8.GetString(Output);
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool IsPresent(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program.</summary>
    /// <param name="home">Its home folder, where it may leave what it likes.</param>
    /// <param name="input">What it reads, or null.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it did.</returns>
    public static Result Run(string home, byte[]? input, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = home;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var feed = Task.Run(() => Feed(process, input));
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feed.Wait();
        return new Result(process.ExitCode, output.ToArray(), error.Result);
    }

    private static void Feed(Process process, byte[]? input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It had seen enough.
        }
    }
}
