using System.ComponentModel;
using System.Diagnostics;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks.LocalStores;

/// <summary>The programs that keep and run containers on a machine, by the names that the .NET SDK's <c>LocalRegistry</c> has for them.</summary>
internal enum ContainerToolKind
{
    /// <summary>Docker.</summary>
    Docker,

    /// <summary>Podman.</summary>
    Podman,
}

/// <summary>A program that keeps and runs containers on this machine.</summary>
/// <param name="Kind">Which one.</param>
internal sealed record ContainerTool(ContainerToolKind Kind)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <summary>The program's name.</summary>
    public string Program => Kind == ContainerToolKind.Docker ? "docker" : "podman";

    /// <summary>Finds one that answers.</summary>
    /// <param name="wanted">Which one it must be; null takes Docker before Podman, as the .NET SDK does.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DiagnosticException">NI5201: there is none.</exception>
    public static ContainerTool Find(ContainerToolKind? wanted, CancellationToken cancellation)
    {
        ContainerToolKind[] candidates = wanted is { } only ? [only] : [ContainerToolKind.Docker, ContainerToolKind.Podman];
        return candidates.Select(kind => new ContainerTool(kind)).FirstOrDefault(tool => tool.Answers(cancellation))
            ?? throw LocalStoreDiagnostics.NoTool.Error(wanted is null ? null : new ItemReference("LocalRegistry", wanted.ToString()!), string.Join(" nor ", candidates.Select(kind => new ContainerTool(kind).Program)));
    }

    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its exit status and what it wrote to both outputs; -1 where it cannot be started or takes too long.</returns>
    public (int Status, string Output) Run(IEnumerable<string> arguments, TimeSpan? limit, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }

        process.StandardInput.Close();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } time)
        {
            timer.CancelAfter(time);
        }

        using var registration = timer.Token.Register(() => process.Kill(entireProcessTree: true));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (timer.IsCancellationRequested ? -1 : process.ExitCode, output.Result + errors.Result);
    }

    // "docker version" fails where there is the program, but no daemon behind it.
    private bool Answers(CancellationToken cancellation) => Run(["version"], AnswerTime, cancellation).Status == 0;
}
