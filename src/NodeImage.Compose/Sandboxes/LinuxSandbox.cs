using System.Diagnostics;
using NodeImage.Compose.Layering;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Files;
using NodeImage.Core.Tar;

namespace NodeImage.Compose.Sandboxes;

/// <summary>
/// The image on disk, in namespaces of its own: users (unless root builds), mounts, processes, names and network. It is
/// unpacked when the first command is to run, and from then on only what has changed is carried over, both ways.
/// </summary>
internal sealed class LinuxSandbox : ISandbox
{
    private readonly SandboxOptions _options;
    private readonly ScriptletMachine _machine;
    private readonly Action _prepare;
    private readonly string _folder;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<string?> _obstacle;
    private readonly TreeChanges _changes;
    private Process? _process;
    private long _stamp = -1;

    /// <summary>Describes a sandbox; nothing is started yet.</summary>
    /// <param name="options">What is needed to start it.</param>
    /// <param name="architecture">The image's architecture, in rpm's words.</param>
    /// <param name="machine">The image.</param>
    /// <param name="prepare">Brings the tree up to date with what is otherwise done at the end: accounts, indexes.</param>
    /// <param name="scratch">A folder for the tree on disk, and for contents that commands make.</param>
    /// <param name="cancellation">Ends whatever runs.</param>
    public LinuxSandbox(SandboxOptions options, string architecture, ScriptletMachine machine, Action prepare, string scratch, CancellationToken cancellation)
    {
        _options = options;
        _machine = machine;
        _prepare = prepare;
        _folder = Path.Combine(scratch, "sandbox");
        _cancellation = cancellation;
        _obstacle = new Lazy<string?>(() => SandboxAvailability.FindObstacle(options, architecture));
        _changes = new TreeChanges(machine, Path.Combine(scratch, "made"));
    }

    /// <inheritdoc/>
    public string? Unavailable => _obstacle.Value;

    /// <inheritdoc/>
    public SandboxResult Run(SandboxCommand command)
    {
        _prepare();
        var process = _process ??= Start();
        using var registration = _cancellation.Register(() => Kill(process));
        try
        {
            Sync(process);
            var result = Execute(process, command);
            Collect(process);
            _stamp = _machine.Tree.Stamp;
            return result;
        }
        catch (Exception e) when (e is IOException or EndOfStreamException && !_cancellation.IsCancellationRequested)
        {
            Kill(process);
            var said = process.StandardError.ReadToEnd().Trim();
            throw SandboxDiagnostics.Broken.Wrap(e, null, said.Length > 0 ? said : e.Message);
        }
        catch (Exception) when (_cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        try
        {
            // Closing its input ends it, when it has removed what only it may remove. That takes as long as the disk takes:
            // ended before, it would leave files that this user cannot delete.
            using var registration = _cancellation.Register(() => Kill(_process));
            _process.StandardInput.BaseStream.WriteByte((byte)SandboxVerb.Quit);
            _process.StandardInput.Close();
            _process.WaitForExit();
        }
        catch (IOException)
        {
            Kill(_process);
        }

        _process.Dispose();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private Process Start()
    {
        Directory.CreateDirectory(_folder);
        string[] users = _options.IsRoot ? [] : ["--user", "--map-auto", "--map-root-user"];
        var start = new ProcessStartInfo("unshare", [.. users, "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--propagation", "private", _options.DotNetHost, "exec", _options.HostAssembly, Path.Combine(_folder, "root")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // The inner process is .NET, too, and must not take up what is meant for this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("COMPlus_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return Process.Start(start)!;
    }

    private void Sync(Process process)
    {
        var (removed, changed) = _stamp < 0 ? ([], [.. _machine.Tree.Walk()]) : _machine.Tree.ChangedSince(_stamp);
        var stream = process.StandardInput.BaseStream;
        stream.WriteByte((byte)SandboxVerb.Sync);
        using (var writer = SandboxProtocol.Writer(stream))
        {
            // Something may stand again at a path that was removed; then it comes with the rest.
            SandboxProtocol.WriteTexts(writer, removed);
        }

        SandboxProtocol.WriteStream(stream, archive =>
        {
            var tar = new TarWriter(archive);
            TreePiece.WriteNodes(tar, WithLinks(changed), _changes.ResolveForNow, _cancellation);
            tar.Finish();
        });
        RequireSuccess(process);
    }

    // Of hard links the first carries the content, so all must be sent where one is.
    private List<FileNode> WithLinks(IReadOnlyList<FileNode> changed)
    {
        var groups = changed.Select(node => node.HardLinks).OfType<IReadOnlyList<FileNode>>().ToHashSet(ReferenceEqualityComparer.Instance);
        if (groups.Count == 0 || _stamp < 0)
        {
            return [.. changed];
        }

        var wanted = changed.ToHashSet();
        wanted.UnionWith(groups.Cast<IReadOnlyList<FileNode>>().SelectMany(group => group));
        return [.. _machine.Tree.Walk().Where(wanted.Contains)];
    }

    private SandboxResult Execute(Process process, SandboxCommand command)
    {
        var stream = process.StandardInput.BaseStream;
        stream.WriteByte((byte)SandboxVerb.Run);
        using (var writer = SandboxProtocol.Writer(stream))
        {
            SandboxProtocol.WriteTexts(writer, [.. command.Arguments]);
            SandboxProtocol.WriteBytes(writer, System.Text.Encoding.UTF8.GetBytes(command.Input));
            writer.Write(_machine.Time);
            writer.Write(command.Script?.Path ?? "");
            SandboxProtocol.WriteBytes(writer, command.Script?.Content ?? []);
        }

        stream.Flush();
        RequireSuccess(process);
        using var reader = SandboxProtocol.Reader(process.StandardOutput.BaseStream);
        return new SandboxResult(reader.ReadInt32(), System.Text.Encoding.UTF8.GetString(SandboxProtocol.ReadBytes(reader)));
    }

    private void Collect(Process process)
    {
        process.StandardInput.BaseStream.WriteByte((byte)SandboxVerb.Collect);
        process.StandardInput.BaseStream.Flush();
        RequireSuccess(process);
        using var reader = SandboxProtocol.Reader(process.StandardOutput.BaseStream);
        var removed = SandboxProtocol.ReadTexts(reader);
        using var archive = SandboxProtocol.ReadStream(process.StandardOutput.BaseStream);
        _changes.Apply(removed, archive);
    }

    private static void RequireSuccess(Process process)
    {
        using var reader = SandboxProtocol.Reader(process.StandardOutput.BaseStream);
        var fault = reader.ReadString();
        if (fault.Length > 0)
        {
            throw new IOException(fault);
        }
    }
}
