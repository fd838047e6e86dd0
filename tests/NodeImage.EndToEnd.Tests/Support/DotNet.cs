using System.Diagnostics;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>Runs <c>dotnet</c>.</summary>
internal static class DotNet
{
    // A test's own runner sets variables that would lead the builds astray.
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    /// <summary>The program, links to it resolved.</summary>
    public static string Program { get; } = FindProgram();

    /// <summary>Runs a verb on a project.</summary>
    /// <param name="folder">The folder to run in, which decides the versions of the SDKs.</param>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="environment">Variables to set beside the usual ones.</param>
    /// <param name="wrapper">What runs it, such as <c>taskset</c> with its arguments; nothing for it alone.</param>
    public static CommandResult Run(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, IReadOnlyList<string>? wrapper = null) =>
        RunWithin(folder, [.. wrapper ?? [], Program, .. arguments], WithFixtures(environment));

    /// <summary>Runs a command that runs <c>dotnet</c>, such as a script, or <c>dotnet</c> itself without a fixture.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables to set beside those that each <c>dotnet</c> needs.</param>
    public static CommandResult RunWithin(string folder, IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null) =>
        Command.Run(command[0], command.Skip(1), Merge(environment), folder);

    /// <summary>Starts a verb on a project, for somebody who is not going to wait for its end. Nobody reads what it writes.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="environment">Variables to set beside the usual ones.</param>
    public static Process Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Merge(WithFixtures(environment)))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static Dictionary<string, string?> WithFixtures(IReadOnlyDictionary<string, string?>? environment) =>
        Over(new Dictionary<string, string?> { ["FixtureFolder"] = Checkout.RequireFixtures() + "/" }, environment);

    private static Dictionary<string, string?> Merge(IReadOnlyDictionary<string, string?>? environment) => Over(new Dictionary<string, string?>(Environment), environment);

    private static Dictionary<string, string?> Over(Dictionary<string, string?> all, IReadOnlyDictionary<string, string?>? environment)
    {
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        return all;
    }

    private static string FindProgram()
    {
        var found = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "dotnet")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("dotnet is not in the PATH.");
        return File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
    }
}
