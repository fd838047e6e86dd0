using System.ComponentModel;
using System.Diagnostics;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Engines.Containers.Tools;

/// <summary>Runs a tool by a list of arguments, never through a shell, and passes on what it says as it says it.</summary>
/// <param name="engine">The engine's name, for diagnostics.</param>
/// <param name="program">The program: a name that is looked for as the system does, or a path.</param>
/// <param name="folder">The folder that it runs in.</param>
/// <param name="progress">Hears each line that it writes, or null.</param>
internal sealed class ToolRunner(string engine, string program, string folder, Action<string>? progress)
{
    private const int KeptLines = 12;

    /// <summary>What is told where the program cannot be started.</summary>
    public Func<Exception, DiagnosticException> NotStarted { get; init; } =
        e => ContainerDiagnostics.NoTool.Wrap(e, new ItemReference("OSImageEngine", engine), engine, program, e.Message);

    /// <summary>What is told where a call fails: of the call, of its exit status and of the last lines that it wrote.</summary>
    public Func<ToolCall, int, string, DiagnosticException> Failed { get; init; } =
        (call, status, words) => ContainerDiagnostics.ToolFailed.Error(null, program, call.Doing, status, words);

    /// <summary>Runs a call to its end.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends it, with all that it has started.</param>
    /// <exception cref="DiagnosticException">NI3701: it cannot be started. NI3702: it failed.</exception>
    public void Run(ToolCall call, CancellationToken cancellation)
    {
        var last = new Queue<string>();
        var status = Run(call, last, cancellation);
        if (status != 0)
        {
            throw Failed(call, status, string.Join('\n', last));
        }
    }

    /// <summary>Runs a call whose failure is of no consequence.</summary>
    public void TryRun(ToolCall call)
    {
        try
        {
            Run(call, new Queue<string>(), CancellationToken.None);
        }
        catch (DiagnosticException)
        {
            // The tool was not there to begin with, which has been told already.
        }
    }

    private int Run(ToolCall call, Queue<string> last, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = new ProcessStartInfo(program, call.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder } };
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw NotStarted(e);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => process.Kill(entireProcessTree: true)))
        {
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;

        void Hear(object sender, DataReceivedEventArgs line)
        {
            if (string.IsNullOrWhiteSpace(line.Data))
            {
                return;
            }

            lock (last)
            {
                progress?.Invoke(line.Data);
                last.Enqueue(line.Data);
                if (last.Count > KeptLines)
                {
                    last.Dequeue();
                }
            }
        }
    }
}
