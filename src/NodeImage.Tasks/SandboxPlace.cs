using System.Runtime.InteropServices;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Sandboxes;

namespace NodeImage.Tasks;

/// <summary>What a sandbox is started with: the .NET that runs this build, and the program beside this assembly.</summary>
internal static class SandboxPlace
{
    private const string HostVariable = "DOTNET_HOST_PATH";
    private const string Assembly = "NodeImage.Sandbox.dll";

    public static SandboxOptions Find() => new(
        Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host ? host : Environment.ProcessPath ?? "dotnet",
        Path.Combine(Path.GetDirectoryName(typeof(SandboxPlace).Assembly.Location)!, Assembly))
    {
        MachineArchitecture = ReadArchitecture(),
        IsRoot = Environment.IsPrivilegedProcess,
        UserName = Environment.UserName,
        UserId = OperatingSystem.IsLinux() ? ReadUserId() : null,
    };

    // An architecture that no image can be made for is one that no image's programs run on.
    private static string ReadArchitecture()
    {
        var architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return Architectures.FromRuntimeIdentifier($"linux-{architecture}") ?? architecture;
    }

    // The second number is the effective one: proc_pid_status(5).
    private static string? ReadUserId() =>
        File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split('\t') is [_, _, var effective, ..] ? effective : null;
}
