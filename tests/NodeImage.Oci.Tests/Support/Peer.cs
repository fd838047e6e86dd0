using System.Diagnostics;

namespace NodeImage.Oci.Tests.Support;

/// <summary>A tool whose word is the measure of ours.</summary>
internal static class Peer
{
    /// <summary>Runs a tool that must succeed; the test is skipped where it is not installed.</summary>
    /// <returns>What it wrote to its output.</returns>
    public static string Run(string program, params string[] arguments)
    {
        var path = Array.Find([$"/usr/bin/{program}", $"/usr/sbin/{program}", $"/bin/{program}"], File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
