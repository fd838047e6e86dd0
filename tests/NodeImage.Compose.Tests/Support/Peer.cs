using System.ComponentModel;
using System.Diagnostics;

namespace NodeImage.Compose.Tests.Support;

/// <summary>A tool whose work is the measure of ours.</summary>
internal static class Peer
{
    private const int MaxOutput = 16 << 20;
    private const int MaxSecondsInside = 3;
    private const int MaxAttempts = 20;
    private const int CannotRun = 126;
    private const int TextFileBusy = 26;

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
        // A process that another test begins meanwhile may hold a copied tool open for a moment, and what is open for writing cannot run.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (status, output) = RunOnce(program, arguments);
                if (status != CannotRun || attempt == MaxAttempts || !output.Contains("Text file busy", StringComparison.Ordinal))
                {
                    return (status, output);
                }
            }
            catch (Win32Exception e) when (e.NativeErrorCode == TextFileBusy && attempt < MaxAttempts)
            {
            }

            Thread.Sleep(10 * attempt);
        }
    }

    private static (int Status, string Output) RunOnce(string program, string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        process.StartInfo.Environment["LC_ALL"] = "C";
        var output = new System.Text.StringBuilder();
        void Append(object sender, DataReceivedEventArgs e)
        {
            lock (output)
            {
                if (output.Length < MaxOutput)
                {
                    output.AppendLine(e.Data);
                }
            }
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    /// <summary>Runs a tool of this machine with a tree on disk for its whole world; the test is skipped where that is not allowed. It ends after some seconds, come what may.</summary>
    /// <param name="disk">The tree. The tool is put into it, with the libraries that it needs.</param>
    /// <param name="program">The tool's path on this machine.</param>
    /// <param name="path">Where it is put.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit status, and what it wrote to either output.</returns>
    public static (int Status, string Output) RunInside(DiskTree disk, string program, string path, params string[] arguments)
    {
        var unshare = Require("unshare");
        Assert.SkipUnless(Run(unshare, "--map-root-user", "--root", "/", "/bin/true").Status == 0, "user namespaces are not allowed here");
        Copy(program, disk.PathOf(path));

        // Each line is "name => path (address)" or "path (address)".
        foreach (var library in Run("ldd", program).Output.Split('\n').Select(line => line.Split("=> ")[^1].Trim().Split(' ')[0]).Where(File.Exists))
        {
            Copy(library, disk.PathOf(library));
        }

        return Run(Require("prlimit"), [$"--cpu={MaxSecondsInside}", unshare, "--map-root-user", "--root", disk.Root, path, .. arguments]);
    }

    private static void Copy(string from, string to)
    {
        if (!File.Exists(to))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
    }
}
