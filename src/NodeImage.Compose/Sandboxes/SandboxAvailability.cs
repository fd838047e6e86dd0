namespace NodeImage.Compose.Sandboxes;

/// <summary>Finds out whether a sandbox can be had on this machine, and says what is missing where it cannot.</summary>
internal static class SandboxAvailability
{
    private static readonly string[] ProgramFolders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/run/current-system/sw/bin"];

    /// <summary>Says why there is no sandbox.</summary>
    /// <param name="options">What a sandbox would be started with.</param>
    /// <param name="architecture">The architecture of the image whose programs are to run in it, in rpm's words.</param>
    /// <returns>The obstacle, as the end of a sentence; null where there is none.</returns>
    public static string? FindObstacle(SandboxOptions options, string architecture)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "a sandbox needs Linux";
        }

        if (ForeignPrograms.FindObstacle(options, architecture) is { } foreign)
        {
            return foreign;
        }

        foreach (var (program, package) in new[] { ("unshare", "util-linux"), ("chroot", "coreutils") })
        {
            if (FindProgram(program) is null)
            {
                return $"a sandbox needs the program '{program}' (package {package})";
            }
        }

        if (!File.Exists(options.HostAssembly))
        {
            return $"the sandbox's own program is missing at '{options.HostAssembly}'";
        }

        return options.IsRoot ? null : FindUserObstacle(options);
    }

    /// <summary>Whether a line of <c>subuid(5)</c> lends numbers to a user, named by name or number.</summary>
    public static bool LendsNumbers(string line, SandboxOptions options) =>
        line.Split(':') is [var owner, _, _] && owner.Length > 0 && (owner == options.UserName || owner == options.UserId);

    private static string? FindUserObstacle(SandboxOptions options)
    {
        var user = options.UserName;
        if (FindProgram("newuidmap") is null || FindProgram("newgidmap") is null)
        {
            return "a sandbox of an ordinary user needs the programs 'newuidmap' and 'newgidmap' (package uidmap or shadow-utils)";
        }

        foreach (var file in new[] { "/etc/subuid", "/etc/subgid" })
        {
            if (!File.Exists(file) || !File.ReadLines(file).Any(line => LendsNumbers(line, options)))
            {
                return $"a sandbox of an ordinary user needs a range of 65536 numbers for '{user}' in {file} (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user})";
            }
        }

        return null;
    }

    private static string? FindProgram(string name) => ProgramFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
