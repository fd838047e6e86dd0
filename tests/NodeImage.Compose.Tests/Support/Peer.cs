using System.Diagnostics;

namespace NodeImage.Compose.Tests.Support;

/// <summary>A tool whose work is the measure of ours.</summary>
internal static class Peer
{
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib/systemd", "/lib/systemd"];

    /// <summary>Finds a tool of this machine; the test is skipped where it is not installed.</summary>
    public static string Require(string name)
    {
        var path = Array.Find(Array.ConvertAll(Folders, folder => Path.Combine(folder, name)), File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed");
        return path;
    }

    /// <summary>Runs a tool.</summary>
    /// <returns>Its exit status, and what it wrote to either output.</returns>
    public static (int Status, string Output) Run(string program, params string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        process.StartInfo.Environment["LC_ALL"] = "C";
        var output = new System.Text.StringBuilder();
        void Append(object sender, DataReceivedEventArgs e)
        {
            lock (output)
            {
                output.AppendLine(e.Data);
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        Start(process);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    // A program that has just been written may be held open by a process that another thread was starting meanwhile.
    private static void Start(Process process)
    {
        const int textFileBusy = 26;
        for (var left = 50; ; left--)
        {
            try
            {
                process.Start();
                return;
            }
            catch (System.ComponentModel.Win32Exception e) when (e.NativeErrorCode == textFileBusy && left > 0)
            {
                Thread.Sleep(20);
            }
        }
    }
}
