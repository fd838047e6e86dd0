namespace NodeImage.Compose.Sandboxes;

/// <summary>What is needed to start a sandbox.</summary>
/// <param name="DotNetHost">The full path of the <c>dotnet</c> program.</param>
/// <param name="HostAssembly">The full path of <c>NodeImage.Sandbox.dll</c>.</param>
public sealed record SandboxOptions(string DotNetHost, string HostAssembly)
{
    /// <summary>This machine's architecture in rpm's words, such as <c>x86_64</c>.</summary>
    public required string MachineArchitecture { get; init; }

    /// <summary>Where the kernel lists the emulators of other architectures' programs: the mount point of binfmt_misc.</summary>
    public string EmulatorFolder { get; init; } = "/proc/sys/fs/binfmt_misc";

    /// <summary>Whether this process runs as root, who needs no namespace of users.</summary>
    public bool IsRoot { get; init; }

    /// <summary>The user's name, under which <c>/etc/subuid</c> lends further numbers.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The user's number, which may stand in <c>/etc/subuid</c> in the name's place; null where it is not known.</summary>
    public string? UserId { get; init; }
}
